"""Days of the calendar as numbers since 1970: weekdays, months, times of day."""

from __future__ import annotations

import re
from collections.abc import Iterable

import numpy as np

from flows.columns import Column, Ints, Times
from flows.moments import DAY, HOUR, MINUTE, SECOND
from flows.timing.zones import to_utc

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_CLOCK = re.compile(r"([01]\d|2[0-3]|\d):([0-5]\d)(?::([0-5]\d)(?:\.\d+)?)?")
_THURSDAY = 3
"""The weekday of 1 January 1970."""


def clock(text: str | None) -> int | None:
    """µs since midnight of “HH:MM” or “HH:MM:SS”; None where it is no time of day."""
    found = _CLOCK.fullmatch(text) if text else None
    if not found:
        return None
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return hours * HOUR + minutes * MINUTE + seconds * SECOND


def weekday(days: Ints) -> Ints:
    """0 for Monday to 6 for Sunday."""
    return (days + _THURSDAY) % 7


def roll(days: Ints, allowed: Iterable[str] | None) -> Ints:
    """Each day, or the first allowed weekday after it; none given allows all."""
    places = {WEEKDAYS.index(name) for name in allowed or () if name in WEEKDAYS}
    if not places:
        return days
    wait = np.array(
        [next(n for n in range(7) if (day + n) % 7 in places) for day in range(7)], dtype=np.int64
    )
    return days + wait[weekday(days)]


def at_clock(days: Ints, time: int, zone: Column) -> Times:
    """The instant at which each row's zone shows that time of that day."""
    return to_utc(days * DAY + time, zone)


def parts(days: Ints) -> tuple[Ints, Ints]:
    """Months since January 1970 and the day of the month from 0."""
    dates = days.astype("datetime64[D]")
    months = dates.astype("datetime64[M]")
    return months.astype(np.int64), (dates - months.astype("datetime64[D]")).astype(np.int64)


def day_of(months: Ints, day: Ints) -> Ints:
    """The day number; a day that the month has not becomes its last (semantics E19)."""
    starts = months.astype("datetime64[M]")
    first = starts.astype("datetime64[D]").astype(np.int64)
    after = (starts + 1).astype("datetime64[D]").astype(np.int64)
    days: Ints = np.minimum(first + day, after - 1)
    return days


def add_months(days: Ints, months: int) -> Ints:
    """The same day some months later (earlier if negative), clamped to the month's end."""
    month, day = parts(days)
    return day_of(month + months, day)


def add_span(days: Ints, value: int, unit: str) -> Ints:
    """Days later by a value of `days`, `weeks` or `months`; earlier if negative."""
    if unit == "months":
        return add_months(days, value)
    return days + value * (7 if unit == "weeks" else 1)
