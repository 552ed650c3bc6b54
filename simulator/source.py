"""Where the people of a run come from."""

from __future__ import annotations

from typing import Protocol

from flows.columns import NEVER
from flows.people import Population


class Source(Protocol):
    """People by number. The same range always gives the same people, alone or among others."""

    def __len__(self) -> int: ...

    @property
    def earliest(self) -> int:
        """No event lies before this time, in µs."""
        ...

    def shard(self, start: int, stop: int) -> Population:
        """The people from `start` up to `stop` (excluded), rows counted from `start`."""
        ...


class GivenAudience:
    """People who are given whole, as from files."""

    def __init__(self, population: Population) -> None:
        self._population = population

    def __len__(self) -> int:
        return len(self._population.profiles)

    @property
    def earliest(self) -> int:
        times = [int(e.times.min()) for e in self._population.events.values() if len(e)]
        return min(times, default=NEVER)

    def shard(self, start: int, stop: int) -> Population:
        """The people from `start` up to `stop` (excluded)."""
        return self._population.take(start, stop)
