"""The runs of a batch: those who only come to a flow, and those who are in it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from flows.columns import Ints, Times
from simulator.journal import Enrolments
from simulator.memory import Memory


@dataclass(frozen=True, slots=True, eq=False)
class Runs:
    """An entry a run; every row of the shard at most once."""

    rows: NDArray[np.integer]
    now: Times
    visit: Ints
    entered_at: Times
    entered_before: Times
    """The same person's entry before this one."""
    ref: Ints
    """What started the run: an event, a joining, the day of a date flow or that of an object."""
    numbers: Ints | None = None
    """The runs' own numbers; None for those who only come to the flow."""
    memory: Memory | None = None
    """What they keep of earlier steps; None for what the shard keeps for them."""


@dataclass(frozen=True, eq=False)
class OpenRuns:
    """The same for runs that are written down; what few steps ask for is looked up when one does.

    How a run began never changes, so it does not matter when that is looked up.
    """

    rows: NDArray[np.integer]
    now: Times
    visit: Ints
    numbers: Ints
    written: Enrolments
    memory: ClassVar[None] = None

    @cached_property
    def entered_at(self) -> Times:
        """When each began."""
        return self.written.entered[self.numbers]

    @cached_property
    def entered_before(self) -> Times:
        """When the person's run before each began."""
        return self.written.before[self.numbers]

    @cached_property
    def ref(self) -> Ints:
        """What started each."""
        return self.written.ref[self.numbers]
