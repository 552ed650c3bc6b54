"""What a rehearsal of one flow came to, small enough for a panel."""

from __future__ import annotations

from collections import Counter

from nicegui import ui

from editor import widgets, words
from flows.conditions.base import Names
from flows.document import Flow
from flows.titles import title
from simulator.nobody import why_nobody
from simulator.report import FlowReport, Summary


def draw_summary(summary: Summary, report: FlowReport, flow: Flow) -> None:
    """Six figures, the messages, and why some were skipped."""
    with ui.element("div").classes("rh-run-two"):
        widgets.stat("Entered", f"{report.enrolled:,}", f"{summary.profiles:,} people took part")
        widgets.stat("Finished", f"{report.finished:,}")
        widgets.stat("Still waiting", f"{report.waiting:,}")
        widgets.stat("Messages sent", f"{sum(messages(report, flow).values()):,}")
        widgets.stat(
            "Orders", f"{summary.orders:,}", f"{summary.orders_after_click:,} after a click"
        )
        after = f"{words.money(summary.revenue_after_click)} after a click"
        widgets.stat("Revenue", words.money(summary.revenue), after)
    if nobody := why_nobody(report, flow, Names(flow.names)):
        widgets.banner(nobody, "warn", symbol="person_off")
    _draw_rows("Messages", messages(report, flow), "This flow sends nothing.")
    _draw_rows("Skipped", _plain(skipped(report)), "Every message that was due went out.")
    _draw_rows("Turned away", _plain(Counter(report.turned_away)), "Everybody who came went in.")


def messages(report: FlowReport, flow: Flow) -> Counter[str]:
    """Sent by message, in the order of the flow; equal names are told apart by number."""
    sent: Counter[str] = Counter()
    for key, action in flow.by_id.items():
        counted = report.actions.get(key)
        if counted is None or action.face.group != "message":
            continue
        name = title(action)
        sent[name if name not in sent else f"{name} ({key})"] = counted.sent
    return sent


def skipped(report: FlowReport) -> Counter[str]:
    """Messages skipped, by reason, the most frequent first."""
    reasons: Counter[str] = Counter()
    for action in report.actions.values():
        reasons.update(action.skipped)
    return Counter(dict(reasons.most_common()))


def _draw_rows(heading: str, counts: Counter[str], empty: str) -> None:
    with widgets.section(heading), ui.element("div"):
        if not counts:
            widgets.muted(empty, small=True)
        for name, count in counts.items():
            with ui.element("div").classes("rh-run-row"):
                ui.label(name).classes("rh-ellipsis")
                ui.label(f"{count:,}").classes("rh-number rh-strong")


def _plain(reasons: Counter[str]) -> Counter[str]:
    """The same counts under the reasons in plain words."""
    plain: Counter[str] = Counter()
    for reason, count in reasons.items():
        plain[words.reason(reason)] += count
    return plain
