"""What people did with items, of one kind of doing, by person, item and time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from flows.columns import LONG_AGO, Bools, Codes, Floats, Ints, Times
from simulator.order import by_row

_MERGE_FACTOR = 2
_SMALL = 1 << 32
_BEHIND = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    """Doings in order of person, item and time."""

    known: Ints
    """Every pair of person and item, each once, ascending; one behind them all."""
    starts: NDArray[np.intp]
    """Where the doings of each pair begin."""
    pairs: Ints
    times: Times
    prices: Floats

    @classmethod
    def of(cls, pairs: Ints, times: Times, prices: Floats) -> _Part:
        order = _in_order(pairs, times)
        pairs, times = pairs[order], times[order]
        first = np.flatnonzero(np.append(True, pairs[1:] != pairs[:-1]))
        known = np.append(pairs[first], _BEHIND)
        return cls(known, np.append(first, len(pairs)), pairs, times, prices[order])

    def __len__(self) -> int:
        return len(self.times)

    def span(
        self, pairs: Ints, after: Times, until: Times
    ) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Where the doings of each pair begin and end that lie behind a time up to another."""
        place = np.searchsorted(self.known, pairs)
        some = np.flatnonzero(self.known[place] == pairs)
        low, high = self.starts[place[some]], self.starts[place[some] + 1]
        first, last = np.zeros((2, len(pairs)), dtype=np.intp)
        first[some] = self._behind(low, high, after[some])
        last[some] = self._behind(first[some], high, until[some])
        return first, last

    def _behind(
        self, low: NDArray[np.intp], high: NDArray[np.intp], times: Times
    ) -> NDArray[np.intp]:
        """The place behind the last doing at or before the time, each among its own few."""
        most = int((high - low).max(initial=0))
        for _ in range(most.bit_length()):
            middle = (low + high) >> 1
            upper = (low < high) & (self.times[np.minimum(middle, len(self) - 1)] <= times)
            low, high = np.where(upper, middle + 1, low), np.where(upper, high, middle)
        return low


def _in_order(pairs: Ints, times: Times) -> NDArray[np.intp]:
    """The stable order by pair, then time; quick where each pair's doings come in time."""
    small = len(pairs) and int(pairs.max()) < _SMALL
    order = by_row(pairs) if small else np.argsort(pairs, kind="stable")
    same = pairs[order[1:]] == pairs[order[:-1]]
    if (same & (times[order[1:]] < times[order[:-1]])).any():
        return np.lexsort((times, pairs))
    return order


class Doings:
    """All doings; what comes in is merged as it grows alike in size."""

    def __init__(self, items: int) -> None:
        self._items = items
        self._parts: list[_Part] = []

    def add(self, rows: NDArray[np.integer], items: Codes, times: Times, prices: Floats) -> None:
        """People did this with items, at these times and prices, in any order."""
        if not len(rows):
            return
        self._parts.append(_Part.of(self._pairs(rows, items), times, prices))
        while len(self._parts) > 1 and (
            len(self._parts[-1]) * _MERGE_FACTOR >= len(self._parts[-2])
        ):
            last, before = self._parts.pop(), self._parts.pop()
            merged = (
                np.concatenate((before.pairs, last.pairs)),
                np.concatenate((before.times, last.times)),
                np.concatenate((before.prices, last.prices)),
            )
            self._parts.append(_Part.of(*merged))

    def any(self, who: Doers, after: Times, until: Times) -> Bools:
        """Who did it after one time (excluded) up to another (included)."""
        found = np.zeros(len(who.rows), dtype=np.bool_)
        for _, first, last in self._found(who, after, until):
            found |= last > first
        return found

    def last(self, who: Doers, after: Times, until: Times) -> tuple[Times, Floats]:
        """When each did it last in that span, and at which price; LONG_AGO for never."""
        when = np.full(len(who.rows), LONG_AGO, dtype=np.int64)
        price = np.full(len(who.rows), np.nan)
        for part, first, last in self._found(who, after, until):
            at = np.where(last > first, part.times[last - 1], LONG_AGO)
            later = at > when
            when = np.where(later, at, when)
            price = np.where(later, part.prices[last - 1], price)
        return when, price

    def lowest(self, who: Doers, after: Times, until: Times) -> Floats:
        """The lowest price at which each did it in that span; infinite for never."""
        least = np.full(len(who.rows), np.inf)
        for part, first, last in self._found(who, after, until):
            some = np.flatnonzero(last > first)
            if len(some):
                sizes = last[some] - first[some]
                starts = np.cumsum(sizes) - sizes
                every = np.arange(int(sizes.sum())) + np.repeat(first[some] - starts, sizes)
                lowest = np.minimum.reduceat(part.prices[every], starts)
                least[some] = np.minimum(least[some], lowest)
        return least

    def _found(
        self, who: Doers, after: Times, until: Times
    ) -> Iterator[tuple[_Part, NDArray[np.intp], NDArray[np.intp]]]:
        pairs = self._pairs(who.rows, who.items)
        for part in self._parts if len(pairs) else ():
            yield part, *part.span(pairs, after, until)

    def _pairs(self, rows: NDArray[np.integer], items: Codes) -> Ints:
        return rows.astype(np.int64) * self._items + items


@dataclass(frozen=True, slots=True, eq=False)
class Doers:
    """People, each with an item."""

    rows: NDArray[np.integer]
    items: Codes
