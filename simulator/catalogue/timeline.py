"""What each of many things was at a time: steps laid out so that one look-up serves all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from flows.columns import LONG_AGO, Codes, Column, Ints, Times, Value

Steps: TypeAlias = Sequence[tuple[int, Value]]
"""From which time on which value holds; the first time is LONG_AGO, the others ascend."""


@dataclass(frozen=True, slots=True, eq=False)
class Timeline:
    """The steps of every entry in one row, in order of entry and time."""

    moments: Times
    """Every time at which something changes, each once."""
    keys: Ints
    """Entry and moment of each step as one number."""
    held: Column
    """The value from each step on."""

    @classmethod
    def of(cls, histories: Sequence[Steps]) -> Timeline:
        """The timeline of entries 0, 1, 2, ... with these steps."""
        at = np.array([time for steps in histories for time, _ in steps], dtype=np.int64)
        moments = np.unique(at[at != LONG_AGO])
        entries = np.repeat(np.arange(len(histories)), [len(steps) for steps in histories])
        ranks = np.searchsorted(moments, at, side="right")
        held = Column.of([value for steps in histories for _, value in steps])
        return cls(moments, entries * (len(moments) + 1) + ranks, held)

    def places(self, entries: Codes, times: Times) -> NDArray[np.intp]:
        """Which step holds of each entry at its time."""
        ranks = np.searchsorted(self.moments, times, side="right")
        asked = entries.astype(np.int64) * (len(self.moments) + 1) + ranks
        return np.searchsorted(self.keys, asked, side="right") - 1

    def column(self, entries: Codes, times: Times) -> Column:
        """The value of each entry at its time."""
        return self.held.take(self.places(entries, times))


def amount(value: Value) -> float:
    """A value as a number; NaN for what is none."""
    return float(value) if isinstance(value, int | float) else float("nan")


def changed(steps: list[tuple[int, Value]], time: int, value: Value) -> None:
    """Put one step behind the others; one at the same time as the last takes its place."""
    if steps and steps[-1][0] == time:
        steps.pop()
    if not steps or steps[-1][1] != value:
        steps.append((time, value))
