"""What is due, in order of profile and time."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from flows.columns import LONG_AGO, NEVER, Bools, Ints, Times
from simulator.order import by_row

AnyInts: TypeAlias = NDArray[np.integer]

EFFECT, ENTER, STEP = 0, 1, 2
"""Kinds of entries: at one instant, what happens to a person comes before what a flow does."""

_KIND_SHIFT = 60
_TIE_SHIFT = 24
_FEW = 1024
"""So many new entries are never worth a sort."""


@dataclass(slots=True, eq=False)
class Entries:
    """One entry an index in every array. At equal `due` the lower `rank` comes first."""

    row: Ints
    due: Times
    rank: Ints
    place: NDArray[np.int16]
    """STEP: which action of which flow. ENTER: which flow. EFFECT: what happens."""
    ref: NDArray[np.int64]
    """STEP: the enrolment. ENTER: the event, or the day of a date flow. EFFECT: which event."""
    arrived: Times
    """STEP: when the person came to the action."""

    def __len__(self) -> int:
        return len(self.row)

    def take(self, where: Bools | NDArray[np.integer]) -> Entries:
        """The entries at these places."""
        return Entries(*(getattr(self, f.name)[where] for f in fields(self)))

    @classmethod
    def joined(cls, parts: list[Entries]) -> Entries:
        """All entries, one part behind the other."""
        return cls(*(np.concatenate([getattr(p, f.name) for p in parts]) for f in fields(cls)))

    def with_room(self, more: int) -> Entries:
        """The same entries with room for more behind them, which is never due."""
        room = entries(EFFECT, np.zeros(more, np.int64), np.full(more, NEVER), 0, ref=0)
        return Entries.joined([self, room])

    @classmethod
    def none(cls) -> Entries:
        """No entries."""
        return entries(ENTER, np.zeros(0, np.int64), np.zeros(0, np.int64), 0, ref=0)


def rank(kind: int, major: AnyInts | int, minor: AnyInts | int) -> Ints:
    """The order of entries due at one instant: kind, then visit, then flow (semantics E17)."""
    high = np.asarray(major, dtype=np.int64) << _TIE_SHIFT
    ranks: Ints = (kind << _KIND_SHIFT) | high | np.asarray(minor, dtype=np.int64)
    return ranks


def entries(
    kind: int,
    rows: NDArray[np.integer],
    due: Times,
    place: int,
    *,
    ref: Ints | int,
) -> Entries:
    """Entries of one kind at one place."""
    size = len(rows)
    ranks = np.broadcast_to(rank(kind, 0, place), size).astype(np.int64)
    refs = np.broadcast_to(np.asarray(ref, dtype=np.int64), size).copy()
    return Entries(
        rows.astype(np.int64), due, ranks, np.full(size, place, dtype=np.int16), refs, due.copy()
    )


def kind_of(ranks: Ints) -> Ints:
    """Which kind each entry is."""
    kinds: Ints = ranks >> _KIND_SHIFT
    return kinds


class Agenda:
    """Everything still to come. Entries are taken one a row, the earliest, and put back or not.

    Most entries lie in order of their rows. Those that came lately lie behind them as they came,
    until they are many enough to be worth a sort; behind those is room for more.
    """

    def __init__(self) -> None:
        self.all: Entries
        self._new: list[Entries] = []
        self._people = self._size = self._in_order = self._retired = 0
        self._behind: Times = np.zeros(0, dtype=np.int64)
        """When each person's next entry is due, but for those of the wave."""
        self._place(Entries.none())

    def add(self, more: Entries) -> None:
        """Entries that come in with the next wave."""
        if len(more):
            self._new.append(more)
            known = more.row < len(self._behind)
            np.minimum.at(self._behind, more.row[known], more.due[known])

    def retire(self, at: NDArray[np.integer]) -> None:
        """These entries are done with."""
        self.all.due[at] = NEVER
        self._retired += len(at)

    def withdraw(self, rows: NDArray[np.integer], flow: int) -> None:
        """Those who were to come to this flow will not."""
        for held in (self.all, *self._new):
            coming = (kind_of(held.rank) == ENTER) & (held.place == flow)
            held.due[coming & np.isin(held.row, rows)] = NEVER
        self._retired += 1

    def next_wave(self) -> NDArray[np.intp]:
        """Where each row's earliest entry lies, rows ascending; empty when nothing is left."""
        self._settle()
        first = self._earliest()
        first[first == NEVER] = LONG_AGO
        held, size = self.all, self._size
        at = np.flatnonzero(held.due[:size] == first[held.row[:size]])
        if len(at) and at[-1] >= self._in_order:
            at = at[by_row(held.row[at])]
        at = self._lowest(at)
        self._look_behind(at)
        return at

    def free_until(self, rows: AnyInts) -> Times:
        """When the next entry of people of this wave is due, beside the one that they are at.

        Those that were added since the wave began count too.
        """
        return self._behind[rows]

    def upcoming(self) -> Times:
        """When the earliest entry of everybody who has one is due."""
        first = self._earliest()
        return first[first != NEVER]

    def _earliest(self) -> Times:
        """When each person's earliest entry is due; NEVER where there is none."""
        first = np.full(self._people, NEVER, dtype=np.int64)
        due, row = self.all.due, self.all.row
        if self._in_order:
            first[self._rows] = np.minimum.reduceat(due[: self._in_order], self._starts)
        late = slice(self._in_order, self._size)
        np.minimum.at(first, row[late], due[late])
        return first

    def _lowest(self, at: NDArray[np.intp]) -> NDArray[np.intp]:
        """Of the entries of one row, the one of lowest rank."""
        first = _starts(self.all.row[at])
        if len(first) == len(at):
            return at
        ranks = self.all.rank[at]
        counts = np.diff(np.append(first, len(at)))
        at = at[ranks == np.repeat(np.minimum.reduceat(ranks, first), counts)]
        return at[_starts(self.all.row[at])]

    def _look_behind(self, at: NDArray[np.intp]) -> None:
        own = self.all.due[at].copy()
        self.all.due[at] = NEVER
        self._behind = self._earliest()
        self.all.due[at] = own

    def _settle(self) -> None:
        """Take in what is new; sort all that is left where that is worth it."""
        coming, late = sum(map(len, self._new)), self._size - self._in_order
        if self._retired * 3 > self._size or late + coming > self._room():
            merged = Entries.joined([self.all, *self._new]) if coming else self.all
            left = np.flatnonzero(merged.due != NEVER)
            if late or coming:
                left = left[by_row(merged.row[left])]
            self._place(merged.take(left))
        elif coming:
            for more in self._new:
                self._append(more)
        self._new = []

    def _room(self) -> int:
        """How many entries may lie behind those in order."""
        return max(_FEW, self._in_order // 8)

    def _append(self, more: Entries) -> None:
        first, last = self._size, self._size + len(more)
        for f in fields(more):
            getattr(self.all, f.name)[first:last] = getattr(more, f.name)
        self._size = last
        self._people = max(self._people, int(more.row.max()) + 1)

    def _place(self, in_order: Entries) -> None:
        self._size = self._in_order = len(in_order)
        self._retired = 0
        self._starts = _starts(in_order.row)
        self._rows = in_order.row[self._starts]
        """The row that starts at each of `_starts`."""
        self._people = max(self._people, int(in_order.row[-1]) + 1 if self._size else 0)
        self.all = in_order.with_room(self._room())


def _starts(rows: Ints) -> NDArray[np.intp]:
    """Where each run of equal rows begins."""
    if not len(rows):
        return np.zeros(0, dtype=np.intp)
    changes = np.flatnonzero(rows[1:] != rows[:-1]) + 1
    return np.concatenate(([0], changes))


def grouped(places: NDArray[np.int16], at: NDArray[np.intp]) -> list[tuple[int, NDArray[np.intp]]]:
    """Entries by their place, each group in order of rows."""
    if not len(at):
        return []
    own = places[at].astype(np.uint16)
    order = np.argsort(own, kind="stable")
    own, at = own[order], at[order]
    first = np.flatnonzero(own[1:] != own[:-1]) + 1
    groups = np.split(at, first)
    return list(zip(own[[0, *first]].tolist(), groups, strict=True))
