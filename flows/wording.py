"""How delays and lists of words read on a card."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flows.actions.countdown_delay import CountdownDelayData
    from flows.actions.target_date import TargetDateData
    from flows.actions.time_delay import TimeDelayData

WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MINOR = {"days": "hours", "hours": "minutes"}


def span(value: int, unit: str) -> str:
    """A count with its unit in the right number: 1 day, 2 days."""
    return f"{value} {unit[:-1] if value == 1 else unit}"


def weekdays(days: Sequence[str] | None) -> str:
    """Days of the week as people say them: Mon-Fri, Tue and Thu; empty where any day will do."""
    places = sorted(WEEK.index(day) for day in set(days or ()))
    if len(places) in (0, 7):
        return ""
    names = [WEEK[place][:3].title() for place in places]
    if len(places) > 2 and places[-1] - places[0] == len(places) - 1:
        return f"{names[0]}-{names[-1]}"
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _zone(timezone: str) -> str:
    return "in their zone" if timezone == "profile" else f"in {timezone}"


def delay_sentence(data: TimeDelayData) -> str:
    """“Wait 2 days, until 9:00 in their zone, Mon-Fri”."""
    length, time = span(data.value, data.unit), data.unit == "days" and data.delay_until_time
    if data.secondary_value and data.unit in _MINOR and not time:
        length += f" {span(data.secondary_value, _MINOR[data.unit])}"
    parts = [f"Wait {length}"]
    if time:
        parts.append(f"until {time[:5]} {_zone(data.timezone)}")
    if data.unit == "days" and weekdays(data.delay_until_weekdays):
        parts.append(weekdays(data.delay_until_weekdays))
    return ", ".join(parts)


def countdown_sentence(data: CountdownDelayData) -> str:
    """“Wait until 3 days before the date, at 9:00 in their zone”."""
    when = f"{span(data.value, data.unit)} before the date" if data.value else "the date"
    parts = [f"Wait until {when}"]
    if data.delay_until_time:
        parts.append(f"at {data.delay_until_time[:5]} {_zone(data.timezone)}")
    if weekdays(data.delay_until_weekdays):
        parts.append(weekdays(data.delay_until_weekdays))
    return ", ".join(parts)


def target_sentence(data: TargetDateData) -> str:
    """“Wait for the date, at 9:00 in their zone”."""
    parts = ["Wait for the date", f"at {data.target_time[:5]} {_zone(data.timezone)}"]
    if weekdays(data.target_days):
        parts.append(weekdays(data.target_days))
    return ", ".join(parts)
