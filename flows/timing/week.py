"""Hours of a week in which something may happen, and public holidays on which nothing does."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from flows.columns import Bools, Column, Ints, Times
from flows.moments import DAY, HOUR
from flows.timing.calendar import at_clock, weekday
from flows.timing.zones import to_local

_LONGEST = 14
"""Days that may be shut in a row."""
_FIXED = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
_AFTER_EASTER = (1, 39, 50)
"""Easter Monday, Ascension and Whit Monday, in days from Easter Sunday."""


@dataclass(frozen=True, slots=True)
class Week:
    """From when up to when (excluded) it is open, in hours, Monday first; None for a shut day."""

    hours: tuple[tuple[int, int] | None, ...]
    french_holidays: bool = False
    """Whether the public holidays of France are shut."""


def open_from(now: Times, zone: Column, week: Week) -> Times:
    """Per row the first moment from `now` on at which the week is open on the zone's clock."""
    rows, found = np.arange(len(now)), now.copy()
    opens, closes = np.array([span or (24, 24) for span in week.hours], dtype=np.int64).T * HOUR
    for _ in range(_LONGEST):
        asked = zone.take(rows)
        local = to_local(found[rows], asked)
        day, time = local // DAY, local % DAY
        start, end = opens[weekday(day)], closes[weekday(day)]
        shut = _is_holiday(day) if week.french_holidays else np.zeros(len(day), dtype=np.bool_)
        late = np.flatnonzero(shut | (time < start) | (time >= end))
        if not len(late):
            break
        rows, day = rows[late], day[late] + (shut | (time >= end))[late]
        following = opens[weekday(day)]
        found[rows] = np.maximum(found[rows], at_clock(day, following, zone.take(rows)))
    return found


def _is_holiday(days: Ints) -> Bools:
    if not len(days):
        return np.zeros(0, dtype=np.bool_)
    ends = np.array([days.min(), days.max()]).astype("M8[D]").astype("M8[Y]")
    first, last = (ends.astype(np.int64) + 1970).tolist()
    return np.isin(days, _holidays(first, last))


@lru_cache(maxsize=64)
def _holidays(first: int, last: int) -> Ints:
    return np.concatenate([french_holidays(year) for year in range(first, last + 1)])


def french_holidays(year: int) -> Ints:
    """The eleven public holidays of France, in days since 1970."""
    fixed = [np.datetime64(f"{year:04d}-{month:02d}-{day:02d}", "D") for month, day in _FIXED]
    moved = [easter(year) + days for days in _AFTER_EASTER]
    return np.sort(np.array([*fixed, *moved]).astype(np.int64))


def easter(year: int) -> np.datetime64:
    """Easter Sunday of the Gregorian calendar, by the algorithm of Meeus, Jones and Butcher."""
    century, rest = divmod(year, 100)
    leap, shift = divmod(century, 4)
    moon = (19 * (year % 19) + century - leap - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weeks, days = divmod(rest, 4)
    turn = (32 + 2 * shift + 2 * weeks - moon - days) % 7
    late = (year % 19 + 11 * moon + 22 * turn) // 451
    month, day = divmod(moon + turn - 7 * late + 114, 31)
    return np.datetime64(f"{year:04d}-{month:02d}-{day + 1:02d}", "D")
