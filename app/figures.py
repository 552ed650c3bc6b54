"""What pages and tables show of a run, computed from its summary and its flows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flows.actions.base import Action
from flows.actions.experimenting import ExperimentAction
from flows.actions.messaging import MessageAction
from flows.actions.send_webhook import SendWebhook
from flows.conditions.base import Names
from flows.document import Flow
from flows.titles import described, title
from simulator.report import ActionReport, FlowReport, Summary


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """The run in twelve figures; `orders` and `revenue` count every order inside the run."""

    people: int = 0
    entered: int = 0
    added: int = 0
    """Those among them who were added from before the run."""
    finished: int = 0
    waiting: int = 0
    sent: int = 0
    skipped: int = 0
    orders: int = 0
    revenue: float = 0.0
    orders_after_click: int = 0
    revenue_after_click: float = 0.0
    unsubscribed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageRow:
    """One message of a flow and what became of it."""

    flow_id: str
    action_id: str
    label: str
    channel: str
    icon: str
    sent: int = 0
    skipped: int = 0
    opened: int = 0
    clicked: int = 0
    orders: int = 0
    revenue: float = 0.0
    unsubscribed: int = 0


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of a bar list: a count and its share of the longest."""

    label: str
    count: int
    share: float


def totals(summary: Summary) -> Totals:
    """The figures of the whole run."""
    actions = [action for flow in summary.flows for action in flow.actions.values()]
    return Totals(
        people=summary.profiles,
        entered=sum(flow.enrolled for flow in summary.flows),
        added=sum(flow.added for flow in summary.flows),
        finished=sum(flow.finished for flow in summary.flows),
        waiting=sum(flow.waiting for flow in summary.flows),
        sent=sum(channel.sent for channel in summary.channels.values()),
        skipped=sum(sum(channel.skipped.values()) for channel in summary.channels.values()),
        orders=summary.orders,
        revenue=summary.revenue,
        orders_after_click=summary.orders_after_click,
        revenue_after_click=summary.revenue_after_click,
        unsubscribed=sum(action.unsubscribed for action in actions),
    )


def message_rows(report: FlowReport, flow: Flow) -> tuple[MessageRow, ...]:
    """The flow's messages in the order of the document."""
    return tuple(
        _message_row(report.id, flow, action_id, report.actions.get(action_id))
        for action_id, action in flow.by_id.items()
        if action.face.group == "message"
    )


def _message_row(
    flow_id: str, flow: Flow, action_id: str, report: ActionReport | None
) -> MessageRow:
    action = flow.action(action_id)
    counts = report or ActionReport(type=action.type)
    return MessageRow(
        flow_id=flow_id,
        action_id=action_id,
        label=label_of(action, flow),
        channel=channel_of(action),
        icon=action.face.icon,
        sent=counts.sent,
        skipped=sum(counts.skipped.values()),
        opened=counts.opened,
        clicked=counts.clicked,
        orders=counts.orders,
        revenue=counts.revenue,
        unsubscribed=counts.unsubscribed,
    )


def label_of(action: Action, flow: Flow) -> str:
    """The name that the step or its message was given, else what it does; of a test, its type."""
    if isinstance(action, ExperimentAction):
        return title(action)
    return described(action, Names(flow.names))


def channel_of(action: Action) -> str:
    """Where a message goes: one of the four channels, a webhook or an alert."""
    if isinstance(action, MessageAction | ExperimentAction):
        return action.channel
    return "webhook" if isinstance(action, SendWebhook) else "alert"


def skipped(reports: Iterable[FlowReport]) -> dict[str, int]:
    """Messages not sent, by reason, over these flows."""
    counted: Counter[str] = Counter()
    for report in reports:
        for action in report.actions.values():
            counted.update(action.skipped)
    return dict(counted)


def turned_away(reports: Iterable[FlowReport]) -> dict[str, int]:
    """People who came and did not enter, by reason, over these flows."""
    counted: Counter[str] = Counter()
    for report in reports:
        counted.update(report.turned_away)
    return dict(counted)


def bars(counts: dict[str, int], most: int = 8) -> tuple[Bar, ...]:
    """The largest counts first, the rest as one; shares are of the largest."""
    ordered = sorted(((n, label) for label, n in counts.items() if n), key=lambda c: (-c[0], c[1]))
    kept, rest = ordered[:most], ordered[most:]
    if rest:
        kept.append((sum(n for n, _ in rest), f"{len(rest)} others"))
    longest = max((n for n, _ in kept), default=1)
    return tuple(Bar(label, n, n / longest) for n, label in kept)


def title_of(flows: Sequence[Flow]) -> str:
    """What a run of these flows is called."""
    names = [flow.name or "Untitled flow" for flow in flows]
    if len(names) <= 2:
        return " and ".join(names)
    return f"{names[0]} and {len(names) - 1} other flows"
