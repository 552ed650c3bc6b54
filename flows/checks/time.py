"""Rules about time: spans, times of day, zones, quiet hours and dates."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from flows.actions.base import Action
from flows.actions.countdown_delay import CountdownDelay
from flows.actions.messages import Sms
from flows.actions.target_date import TargetDate
from flows.actions.time_delay import TimeDelay
from flows.checks.asked import conditions, filters
from flows.checks.words import called
from flows.conditions.metrics import ProfileMetricCondition
from flows.document import Flow
from flows.graph import descendants, incoming, longest, pause
from flows.messages import messages
from flows.places import path, steps
from flows.problem import Problem
from flows.triggers import DateTrigger

_DAYS = {"days": 1, "weeks": 7, "months": 30}
_SLIPS = {"minutes": (24 * 60, "hours"), "hours": (14 * 24, "days")}
LONG_DELAY = timedelta(days=180)
_OPENS = {"opened email", "opened push", "opened sms", "opened email (klaviyo)"}


def odd_delays(flow: Flow) -> Iterator[Problem]:
    """L19: a delay whose length or unit looks like a slip."""
    for where, action in steps(flow):
        if isinstance(action, TimeDelay) and (text := _odd(action)):
            yield Problem(
                code="L19",
                severity="warning",
                where=f"{where}.data.value",
                text=f"{called(flow, action)} {text}.",
                fix="Check the number and its unit.",
                action_id=action.key,
            )


def _odd(action: TimeDelay) -> str:
    data = action.data
    slip, better = _SLIPS.get(data.unit, (0, ""))
    until = data.unit == "days" and (data.delay_until_time or data.delay_until_weekdays)
    if not pause(action) and not until:
        return "waits no time at all"
    if slip and data.value >= slip:
        return f"waits {data.value} {data.unit}; were {better} meant"
    return f"waits {pause(action).days} days" if pause(action) > LONG_DELAY else ""


def runs_overlap(flow: Flow) -> Iterator[Problem]:
    """L21: people may come again while they still are in the flow."""
    criteria = flow.reentry_criteria
    if criteria is None or criteria.unit == "alltime" or not flow.actions:
        return
    try:
        again = timedelta(**{f"{criteria.unit}s": criteria.duration})
    except OverflowError:
        return
    span = longest(flow)
    if span > again:
        yield Problem(
            code="L21",
            severity="warning",
            where="$.reentry_criteria",
            text=f"The longest path takes {_span(span)}, but people may come again after "
            f"{_span(again)}: one person can be in it twice at once.",
            fix="Let people come again later, or shorten the flow.",
        )


def _span(span: timedelta) -> str:
    hours = span.days * 24 + span.seconds // 3600
    return f"{span.days} days" if hours % 24 == 0 else f"{hours} hours"


def splits_on_opens(flow: Flow) -> Iterator[Problem]:
    """L22: a split on opened messages, which machines open as well."""
    for asked in filters(flow):
        for where, condition in conditions(asked):
            if asked.role in {"split", "branch"} and isinstance(condition, ProfileMetricCondition):
                name = flow.names.get(condition.metric_id, condition.metric_id)
                if name.lower() in _OPENS:
                    yield Problem(
                        code="L22",
                        severity="warning",
                        where=where,
                        text=f"This split asks for “{name}”, but mail programs open messages "
                        "by themselves.",
                        fix="Ask for clicks, or for activity on the site.",
                        action_id=asked.action_id,
                    )


def unknown_zones(flow: Flow) -> Iterator[Problem]:
    """L25: a time zone that no clock knows."""
    for i, trigger in enumerate(flow.triggers):
        yield from _zone(getattr(trigger, "timezone", None), path("triggers", i, "timezone"), None)
    for where, action in steps(flow):
        zone = getattr(getattr(action, "data", None), "timezone", None)
        yield from _zone(zone, f"{where}.data.timezone", action.key)


def _zone(zone: object, where: str, action_id: str | None) -> Iterator[Problem]:
    if isinstance(zone, str) and zone != "profile" and not is_zone(zone):
        yield Problem(
            code="L25",
            severity="error",
            where=where,
            text=f"“{zone}” is not a time zone.",
            fix="Choose a zone such as Europe/Berlin, or “profile” for each person's own.",
            action_id=action_id,
        )


@cache
def is_zone(name: str) -> bool:
    """Whether the IANA time zone database holds the name."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def text_messages_at_night(flow: Flow) -> Iterator[Problem]:
    """L26: a marketing SMS without quiet hours that may go out at night."""
    leading = incoming(flow)
    for where, action in steps(flow):
        before = [flow.by_id.get(slot.action_id or "") for slot in leading[action.key]]
        if before and all(_by_day(one) for one in before):
            continue
        for place, message in messages(action, where):
            if (
                isinstance(message, Sms)
                and not message.sms_quiet_hours_enabled
                and not message.transactional
            ):
                yield Problem(
                    code="L26",
                    severity="error",
                    where=f"{place}.sms_quiet_hours_enabled",
                    text=f"{called(flow, action)} may go out at night: its quiet hours are off.",
                    fix="Turn quiet hours on, or wait for a time of day right before it.",
                    action_id=action.key,
                )


def _by_day(action: Action | None) -> bool:
    if not isinstance(action, TimeDelay) or action.data.unit != "days":
        return False
    return "08:00" <= (action.data.delay_until_time or "")[:5] < "21:00"


def dates_gone_by(flow: Flow) -> Iterator[Problem]:
    """L28: a countdown that is over when people arrive."""
    trigger = flow.trigger
    if not isinstance(trigger, DateTrigger):
        return
    ahead = trigger.timedelta_value_before_date * _DAYS[trigger.timedelta_unit_before_date]
    for where, action in steps(flow):
        if not isinstance(action, CountdownDelay):
            continue
        left = min([ahead, *(_left(one) for one in flow.actions if _comes(flow, one, action))])
        if _left(action) > left:
            yield Problem(
                code="L28",
                severity="warning",
                where=f"{where}.data.value",
                text=f"{called(flow, action)} waits for {_left(action)} days before the date, "
                f"but at most {left} days are left when people arrive, so nobody waits.",
                fix="Start the flow earlier, or count down to a later day.",
                action_id=action.key,
            )


def _comes(flow: Flow, earlier: Action, later: Action) -> bool:
    waits = isinstance(earlier, CountdownDelay | TargetDate) and earlier is not later
    return waits and later.key in descendants(flow, earlier.key)


def _left(action: Action) -> int:
    """Days before the date at which people leave a countdown; 0 at the date itself."""
    if isinstance(action, CountdownDelay):
        return action.data.value * _DAYS[action.data.unit]
    return 0


RULES = (
    odd_delays,
    runs_overlap,
    splits_on_opens,
    unknown_zones,
    text_messages_at_night,
    dates_gone_by,
)
