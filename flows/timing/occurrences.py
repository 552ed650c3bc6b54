"""When the dates of people start a date flow (semantics B.3, date flows)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from flows.columns import LONG_AGO, NEVER, Column, Ints, Rows, Times
from flows.dates import NO_DAY
from flows.dates import days as days_of
from flows.moments import DAY
from flows.timing.calendar import add_span, at_clock, clock, day_of, parts, roll
from flows.timing.delays import LONGEST
from flows.timing.zones import to_local

if TYPE_CHECKING:
    from flows.triggers.date import DateTrigger, Recurrence

_NEARBY = (-1, 0, 1, 2)
"""Periods around now that can hold the next entry, whatever is subtracted and rolled."""
_LATELY = (1, 0, -1, -2)
"""The same for the last entry; weeks are rolled by as much as a period."""


@dataclass(frozen=True, slots=True, eq=False)
class Entries:
    """Entries into a date flow, ordered by row, then time: who, when, and for which day."""

    rows: Rows
    at: Times
    target_day: Ints


def next_entry(
    dates: Column, zone: Column, trigger: DateTrigger, after: Times
) -> tuple[Times, Ints]:
    """Each row's first entry at or after `after`, and the day it is for; NEVER for none."""
    return _next(days_of(dates), zone, trigger, after)


def _next(own: Ints, zone: Column, trigger: DateTrigger, after: Times) -> tuple[Times, Ints]:
    known = own != NO_DAY
    own = np.where(known, own, 0)
    span = min(max(trigger.timedelta_value_before_date, -LONGEST), LONGEST)
    near = add_span(to_local(after, zone) // DAY, span, trigger.timedelta_unit_before_date)
    best, target = np.full(len(own), NEVER, dtype=np.int64), own
    for shift in _NEARBY if trigger.recurrence_frequency != "never" else (0,):
        day = _occurrence(own, near, trigger.recurrence_frequency, shift)
        at = _entry(day, zone, trigger, span)
        better = known & (at >= after) & (at < best)
        best, target = np.where(better, at, best), np.where(better, day, target)
    return best, target


def last_entry(
    dates: Column, zone: Column, trigger: DateTrigger, until: Times
) -> tuple[Times, Ints]:
    """Each row's last entry at or before `until`, and the day it is for; LONG_AGO for none."""
    own = days_of(dates)
    known = own != NO_DAY
    own = np.where(known, own, 0)
    span = min(max(trigger.timedelta_value_before_date, -LONGEST), LONGEST)
    near = add_span(to_local(until, zone) // DAY, span, trigger.timedelta_unit_before_date)
    best, target = np.full(len(own), LONG_AGO, dtype=np.int64), own
    for shift in _LATELY if trigger.recurrence_frequency != "never" else (0,):
        day = _occurrence(own, near, trigger.recurrence_frequency, shift)
        at = _entry(day, zone, trigger, span)
        better = known & (at <= until) & (at > best)
        best, target = np.where(better, at, best), np.where(better, day, target)
    return best, target


def occurrences(
    dates: Column, zone: Column, trigger: DateTrigger, *, start: int, end: int
) -> Entries:
    """All entries from `start` up to `end` (excluded), µs."""
    own = days_of(dates)
    rows = np.flatnonzero(own != NO_DAY).astype(np.int32)
    after = np.full(len(rows), start, dtype=np.int64)
    found: list[tuple[Rows, Times, Ints]] = [(rows[:0], after[:0], own[:0])]
    while len(rows):
        at, day = _next(own[rows], zone.take(rows), trigger, after)
        inside = at < end
        rows, at, day = rows[inside], at[inside], day[inside]
        found.append((rows, at, day))
        after = at + 1
    who, when, which = (np.concatenate(part) for part in zip(*found, strict=True))
    order = np.lexsort((when, who))
    return Entries(who[order], when[order], which[order])


def _occurrence(own: Ints, near: Ints, recurrence: Recurrence, shift: int) -> Ints:
    """The day of the recurring date in the period that holds `near`, some periods on."""
    if recurrence == "never":
        return own
    if recurrence == "weekly":
        return near - (near - own) % 7 + 7 * shift
    month, day = parts(own)
    current, _ = parts(near)
    if recurrence == "monthly":
        return day_of(current + shift, day)
    return day_of((current // 12 + shift) * 12 + month % 12, day)


def _entry(day: Ints, zone: Column, trigger: DateTrigger, span: int) -> Times:
    start = add_span(day, -span, trigger.timedelta_unit_before_date)
    return at_clock(roll(start, trigger.trigger_days), clock(trigger.trigger_time) or 0, zone)
