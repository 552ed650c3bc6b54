"""Moments, dates and clocks, in the words of the standard library."""

from __future__ import annotations

import calendar
import re
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
UNITS = {
    "minutes": timedelta(minutes=1),
    "hours": timedelta(hours=1),
    "days": timedelta(days=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(weeks=1),
}
_TICK = timedelta(microseconds=1)


def is_day(text: object) -> bool:
    """Whether the text names a day: it has no time, or 00:00."""
    midnight = r"\d{4}-\d\d-\d\d([T ]00:00(:00(\.0+)?)?(Z|[+-]\d\d:\d\d)?)?"
    return isinstance(text, str) and re.fullmatch(midnight, text) is not None


def moment(text: object) -> datetime | None:
    """An ISO date or date-time in UTC; None for what is none. No zone means UTC."""
    if not isinstance(text, str) or not re.match(r"\d{4}-\d\d-\d\d($|[T ])", text):
        return None
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        return None
    return read.replace(tzinfo=UTC) if read.tzinfo is None else read.astimezone(UTC)


def written_date(text: object) -> date | None:
    """The calendar date as it is written, whatever time stands behind it."""
    if moment(text) is None:
        return None
    return date.fromisoformat(str(text)[:10])


@cache
def clock_of(zone: str) -> ZoneInfo:
    """The zone as the tzdata package has it, which may be newer than what a machine has."""
    with files("tzdata").joinpath("zoneinfo", *zone.split("/")).open("rb") as source:
        return ZoneInfo.from_file(source, key=zone)


def local(at: datetime, zone: str) -> datetime:
    """The moment on a zone's clock."""
    return at.astimezone(clock_of(zone))


def on_clock(day: date, clock: time, zone: str) -> datetime:
    """When a zone's clock shows this.

    Of a time that comes twice the first; for one that is left out, the first moment after the gap.
    """
    naive = datetime.combine(day, clock)
    first = naive.replace(tzinfo=clock_of(zone), fold=0).astimezone(UTC)
    if local(first, zone).replace(tzinfo=None) == naive:
        return first
    low = naive.replace(tzinfo=clock_of(zone), fold=1).astimezone(UTC)
    high = first
    before = local(low, zone).utcoffset()
    while high - low > _TICK:
        middle = low + (high - low) // 2
        if local(middle, zone).utcoffset() == before:
            low = middle
        else:
            high = middle
    return high


def months_before(day: date, months: int) -> date:
    """The same day of an earlier month, or that month's last day."""
    count = day.year * 12 + day.month - 1 - months
    return in_month(count // 12, count % 12 + 1, day.day)


def in_month(year: int, month: int, day: int) -> date:
    """The day of that month, or its last one where it is shorter."""
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))


def to_allowed(day: date, weekdays: list[str] | None) -> date:
    """The first allowed weekday from this day on; none named means any."""
    while weekdays and WEEKDAYS[day.weekday()] not in weekdays:
        day += timedelta(days=1)
    return day


def before(day: date, value: int, unit: str) -> date:
    """So many days, weeks or months before."""
    if unit == "months":
        return months_before(day, value)
    return day - timedelta(days=value * (7 if unit == "weeks" else 1))
