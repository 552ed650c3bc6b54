"""Dates and times as people write them in properties and filters, read into µs or days.

ISO 8601 with or without a time, MM/DD/YYYY and MM/DD/YY with or without one; a missing time is
00:00, a missing offset UTC (semantics C).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np

from flows.columns import NEVER, Column, Times, Value
from flows.memory import ask

SECOND = 1_000_000
"""In µs, like all that follow."""
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4}|\d\d)(?: (\d\d:\d\d(?::\d\d)?))?")
_MICROSECOND = timedelta(microseconds=1)
_START = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST_DAY = _START.toordinal()


@dataclass(frozen=True, slots=True)
class Moment:
    """A written date: µs since 1970, the day as written, and whether it names the whole day."""

    at: int
    day: int
    whole_day: bool


def _iso(text: str) -> datetime | None:
    if text[4:5] != "-" or text[7:8] != "-" or text[10:11] not in {"", "T", " "}:
        return None
    return datetime.fromisoformat(text)


def _slashed(text: str) -> datetime | None:
    found = _SLASHED.fullmatch(text)
    if not found:
        return None
    year = int(found[3]) if len(found[3]) == 4 else datetime.strptime(found[3], "%y").year
    time = found[4] or "00:00"
    return datetime.fromisoformat(f"{year:04}-{int(found[1]):02}-{int(found[2]):02}T{time}Z")


def micros(when: datetime) -> int:
    """µs since 1970 of a moment; one without a zone counts as UTC."""
    return ((when if when.tzinfo else when.replace(tzinfo=UTC)) - _START) // _MICROSECOND


def read(value: Value) -> Moment | None:
    """The moment that a text names; None where it names none."""
    if not isinstance(value, str) or len(value) > 40:
        return None
    text = value.strip().upper()
    try:
        written = _iso(text) or _slashed(text)
    except ValueError:
        return None
    if written is None:
        return None
    local = written if written.tzinfo else written.replace(tzinfo=UTC)
    midnight = not (local.hour or local.minute or local.second or local.microsecond)
    return Moment((local - _START) // _MICROSECOND, local.toordinal() - _FIRST_DAY, midnight)


def instant(value: Value) -> int:
    """µs since 1970 of a written date; NEVER where it is none."""
    found = read(value)
    return found.at if found else NEVER


def instants(column: Column) -> Times:
    """The moment of every row, NEVER where it has none; each distinct value is read once."""
    times: Times = ask(column, instant, np.int64)
    return times
