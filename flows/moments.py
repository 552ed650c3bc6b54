"""Dates and times as people write them in properties and filters, read into µs or days.

ISO 8601 with or without a time, MM/DD/YYYY and MM/DD/YY with or without one; a missing time is
00:00, a missing offset UTC (semantics C).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime

import numpy as np

from flows.columns import NEVER, Column, Times, Value

_ISO = re.compile(
    r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?) ?(Z|z|[+-]\d\d(?::?\d\d)?)?)?"
)
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4}|\d\d)(?: (\d\d:\d\d(?::\d\d)?))?")
_MICROSECOND = 1_000_000
_EPOCH = date(1970, 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class Moment:
    """A written date: µs since 1970, the day as written, and whether it names the whole day."""

    at: int
    day: int
    whole_day: bool


def _iso(text: str) -> datetime | None:
    found = _ISO.fullmatch(text)
    if not found:
        return None
    time, offset = found[2] or "00:00", (found[3] or "Z").upper()
    return datetime.fromisoformat(f"{found[1]}T{time}{offset}")


def _slashed(text: str) -> datetime | None:
    found = _SLASHED.fullmatch(text)
    if not found:
        return None
    year = int(found[3]) if len(found[3]) == 4 else datetime.strptime(found[3], "%y").year
    time = found[4] or "00:00"
    return datetime.fromisoformat(f"{year:04}-{int(found[1]):02}-{int(found[2]):02}T{time}Z")


def read(value: Value) -> Moment | None:
    """The moment that a text names; None where it names none."""
    if not isinstance(value, str) or len(value) > 40:
        return None
    text = value.strip()
    try:
        local = _iso(text) or _slashed(text)
    except ValueError:
        return None
    if local is None:
        return None
    # Whole seconds as integers: a float would lose microseconds.
    shift = local.utcoffset()
    seconds = (local.replace(tzinfo=UTC, microsecond=0) - _START).total_seconds()
    seconds -= shift.total_seconds() if shift else 0
    at = int(seconds) * _MICROSECOND + local.microsecond
    midnight = not (local.hour or local.minute or local.second or local.microsecond)
    return Moment(at, local.date().toordinal() - _EPOCH, midnight)


_START = datetime(1970, 1, 1, tzinfo=UTC)


def instant(value: Value) -> int:
    """µs since 1970 of a written date; NEVER where it is none."""
    found = read(value)
    return found.at if found else NEVER


def instants(column: Column) -> Times:
    """The moment of every row, NEVER where it has none; each distinct value is read once."""
    return column.map(instant, np.int64).astype(np.int64, copy=False)
