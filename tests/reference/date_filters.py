"""Comparisons of dates with a moment or with now (semantics A.9)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from tests.reference.instants import UNITS, in_month, is_day, moment, written_date

DAY = timedelta(days=1)


def passes_date(
    compare: dict[str, Any], value: datetime | None, now: datetime, *, end_excluded: bool = False
) -> bool:
    """Whether a moment passes a date filter that looks at moments."""
    if value is None:
        return False
    operator = compare["operator"]
    if operator in {"after", "before", "between-static"}:
        return _fixed(compare, value, end_excluded)
    if operator == "between":
        nearer, farther = (compare[name] * UNITS[compare["unit"]] for name in ("start", "end"))
        return now - farther < value <= now - nearer
    span = compare["quantity"] * UNITS[compare["unit"]]
    answers = {
        "in-the-last": now - span <= value <= now,
        "at-least": value <= now - span,
        "in-the-next": now <= value <= now + span,
    }
    return answers[operator]


def _fixed(compare: dict[str, Any], value: datetime, end_excluded: bool) -> bool:
    if compare["operator"] == "after":
        return (
            value >= _end(compare["date"])
            if is_day(compare["date"])
            else (value > _start(compare["date"]))
        )
    if compare["operator"] == "before":
        return value < _start(compare["date"])
    if value < _start(compare["start"]):
        return False
    last = compare["end"]
    if end_excluded:
        return value < _start(last)
    return value < _end(last) if is_day(last) else value <= _start(last)


def _start(text: str) -> datetime:
    found = moment(text)
    assert found is not None
    return found


def _end(day: str) -> datetime:
    return _start(day) + DAY


CALENDAR = frozenset(
    {"anniversary", "anniversary-month", "calendar-month", "anniversary-last", "anniversary-next"}
)


def passes_calendar(compare: dict[str, Any], value: object, now: datetime) -> bool:
    """Whether a written date passes a filter that leaves the year out."""
    day = written_date(value)
    if day is None:
        return False
    operator, today = compare["operator"], now.date()
    if operator == "calendar-month":
        return day.month == compare["value"]
    if operator == "anniversary-month":
        return day.month == today.month
    if operator == "anniversary":
        return _in_year(day, today.year) == today
    span = compare["quantity"] * UNITS[compare["unit"]]
    low, high = (now - span, now) if operator == "anniversary-last" else (now, now + span)
    years = range(low.year - 1, high.year + 2)
    return any(low.date() <= _in_year(day, year) <= high.date() for year in years)


def _in_year(day: date, year: int) -> date:
    return in_month(year, day.month, day.day)
