"""When a delay would let people go: one line for each of five arrivals, a day apart."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from flows.actions.time_delay import TimeDelayData
from flows.columns import Column
from flows.timing import delay_until

ARRIVALS = 5
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def departures(
    data: TimeDelayData, first: datetime, account_zone: str
) -> tuple[tuple[datetime, datetime], ...]:
    """(arrival, departure) in the zone that holds: the delay's own, else the account's."""
    name = account_zone if data.timezone == "profile" else data.timezone
    zone = ZoneInfo(name)
    arrivals = [first.astimezone(zone) + timedelta(days=day) for day in range(ARRIVALS)]
    now = np.array([(each - _EPOCH) // _MICROSECOND for each in arrivals], dtype=np.int64)
    until = delay_until(now, Column.of([name] * ARRIVALS), data)
    left = [(_EPOCH + int(each) * _MICROSECOND).astimezone(zone) for each in until]
    return tuple(zip(arrivals, left, strict=True))


def moment(at: datetime) -> str:
    """A moment as people write it: Tue 6 Jan, 09:00."""
    return f"{at:%a} {at.day} {at:%b}, {at:%H:%M}"
