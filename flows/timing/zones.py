"""Local time and UTC for whole columns, each row in its own zone, daylight saving included.

Zone rules come from the tzdata package alone, so that every machine gives the same answers.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, lru_cache
from importlib.resources import files
from zoneinfo import ZoneInfo

import numpy as np

from flows.columns import UNSET, Bools, Column, Ints, Times, Value
from flows.moments import DAY, SECOND

_FIRST_YEAR, _LAST_YEAR = 1902, 2199
_PROBE = 7 * 24 * 3600
"""Seconds between two looks for a change of offset; no zone has changed twice within it."""


@lru_cache(maxsize=1)
def _zone_names() -> frozenset[str]:
    return frozenset(files("tzdata").joinpath("zones").read_text("utf-8").split())


def known_zone(name: object) -> bool:
    """Whether this is the IANA name of a zone."""
    return isinstance(name, str) and name in _zone_names()


@lru_cache(maxsize=1024)
def _zone(name: str) -> ZoneInfo:
    with files("tzdata").joinpath("zoneinfo", *name.split("/")).open("rb") as source:
        return ZoneInfo.from_file(source, key=name)


def known_zones(zone: Column, account: str) -> Column:
    """The column with the account's zone wherever a row has none that is known."""
    fallback = account if known_zone(account) else "UTC"

    def settle(value: Value) -> Value:
        return value if known_zone(value) else fallback

    pool = (*(settle(value) for value in zone.pool), fallback)
    last = np.int32(len(pool) - 1)
    return Column(np.where(zone.codes == UNSET, last, zone.codes).astype(np.int32), pool)


@cache
def _seconds(year: int) -> int:
    return int(datetime(year, 1, 1, tzinfo=UTC).timestamp())


def _offset(zone: ZoneInfo, at: int) -> int:
    span = datetime.fromtimestamp(at, zone).utcoffset()
    return int(span.total_seconds()) if span else 0


@lru_cache(maxsize=65536)
def _changes(name: str, year: int) -> tuple[tuple[int, int], ...]:
    """Seconds of UTC and the offset from then on: at the year's start and at each change in it."""
    zone = _zone(name)
    at, end = _seconds(year), _seconds(year + 1)
    found = [(at, _offset(zone, at))]
    while at < end:
        step = min(at + _PROBE, end)
        if _offset(zone, step) != found[-1][1]:
            change = _first_after(zone, at, step)
            found.append((change, _offset(zone, change)))
        at = step
    return tuple(found)


def _first_after(zone: ZoneInfo, low: int, high: int) -> int:
    """The second at which the offset first differs from the one at `low`; it does at `high`."""
    before = _offset(zone, low)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if _offset(zone, middle) != before else (middle, high)
    return high


@dataclass(frozen=True, slots=True, eq=False)
class _Table:
    """Spans of one offset, those of zone 0 first; a key is the zone's place times `width` plus µs.

    `starts` and the local bounds are keys, `since` and `until` µs of UTC, `offsets` µs.
    """

    base: int
    width: int
    starts: Ints
    local_starts: Ints
    local_ends: Ints
    since: Times
    until: Times
    offsets: Ints

    def keys(self, zone: Column, times: Times) -> Ints:
        """One sortable number for the zone and time of every row."""
        keys: Ints = np.where(zone.codes == UNSET, len(zone.pool), zone.codes).astype(np.int64)
        keys *= self.width
        keys += times.clip(self.base + 3 * DAY, self.base + self.width - 3 * DAY)
        keys -= self.base
        return keys


def _spans(name: str, years: range) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for year in years:
        for at, offset in _changes(name, year):
            if not spans or spans[-1][1] != offset:
                spans.append((at * SECOND, offset * SECOND))
    return spans


@lru_cache(maxsize=256)
def _table(pool: tuple[Value, ...], first: int, last: int) -> _Table:
    base, end = _seconds(first) * SECOND, _seconds(last + 1) * SECOND
    width = end - base
    rows: list[tuple[int, int, int, int]] = []
    for place, name in enumerate((*pool, None)):
        spans = _spans(str(name) if known_zone(name) else "UTC", range(first, last + 1))
        ends = [*(at for at, _ in spans[1:]), end]
        rows += [
            (place * width - base, at, until, offset)
            for (at, offset), until in zip(spans, ends, strict=True)
        ]
    shift, since, until, offsets = np.array(rows, dtype=np.int64).T
    return _Table(
        base,
        width,
        starts=shift + since,
        local_starts=shift + since + offsets,
        local_ends=shift + until + offsets,
        since=since,
        until=until,
        offsets=offsets,
    )


def _year(at: int) -> int:
    return int(np.datetime64(at, "us").astype("datetime64[Y]").astype(np.int64)) + 1970


def _table_for(zone: Column, times: Times) -> _Table:
    first, last = _seconds(_FIRST_YEAR) * SECOND, _seconds(_LAST_YEAR) * SECOND
    low, high = (min(max(int(at), first), last) for at in (times.min(), times.max()))
    return _table(zone.pool, _year(low - 4 * DAY), _year(high + 4 * DAY))


def to_local(times: Times, zone: Column) -> Times:
    """Wall-clock time per row, as µs; a row without a known zone is in UTC."""
    if len(times) == 0:
        return times
    table = _table_for(zone, times)
    place = np.searchsorted(table.starts, table.keys(zone, times), side="right") - 1
    return times + table.offsets[place]


def to_utc(local: Times, zone: Column, *, later: bool = False) -> Times:
    """UTC per row; a time that the clock skips gives the first instant after the gap.

    A time that the clock shows twice gives its first instant, or with `later` its second.
    """
    if len(local) == 0:
        return local
    table = _table_for(zone, local)
    keys = table.keys(zone, local)
    if later:
        place = np.searchsorted(table.local_starts, keys, side="right") - 1
        second: Times = np.minimum(local - table.offsets[place], table.until[place])
        return second
    place = np.searchsorted(table.local_ends, keys, side="right")
    first: Times = np.maximum(local - table.offsets[place], table.since[place])
    return first


def local_days(times: Times, zone: Column) -> Ints:
    """The calendar day of each row in its zone, in days since 1970."""
    return to_local(times, zone) // DAY


def is_skipped(local: Times, zone: Column) -> Bools:
    """Where the clock of the zone never shows this time."""
    skipped: Bools = to_local(to_utc(local, zone), zone) != local
    return skipped
