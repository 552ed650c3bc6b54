"""Events in order of person and time, by one sortable number each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from flows.columns import Floats, Ints, Keys, Times

BEHIND = np.array([np.iinfo(np.uint64).max], dtype=np.uint64)
"""A key behind every other."""
FINE = 1_000_000
"""Values are added up in millionths, in whole numbers: a sum must not depend on the crowd's."""
_MOST = 9e12
"""More than this no value counts."""
_MANY, _LARGE = 400, 100_000
"""So many keys at once are quicker looked for among their person's own, in so large an index."""


@dataclass(frozen=True, slots=True)
class KeyRange:
    """How a person and a time become one sortable number: the row above, the time below."""

    base: int
    """The time, in µs, that stands for 1; earlier ones stand for 1 too."""
    bits: int

    @classmethod
    def over(cls, earliest: int, end: int) -> KeyRange:
        """Room for every time from `earliest` to `end`."""
        return cls(earliest, max(end - earliest + 2, 2).bit_length())

    @property
    def rows(self) -> int:
        """How many rows fit beside the time in 64 bits."""
        return 1 << (64 - self.bits)

    def keys(self, rows: NDArray[np.integer], times: Times) -> Keys:
        """The sortable number of each pair; 0 in the time part lies before every event."""
        first, limit = self.base - 1, (1 << self.bits) - 1
        since = times.clip(first, first + limit)
        since -= first
        keys = rows.astype(np.uint64)
        keys <<= np.uint64(self.bits)
        keys |= since.view(np.uint64)
        return keys

    def times(self, keys: Keys) -> Times:
        """The times that the keys hold."""
        since = keys & np.uint64((1 << self.bits) - 1)
        return since.astype(np.int64) + (self.base - 1)

    def rows_of(self, keys: Keys) -> Ints:
        """The rows that the keys hold."""
        return (keys >> np.uint64(self.bits)).astype(np.int64)


@dataclass(slots=True, eq=False)
class Index:
    """Sorted keys, one behind them all at the end, with the running sum of values before each.

    Sums are in millionths and may wrap around: only their differences count.
    """

    span: KeyRange
    keys: Keys
    sums: Ints
    _starts: NDArray[np.intp] | None = None

    @classmethod
    def of(cls, span: KeyRange, keys: Keys, values: Floats) -> Index:
        """The index of events given in any order; no value counts as 0."""
        if not (keys[1:] >= keys[:-1]).all():
            order = np.argsort(keys, kind="stable")
            keys, values = keys[order], values[order]
        known = np.clip(np.nan_to_num(values, nan=0.0), -_MOST, _MOST)
        fine = np.rint(known * FINE).astype(np.int64)
        sums = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(fine)))
        return cls(span, np.concatenate((keys, BEHIND)), sums)

    def behind(self, keys: Keys) -> NDArray[np.intp]:
        """The place behind each of the keys and all that are lower."""
        if len(keys) < _MANY or len(self.keys) < _LARGE:
            return np.searchsorted(self.keys, keys, "right")
        return self._behind_among_own(keys)

    def _behind_among_own(self, keys: Keys) -> NDArray[np.intp]:
        """The same by halving each person's own few events, which lie close to each other."""
        rows = self.span.rows_of(keys)
        if self._starts is None:
            self._starts = self._where_people_start()
        last = len(self._starts) - 1
        low = self._starts[np.minimum(rows, last)]
        high = self._starts[np.minimum(rows + 1, last)]
        for _ in range(int((high - low).max()).bit_length()):
            middle = (low + high) >> 1
            upper = (self.keys[middle] <= keys) & (low < high)
            low = np.where(upper, middle + 1, low)
            high = np.where(upper, high, middle)
        return low

    def _where_people_start(self) -> NDArray[np.intp]:
        """Where each person's events begin, up to the last who has any; and where those end."""
        last = int(self.span.rows_of(self.keys[-2:-1])[0])
        opens = np.arange(last + 1, dtype=np.uint64) << np.uint64(self.span.bits)
        return np.append(np.searchsorted(self.keys, opens), len(self.keys) - 1)
