"""Whoever looks over the engine's shoulder: nobody in a run, the teller of a person's story."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from flows.actions.base import Step
from flows.columns import Times
from simulator.batch import Batch
from simulator.plan import Place


class Observer(Protocol):
    """Told of each thing as it happens, before its effects."""

    def entered(self, flow: int, rows: NDArray[np.integer], at: Times) -> None:
        """These people entered the flow, each at its own time."""
        ...

    def turned_away(self, flow: int, reason: str, rows: NDArray[np.integer], at: Times) -> None:
        """These people came to the flow and may not enter."""
        ...

    def stepped(self, place: Place, batch: Batch, step: Step) -> None:
        """The action at this place decided so about the rows of the batch."""
        ...


class Nobody:
    """Looks at nothing."""

    def entered(self, flow: int, rows: NDArray[np.integer], at: Times) -> None:
        """Not told."""

    def turned_away(self, flow: int, reason: str, rows: NDArray[np.integer], at: Times) -> None:
        """Not told."""

    def stepped(self, place: Place, batch: Batch, step: Step) -> None:
        """Not told."""
