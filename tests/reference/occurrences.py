"""When the flow of a date starts (semantics B.3, E19, E24)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from tests.reference.instants import before, in_month, local, on_clock, to_allowed


def recurrences(day: date, frequency: str, years: range) -> Iterator[date]:
    """The days that the date stands for within these years."""
    if frequency == "never":
        yield day
    elif frequency == "annually":
        yield from (in_month(year, day.month, day.day) for year in years)
    elif frequency == "monthly":
        yield from (in_month(year, month, day.day) for year in years for month in range(1, 13))
    else:
        first = date(years.start, 1, 1)
        first += timedelta(days=(day.weekday() - first.weekday()) % 7)
        while first.year < years.stop:
            yield first
            first += timedelta(days=7)


def starts(
    trigger: dict[str, Any], day: date | None, profile_zone: str, span: tuple[datetime, datetime]
) -> list[tuple[datetime, date]]:
    """When runs start within the span, each with the day it is about."""
    if day is None:
        return []
    start, end = span
    named = trigger.get("timezone") or "profile"
    zone = profile_zone if named == "profile" else named
    years = range(local(start, zone).year - 1, local(end, zone).year + 3)
    found = []
    for one in recurrences(day, trigger.get("recurrence_frequency") or "monthly", years):
        unit = trigger.get("timedelta_unit_before_date") or "weeks"
        first = before(one, trigger["timedelta_value_before_date"], unit)
        there = to_allowed(first, trigger.get("trigger_days"))
        at = on_clock(there, time.fromisoformat(trigger["trigger_time"]), zone)
        if start <= at < end:
            found.append((at, one))
    return found
