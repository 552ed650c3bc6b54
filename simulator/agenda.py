"""What is due, in order of profile and time."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from flows.columns import NEVER, Bools, Ints, Times
from simulator.order import by_row

AnyInts: TypeAlias = NDArray[np.integer]

EFFECT, ENTER, STEP = 0, 1, 2
"""Kinds of entries: at one instant, what happens to a person comes before what a flow does."""

_KIND_SHIFT = 60
_TIE_SHIFT = 24


@dataclass(slots=True, eq=False)
class Entries:
    """One entry an index in every array. At equal `due` the lower `rank` comes first."""

    row: Ints
    due: Times
    rank: Ints
    place: NDArray[np.int16]
    """STEP: which action of which flow. ENTER: which flow. EFFECT: which channel."""
    ref: NDArray[np.int64]
    """STEP: the enrolment. ENTER: the event, or the day of a date flow."""
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
    """Everything still to come. Entries are taken one a row, the earliest, and put back or not."""

    def __init__(self) -> None:
        self.all = Entries.none()
        self._new: list[Entries] = []
        self._retired = 0
        self._starts: NDArray[np.intp] = np.zeros(0, dtype=np.intp)
        self._counts: NDArray[np.intp] = np.zeros(0, dtype=np.intp)
        self._next: Times = np.zeros(0, dtype=np.int64)

    def add(self, more: Entries) -> None:
        """Entries that come in with the next wave."""
        if len(more):
            self._new.append(more)

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
        if not len(self.all):
            return np.zeros(0, dtype=np.intp)
        due = self.all.due
        first = np.minimum.reduceat(due, self._starts)
        at = np.flatnonzero((due == np.repeat(first, self._counts)) & (due != NEVER))
        at = self._lowest(at)
        self._look_behind(at)
        return at

    def free_until(self, at: NDArray[np.intp]) -> Times:
        """When the next other entry of the same person is due, for entries of this wave."""
        return self._next[at]

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
        if not len(at):
            return
        own = self.all.due[at].copy()
        self.all.due[at] = NEVER
        following = np.minimum.reduceat(self.all.due, self._starts)
        self.all.due[at] = own
        self._next[at] = following[np.searchsorted(self._starts, at, "right") - 1]

    def _settle(self) -> None:
        """Take in what is new, drop what is retired, keep rows together."""
        if self._new:
            live = self.all.take(self.all.due != NEVER) if self._retired else self.all
            merged = Entries.joined([live, *self._new])
            self._place(merged.take(by_row(merged.row)))
        elif self._retired * 3 > len(self.all):
            self._place(self.all.take(self.all.due != NEVER))

    def _place(self, sorted_entries: Entries) -> None:
        self.all = sorted_entries
        self._new, self._retired = [], 0
        self._starts = _starts(self.all.row)
        self._counts = np.diff(np.append(self._starts, len(self.all)))
        self._next = np.full(len(self.all), NEVER, dtype=np.int64)


def _starts(rows: Ints) -> NDArray[np.intp]:
    """Where each run of equal rows begins."""
    if not len(rows):
        return np.zeros(0, dtype=np.intp)
    changes = np.flatnonzero(rows[1:] != rows[:-1]) + 1
    return np.concatenate(([0], changes))
