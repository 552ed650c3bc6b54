"""Who comes to a flow, and why some may not enter (semantics B.1)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from flows.columns import Bools, Ints, Times
from simulator.agenda import Entries

FAILS_TRIGGER_FILTER = "Fails Trigger Filter"
REENTRY_BLOCKED = "Re-entry Blocked"
NOTHING_LIVE = "No live step"
LATE_EVENT = "Late Event"
FUTURE_EVENT = "Future Event"


@dataclass(frozen=True, slots=True, eq=False)
class Comers:
    """Who comes, when, and by which event, object or day."""

    rows: NDArray[np.integer]
    now: Times
    ref: Ints
    since: Times
    """When the run of each begins: now, or some time before for those who come in halfway."""

    @classmethod
    def of(cls, held: Entries, at: NDArray[np.intp]) -> Comers:
        """Those whose entries lie at these places of the agenda."""
        return cls(held.row[at], held.due[at], held.ref[at], held.arrived[at])

    def __len__(self) -> int:
        return len(self.rows)

    def take(self, which: Bools | NDArray[np.intp]) -> Comers:
        """Some of them."""
        return Comers(self.rows[which], self.now[which], self.ref[which], self.since[which])
