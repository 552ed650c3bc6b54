"""What people did, indexed by person and time: counts and sums as of any moment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from flows.columns import LONG_AGO, NEVER, UNSET, Bools, Codes, Column, Floats, Ints, Keys, Times
from flows.scene import EventTest, Window
from simulator.event_index import BEHIND, FINE, Index, KeyRange

__all__ = ["KeyRange", "MetricHistory"]

MERGE_FACTOR = 2


@dataclass(slots=True, eq=False)
class Segment:
    """Events in the order in which they came, with their index by person and time."""

    rows: NDArray[np.integer]
    times: Times
    values: Floats
    properties: dict[str, Column]
    index: Index
    worths: Column | None = None
    """The values as a column, once somebody asks for them."""
    filtered: dict[tuple[int, ...], Index] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.rows)


class MetricHistory:
    """One metric's events. New ones come in as segments, merged when they grow alike in size."""

    def __init__(self, span: KeyRange, people: int) -> None:
        self._span = span
        self._latest = np.full(people, LONG_AGO, dtype=np.int64)
        self._calm = np.full((2, people), LONG_AGO, dtype=np.int64)
        """Per row a span known to hold no event: after the first time, before the second."""
        self._segments: list[Segment] = []
        self.size = 0

    def add(
        self,
        rows: NDArray[np.integer],
        times: Times,
        values: Floats,
        properties: dict[str, Column],
    ) -> None:
        """Take in events in any order; each is known from then on by its number, from `size`."""
        if not len(rows):
            return
        self.size += len(rows)
        np.maximum.at(self._latest, rows, times)
        np.minimum.at(self._calm[1], rows, times)
        self._segments.append(self._segment(rows, times, values, properties))
        while len(self._segments) > 1 and (
            len(self._segments[-1]) * MERGE_FACTOR >= len(self._segments[-2])
        ):
            last, before = self._segments.pop(), self._segments.pop()
            self._segments.append(self._merged(before, last))

    def count(self, rows: NDArray[np.integer], window: Window, where: Sequence[EventTest]) -> Ints:
        """How many events of each row lie in its window and pass every test."""
        total = np.zeros(len(rows), dtype=np.int64)
        for some, _, first, last in self._found(rows, window, where):
            total[some] += last - first
        return total

    def total(
        self, rows: NDArray[np.integer], window: Window, where: Sequence[EventTest]
    ) -> Floats:
        """The sum of the same events' values, to the millionth."""
        total = np.zeros(len(rows), dtype=np.int64)
        for some, index, first, last in self._found(rows, window, where):
            total[some] += index.sums[last] - index.sums[first]
        return total / FINE

    def _found(
        self, rows: NDArray[np.integer], window: Window, where: Sequence[EventTest]
    ) -> Iterator[tuple[NDArray[np.intp], Index, NDArray[np.intp], NDArray[np.intp]]]:
        """By segment, for the rows that have an event in their window, where those lie."""
        some = self._worth_a_look(rows, window)
        if not len(some):
            return
        here = rows[some]
        after = self._span.keys(here, window.after[some])
        until = self._span.keys(here, window.until[some])
        nearest = np.full(len(some), BEHIND[0])
        for segment in self._segments:
            index = self._index(segment, where)
            first = index.behind(after)
            following = index.keys[first]
            np.minimum(nearest, following, out=nearest)
            hit = np.flatnonzero(following <= until)
            if len(hit):
                yield some[hit], index, first[hit], index.behind(until[hit])
        if not where:
            none = np.flatnonzero(nearest > until)
            self._remember(here[none], window.after[some[none]], nearest[none])

    def _worth_a_look(self, rows: NDArray[np.integer], window: Window) -> NDArray[np.intp]:
        """The places of rows that may have an event in their window."""
        some = np.flatnonzero((self._latest[rows] > window.after) & (window.until > window.after))
        here, after, until = rows[some], window.after[some], window.until[some]
        return some[(self._calm[0][here] > after) | (self._calm[1][here] <= until)]

    def _remember(self, rows: NDArray[np.integer], after: Times, following: Keys) -> None:
        """Nothing happens to these rows from `after` to the event of the key that follows."""
        same = self._span.rows_of(following) == rows
        self._calm[0][rows] = after
        self._calm[1][rows] = np.where(same, self._span.times(following), NEVER)

    def names(self) -> tuple[str, ...]:
        """Every property that some event has."""
        return tuple(dict.fromkeys(n for segment in self._segments for n in segment.properties))

    def property(self, name: str, numbers: Ints) -> Column:
        """A property of the events with these numbers; `$value` is their value."""
        if len(self._segments) == 1:
            return _property(self._segments[0], name, numbers)
        found = Column.unset(len(numbers))
        start = 0
        for segment in self._segments:
            here = np.flatnonzero((numbers >= start) & (numbers < start + len(segment)))
            if len(here):
                found = found.put(here, _property(segment, name, numbers[here] - start))
            start += len(segment)
        return found

    def _index(self, segment: Segment, where: Sequence[EventTest]) -> Index:
        if not where:
            return segment.index
        name = tuple(id(test) for test in where)
        if name not in segment.filtered:
            passed = self._passing(segment, where)
            keys = self._span.keys(segment.rows[passed], segment.times[passed])
            segment.filtered[name] = Index.of(self._span, keys, segment.values[passed])
        return segment.filtered[name]

    def _passing(self, segment: Segment, where: Sequence[EventTest]) -> Bools:
        passed = np.ones(len(segment), dtype=np.bool_)
        every = np.arange(len(segment))
        for test in where:
            passed &= test.accepts(_property(segment, test.property, every), segment.times)
        return passed

    def _segment(
        self,
        rows: NDArray[np.integer],
        times: Times,
        values: Floats,
        properties: dict[str, Column],
    ) -> Segment:
        keys = self._span.keys(rows, times)
        return Segment(rows, times, values, properties, Index.of(self._span, keys, values))

    def _merged(self, first: Segment, second: Segment) -> Segment:
        names = dict.fromkeys((*first.properties, *second.properties))
        columns = {
            name: _behind(
                first.properties.get(name) or Column.unset(len(first)),
                second.properties.get(name) or Column.unset(len(second)),
            )
            for name in names
        }
        return self._segment(
            np.concatenate((first.rows, second.rows)),
            np.concatenate((first.times, second.times)),
            np.concatenate((first.values, second.values)),
            columns,
        )


def _property(segment: Segment, name: str, at: Ints) -> Column:
    if name == "$value":
        if segment.worths is None:
            segment.worths = _worths(segment.values)
        return segment.worths.take(at)
    held = segment.properties.get(name)
    return held.take(at) if held else Column.unset(len(at))


def _worths(values: Floats) -> Column:
    distinct = pa.array(values, mask=np.isnan(values)).dictionary_encode()
    codes: Codes = distinct.indices.fill_null(UNSET).to_numpy()
    return Column(codes, tuple(distinct.dictionary.to_numpy().tolist()))


def _behind(first: Column, second: Column) -> Column:
    if first.pool is second.pool:
        return Column(np.concatenate((first.codes, second.codes)), first.pool)
    room = Column(
        np.concatenate((first.codes, np.full(len(second), -1, dtype=np.int32))), first.pool
    )
    return room.put(np.arange(len(first), len(room)), second)
