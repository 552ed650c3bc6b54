"""Rules about how often: messages too close, people who come again and again, missing goals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from flows.actions.base import Action
from flows.actions.messages import Email, Message, Push, Sms, WhatsApp
from flows.actions.time_delay import TimeDelay
from flows.checks.asked import conditions, filters
from flows.checks.words import called
from flows.conditions.metrics import ProfileMetricCondition
from flows.conditions.past import NotInFlowCondition
from flows.document import Flow
from flows.graph import order, pause
from flows.messages import messages
from flows.places import where_is
from flows.problem import Problem
from flows.rules import SmartSending
from flows.triggers import MetricTrigger

_CHANNELS: dict[type[Message], str] = {
    Email: "email",
    Sms: "SMS",
    Push: "push",
    WhatsApp: "WhatsApp",
}
_WINDOWS = {
    "email": timedelta(hours=SmartSending().email),
    "SMS": timedelta(hours=SmartSending().sms),
    "push": timedelta(hours=SmartSending().push),
    "WhatsApp": timedelta(hours=SmartSending().whatsapp),
}
_FREQUENT = {
    "viewed product",
    "active on site",
    "added to cart",
    "viewed collection",
    "viewed page",
    "viewed item",
    "opened email",
    "clicked email",
}
Since = dict[str, timedelta]


def missing_goal(flow: Flow) -> Iterator[Problem]:
    """L03: several marketing messages, and nothing that stops them once people have bought."""
    sends = [action for action in flow.actions if _sells(action)]
    asks = any(
        isinstance(condition, ProfileMetricCondition)
        for asked in filters(flow)
        if asked.role != "trigger"
        for _, condition in conditions(asked)
    )
    if len(sends) > 2 and not asks:
        yield Problem(
            code="L03",
            severity="warning",
            where="$.profile_filter",
            text=f"{len(sends)} messages go out whatever people do: who has bought by now gets "
            "them all the same.",
            fix="Add a flow filter such as “has placed order zero times since starting this flow”.",
        )


def _sells(action: Action) -> bool:
    held = [message for _, message in messages(action)]
    return bool(held) and not any(message.transactional for message in held)


def messages_too_close(flow: Flow) -> Iterator[Problem]:
    """L29: two messages of a channel on one path within its smart-sending window."""
    arriving: dict[str, Since] = {}
    for action_id in order(flow):
        action, since = flow.action(action_id), arriving.get(action_id, {})
        held = [message for _, message in messages(action)]
        leaving = {} if _until_a_date(action) else {c: _later(s, action) for c, s in since.items()}
        for message in held[:1]:
            channel = _CHANNELS[type(message)]
            gap = since.get(channel)
            if gap is not None and gap < _WINDOWS[channel] and _waits_its_turn(held):
                yield _too_close(flow, action, channel, gap)
            if not message.transactional:
                leaving[channel] = timedelta()
        for way in action.ways():
            if way.target:
                known = arriving.setdefault(way.target, dict(leaving))
                known |= {c: min(s, known.get(c, s)) for c, s in leaving.items()}


def _waits_its_turn(held: Sequence[Message]) -> bool:
    return any(message.smart_sending_enabled and not message.transactional for message in held)


def _until_a_date(action: Action) -> bool:
    """Whether the wait depends on the person's date: nobody knows how long it is."""
    return action.face.group == "timing" and not isinstance(action, TimeDelay)


def _later(span: timedelta, action: Action) -> timedelta:
    more = pause(action)
    return span + more if more < timedelta.max - span else timedelta.max


def _too_close(flow: Flow, action: Action, channel: str, gap: timedelta) -> Problem:
    hours, window = gap / timedelta(hours=1), _WINDOWS[channel] / timedelta(hours=1)
    when = f"{hours:g} hours after" if gap else "right after"
    return Problem(
        code="L29",
        severity="warning",
        where=where_is(flow, action.key),
        text=f"{called(flow, action)} comes {when} another {channel} on its path: "
        f"smart sending skips it within {window:g} hours.",
        fix="Wait longer before it, or turn smart sending off for it.",
        action_id=action.key,
    )


def endless_entries(flow: Flow) -> Iterator[Problem]:
    """L33: people may enter by every one of many events."""
    trigger, criteria = flow.trigger, flow.reentry_criteria
    if not isinstance(trigger, MetricTrigger) or not trigger.id:
        return
    name = flow.names.get(trigger.id, trigger.id)
    unlimited = criteria is None or (criteria.unit == "alltime" and criteria.duration == 0)
    if unlimited and name.lower() in _FREQUENT and not _kept_out(flow):
        yield Problem(
            code="L33",
            severity="warning",
            where="$.reentry_criteria",
            text=f"“{name}” happens often, and each time people may enter again.",
            fix="Say after how long people may come again.",
        )


def _kept_out(flow: Flow) -> bool:
    return any(
        isinstance(condition, NotInFlowCondition)
        for asked in filters(flow)
        if asked.role == "profile"
        for _, condition in conditions(asked)
    )


RULES = (missing_goal, messages_too_close, endless_entries)
