"""Events of one metric in the making: who, when, worth what, with which basket."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from flows.columns import Bools, Codes, Column, Floats, Ints, Keys, Rows, Times
from flows.moments import DAY, HOUR
from flows.people import Events
from simulator import chance
from simulator.quantiles import CELLS, Quantiles, poisson

MILLISECOND = 1_000
MONTH = 30 * DAY
KNOWN_DAYS = 1100
"""How long before the window people became known at the earliest."""
LEVELS = 16
"""Classes of activity that people fall into."""


@dataclass(frozen=True, slots=True, eq=False)
class Crowd:
    """Some people in a row: a chance key and an activity level each, and the time they exist."""

    keys: Keys
    levels: Ints
    since: Times
    """When each became known; no event lies before."""
    offsets: Times
    """Each zone's distance from UTC."""
    hours: Quantiles
    """When in the day things happen, see `daily`."""
    first: int
    stop: int
    """The window of all events, `stop` excluded."""

    def __len__(self) -> int:
        return len(self.keys)


def known_since(keys: Keys, newcomers: float, first: int, stop: int) -> Times:
    """When each became known: newcomers any time in the window, the others before it."""
    drawn = chance.uniform(keys, chance.name_key("newcomer"))
    when = chance.uniform(keys, chance.name_key("since"))
    span = np.where(drawn < newcomers, stop - first, KNOWN_DAYS * DAY - DAY)
    opening = np.where(drawn < newcomers, first, first - KNOWN_DAYS * DAY + DAY)
    ticks = (when * (span // MILLISECOND)).astype(np.int64)
    since: Times = opening + ticks * MILLISECOND
    return since


def activity_levels(keys: Keys) -> Ints:
    """Each person's class of activity."""
    return (chance.uniform(keys, chance.name_key("activity")) * LEVELS).astype(np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Stream:
    """Events by row, then time."""

    rows: Rows
    times: Times
    values: Floats
    baskets: Codes

    def __len__(self) -> int:
        return len(self.rows)

    def where(self, chosen: Bools) -> Stream:
        """Some of the events, in their order."""
        return Stream(
            self.rows[chosen], self.times[chosen], self.values[chosen], self.baskets[chosen]
        )

    def sorted(self, crowd: Crowd) -> Stream:
        """The events inside the window, put in order."""
        kept = self.where((self.times >= crowd.first) & (self.times < crowd.stop))
        order = np.argsort(_sort_key(kept.rows, kept.times, crowd), kind="stable")
        return Stream(kept.rows[order], kept.times[order], kept.values[order], kept.baskets[order])

    def keys(self, crowd: Crowd, purpose: str) -> Keys:
        """A chance key per event: its person's, the purpose and its place in their history."""
        return event_keys(crowd.keys, self.rows, purpose)

    def events(self, metric: str, properties: dict[str, Column]) -> Events:
        """The events of a metric as the engine takes them."""
        return Events(metric, self.rows, self.times, self.values, properties)


def event_keys(keys: Keys, rows: Rows, purpose: str) -> Keys:
    """A chance key per event of rows that stand in order."""
    salted = chance.mix(keys ^ chance.name_key(purpose))
    return chance.mix(salted[rows] ^ places(rows))


def places(rows: Rows) -> Keys:
    """0, 1, 2, ... for each person's events; `rows` is in order."""
    if not len(rows):
        return np.zeros(0, dtype=np.uint64)
    opens = np.flatnonzero(np.diff(rows, prepend=rows[0] - 1))
    sizes = np.diff(opens, append=len(rows))
    return (np.arange(len(rows)) - np.repeat(opens, sizes)).astype(np.uint64)


def join(one: Stream, other: Stream, crowd: Crowd) -> Stream:
    """Both streams as one."""
    return Stream(
        np.concatenate((one.rows, other.rows)),
        np.concatenate((one.times, other.times)),
        np.concatenate((one.values, other.values)),
        np.concatenate((one.baskets, other.baskets)),
    ).sorted(crowd)


def shifted(stream: Stream, crowd: Crowd, hours: Quantiles, *, purpose: str, sign: int) -> Stream:
    """The same events some hours later (`sign` 1) or earlier (-1), each by its own draw."""
    moved = stream.times + sign * delays(stream, crowd, hours, purpose)
    return Stream(stream.rows, moved, stream.values, stream.baskets).sorted(crowd)


def delays(stream: Stream, crowd: Crowd, hours: Quantiles, purpose: str) -> Times:
    """A delay per event, in whole milliseconds."""
    drawn = hours.at(chance.uniform(stream.keys(crowd, purpose)))
    found: Times = (drawn * (HOUR / MILLISECOND)).astype(np.int64) * MILLISECOND
    return found


def arrivals(crowd: Crowd, rate: float, purpose: str, until: int | None = None) -> Stream:
    """Events at a rate (per person in 30 days) that scales with activity; NaN worth, no basket."""
    stop = crowd.stop if until is None else until
    span = max(stop - crowd.first, 0)
    means = tuple(round(rate * span / MONTH * level, 9) for level in activity())
    shares = chance.uniform(crowd.keys, chance.name_key(purpose, "how many"))
    counts = poisson(means).at(shares, crowd.levels)
    rows = np.repeat(np.arange(len(crowd), dtype=np.int32), counts)
    drawn = chance.uniform(event_keys(crowd.keys, rows, purpose))
    times = crowd.first + (drawn * (span // MILLISECOND)).astype(np.int64) * MILLISECOND
    return in_order(crowd, rows, by_day(times, rows, crowd), stop)


def in_order(crowd: Crowd, rows: Rows, times: Times, stop: int) -> Stream:
    """Events that differ by time alone, sorted by one number; those outside the window fall out."""
    inside = (times >= np.maximum(crowd.since, crowd.first)[rows]) & (times < stop)
    ticks = np.sort(_sort_key(rows[inside], times[inside], crowd))
    bits = _bits(crowd)
    times = crowd.first + (ticks & ((1 << bits) - 1)) * MILLISECOND
    return bare((ticks >> bits).astype(np.int32), times)


def bare(rows: Rows, times: Times) -> Stream:
    """Events of no worth and no basket."""
    return Stream(rows, times, np.full(len(rows), np.nan), np.zeros(len(rows), dtype=np.int32))


def _bits(crowd: Crowd) -> int:
    return int((crowd.stop - crowd.first) // MILLISECOND).bit_length()


def _sort_key(rows: Rows, times: Times, crowd: Crowd) -> Ints:
    """One number that orders by row, then time; room for ten years and 16 million rows."""
    ticks = ((times - crowd.first) * (1 / MILLISECOND)).astype(np.int64)
    return (rows.astype(np.int64) << _bits(crowd)) | ticks


def activity() -> tuple[float, ...]:
    """How active each level is beside the average: exponential quantiles, mean 1."""
    middles = (np.arange(LEVELS) + 0.5) / LEVELS
    raw = -np.log1p(-middles)
    return tuple(round(float(level), 6) for level in raw / raw.mean())


@lru_cache(maxsize=8)
def daily(hours: tuple[float, ...]) -> Quantiles:
    """Milliseconds since local midnight by share of the day's events, from the hours' weights."""
    weights = np.asarray(hours) if sum(hours) > 0 else np.ones(len(hours))
    ends = np.concatenate(([0.0], np.cumsum(weights) / weights.sum()))
    return Quantiles(np.interp(np.arange(CELLS + 1) / CELLS, ends, np.arange(25) * 3_600_000.0))


def by_day(times: Times, rows: Rows, crowd: Crowd) -> Times:
    """The times moved within their local day as its hours weigh; their order is kept."""
    offsets = crowd.offsets[rows]
    local = (times + offsets) * (1 / DAY)
    days = np.floor(local)
    within = crowd.hours.at(local - days)
    ticks = (days * (DAY // MILLISECOND) + within).astype(np.int64)
    moved: Times = ticks * MILLISECOND - offsets
    return moved
