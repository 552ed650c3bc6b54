"""What actions told runs to remember for later steps."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from flows.columns import Ints

NOTHING = -1
PASSED = "\0passed "
"""Before an action's id: who has passed it, in flows that are edited in the run."""


class Memory:
    """A small number for each run and action; there is no room for it until it is used."""

    def __init__(self) -> None:
        self._held: dict[tuple[int, str], NDArray[np.int16]] = {}

    def keep(self, flow: int, action: str, runs: Ints, values: NDArray[np.int16]) -> None:
        """These runs keep these numbers of the action, instead of what they had of it."""
        held = self._held.get((flow, action), np.full(0, NOTHING, dtype=np.int16))
        most = int(runs.max(initial=-1)) + 1
        if most > len(held):
            grown = np.full(max(most, 2 * len(held)), NOTHING, dtype=np.int16)
            grown[: len(held)] = held
            held = grown
        held[runs] = values
        self._held[flow, action] = held

    def recall(self, flow: int, action: str, runs: Ints) -> NDArray[np.int16]:
        """What each of these runs keeps of the action; -1 for nothing."""
        found = np.full(len(runs), NOTHING, dtype=np.int16)
        held = self._held.get((flow, action))
        if held is not None:
            known = np.flatnonzero((runs >= 0) & (runs < len(held)))
            found[known] = held[runs[known]]
        return found
