"""Events of people as they come into a run."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from flows.columns import Bools, Column, Floats, Times


@dataclass(frozen=True, slots=True, eq=False)
class Happened:
    """Events of one metric as they come in, in any order."""

    metric: str
    rows: NDArray[np.integer]
    times: Times
    values: Floats
    properties: dict[str, Column]
    origin: int
    silent: Bools | None = None
    """Which of them start nothing; None for none."""
    recorded: Times | None = None
    """When each became known; None where all were at once."""

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def known(self) -> Times:
        """When each can first start something."""
        return self.times if self.recorded is None else np.maximum(self.times, self.recorded)

    def take(self, at: NDArray[np.integer]) -> Happened:
        """Some of them, by their places."""
        return Happened(
            self.metric,
            self.rows[at],
            self.times[at],
            self.values[at],
            {name: column.take(at) for name, column in self.properties.items()},
            self.origin,
            None if self.silent is None else self.silent[at],
            None if self.recorded is None else self.recorded[at],
        )
