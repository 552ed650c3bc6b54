"""When a delay ends and when quiet hours do, per row (semantics B.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from flows.columns import Bools, Column, Ints, Times
from flows.moments import DAY, HOUR, MINUTE
from flows.timing.calendar import add_span, at_clock, clock, roll
from flows.timing.zones import to_local, to_utc

if TYPE_CHECKING:
    from flows.actions.countdown_delay import CountdownDelayData
    from flows.actions.target_date import TargetDateData
    from flows.actions.time_delay import TimeDelayData

LONGEST = 36_525
"""Days; a longer delay lasts this long, a hundred years."""
_SPANS = {"minutes": (MINUTE, 0), "hours": (HOUR, MINUTE), "days": (DAY, HOUR)}


def bounded(value: int | None) -> int:
    """A count of days, hours, ... that keeps the arithmetic within its range."""
    return min(max(value or 0, -LONGEST), LONGEST * 24 * 60)


def delay_until(now: Times, zone: Column, data: TimeDelayData) -> Times:
    """When people who reach a time delay at `now` leave it; never before `now`."""
    if data.unit == "days" and clock(data.delay_until_time) is not None:
        return _until_clock(now, zone, data)
    unit, minor = _SPANS[data.unit]
    span = bounded(data.value) * unit + bounded(data.secondary_value) * minor
    due = now + min(max(span, 0), LONGEST * DAY)
    if data.unit != "days" or not data.delay_until_weekdays:
        return due
    return _rolled(due, zone, data.delay_until_weekdays)


def _until_clock(now: Times, zone: Column, data: TimeDelayData) -> Times:
    """So many calendar days after today at a time of day; one already past today is tomorrow's."""
    time = clock(data.delay_until_time) or 0
    days = to_local(now, zone) // DAY + min(max(data.value, 0), LONGEST)
    due = at_clock(roll(days, data.delay_until_weekdays), time, zone)
    if (late := due < now).any():
        next_day = at_clock(roll(days + 1, data.delay_until_weekdays), time, zone)
        due = np.where(late, next_day, due)
    return np.maximum(due, now)


def _rolled(due: Times, zone: Column, weekdays: tuple[str, ...]) -> Times:
    local = to_local(due, zone)
    days = local // DAY
    rolled = roll(days, weekdays)
    moved = to_utc(local + (rolled - days) * DAY, zone)
    return np.where(rolled == days, due, moved)


def quiet_until(now: Times, zone: Column, start: str, end: str) -> Times:
    """When each row may send: now where the window is open, else the end of the quiet hours.

    The window is closed from `start` up to `end` (excluded), over midnight if `end` is earlier; a
    missing or equal bound closes nothing.
    """
    closes, opens = clock(start), clock(end)
    if closes is None or opens is None or closes == opens:
        return now
    rows, released = np.arange(len(now)), now.copy()
    for _ in range(2):  # a clock may jump from one night over the day into the next
        asked = zone.take(rows)
        local = to_local(released[rows], asked)
        closed = np.flatnonzero(_is_closed(local % DAY, closes, opens))
        rows = rows[closed]
        late = local[closed] % DAY >= opens
        release = (local[closed] // DAY + late) * DAY + opens
        released[rows] = _not_before(released[rows], release, zone.take(rows))
    return released


def _is_closed(time: Ints, closes: int, opens: int) -> Bools:
    if closes < opens:
        return (time >= closes) & (time < opens)
    return (time >= closes) | (time < opens)


def _not_before(now: Times, end: Times, zone: Column) -> Times:
    """The local time `end`; of one that the clock shows twice the second if the first is past."""
    first = to_utc(end, zone)
    return (
        first
        if (first >= now).all()
        else np.where(first >= now, first, to_utc(end, zone, later=True))
    )


def countdown_moment(target_day: Ints, zone: Column, data: CountdownDelayData) -> Times:
    """A span before the target day, at the time of day (else 00:00), rolled to a weekday."""
    value = min(max(data.value, -LONGEST), LONGEST)
    days = roll(add_span(target_day, -value, data.unit), data.delay_until_weekdays)
    return at_clock(days, clock(data.delay_until_time) or 0, zone)


def target_moment(target_day: Ints, zone: Column, data: TargetDateData) -> Times:
    """The target day itself at the time of day, rolled forward to an allowed weekday."""
    return at_clock(roll(target_day, data.target_days), clock(data.target_time) or 0, zone)
