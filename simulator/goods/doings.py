"""What people did with items, of one kind of doing, by person, item and time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from flows.columns import LONG_AGO, Bools, Codes, Floats, Ints, Times

_MERGE_FACTOR = 2


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    """Doings in order of person, item and time."""

    moments: Times
    """Every time at which something was done, each once."""
    keys: Ints
    """Person and item, then the moment's number from 1, as one number."""
    pairs: Ints
    times: Times
    prices: Floats
    """With an entry behind the last, which is infinite."""

    @classmethod
    def of(cls, pairs: Ints, times: Times, prices: Floats) -> _Part:
        moments = np.unique(times)
        keys = pairs * (len(moments) + 1) + np.searchsorted(moments, times, side="right")
        order = np.argsort(keys, kind="stable")
        behind = np.append(prices[order], np.inf)
        return cls(moments, keys[order], pairs[order], times[order], behind)

    def behind(self, pairs: Ints, times: Times) -> NDArray[np.intp]:
        """The place behind the last doing of each pair at or before the time."""
        ranks = np.searchsorted(self.moments, times, side="right")
        return np.searchsorted(self.keys, pairs * (len(self.moments) + 1) + ranks, side="right")


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
            len(self._parts[-1].keys) * _MERGE_FACTOR >= len(self._parts[-2].keys)
        ):
            last, before = self._parts.pop(), self._parts.pop()
            merged = (
                np.concatenate((before.pairs, last.pairs)),
                np.concatenate((before.times, last.times)),
                np.concatenate((before.prices[:-1], last.prices[:-1])),
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
            bounds = np.stack((first, last), axis=1).ravel()
            lowest = np.minimum.reduceat(part.prices, bounds)[::2]
            least = np.where(last > first, np.minimum(least, lowest), least)
        return least

    def _found(
        self, who: Doers, after: Times, until: Times
    ) -> Iterator[tuple[_Part, NDArray[np.intp], NDArray[np.intp]]]:
        pairs = self._pairs(who.rows, who.items)
        for part in self._parts if len(pairs) else ():
            yield part, part.behind(pairs, after), part.behind(pairs, until)

    def _pairs(self, rows: NDArray[np.integer], items: Codes) -> Ints:
        return rows.astype(np.int64) * self._items + items


@dataclass(frozen=True, slots=True, eq=False)
class Doers:
    """People, each with an item."""

    rows: NDArray[np.integer]
    items: Codes
