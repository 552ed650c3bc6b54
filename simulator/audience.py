"""Synthetic people and their histories, of any size and seed, a shard at a time."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from flows.conditions.base import Need
from flows.people import Population, Profiles
from simulator import chance
from simulator.audience_settings import AudienceSettings
from simulator.synthetic import belonging, happenings, persons
from simulator.synthetic.belonging import Run
from simulator.synthetic.habits import ORDERED, Habits
from simulator.synthetic.streams import DAY, Crowd, activity_levels, known_since
from simulator.synthetic.values import Span
from simulator.synthetic.wanted import Wanted, gather

__all__ = ["AudienceSettings", "SyntheticAudience"]


@dataclass(frozen=True, kw_only=True)
class SyntheticAudience:
    """A source of made-up people who bring what flows need.

    Each person depends on the seed and their own number alone: `shard(0, 10)` are the first ten
    people of `shard(0, 100_000)`, with the same events. People are p0000001, p0000002, ...
    """

    seed: int
    size: int
    start: int
    """The start of the run in microseconds since 1970, UTC."""
    days: int
    settings: AudienceSettings = field(default_factory=AudienceSettings)
    needs: tuple[Need, ...] = ()
    names: dict[str, str] = field(default_factory=dict)
    """Canonical names of metrics by id."""

    def __len__(self) -> int:
        return self.size

    @property
    def earliest(self) -> int:
        """The time before which no event lies."""
        return self.start - self.settings.history_days * DAY

    @property
    def run(self) -> Run:
        """The span that is rehearsed."""
        return Run(self.start, self.start + self.days * DAY)

    @cached_property
    def wanted(self) -> Wanted:
        """The needs, gathered."""
        return gather(self.needs, self.names)

    def shard(self, start: int, stop: int) -> Population:
        """The people from `start` up to `stop` (excluded), with their events."""
        index = np.arange(start, min(stop, self.size), dtype=np.int64)
        keys = chance.mix(index.astype(np.uint64) ^ chance.name_key("audience", self.seed))
        since = known_since(keys, self.settings.newcomers, self.earliest, self.run.stop)
        people = persons.settle(self.settings, index, keys, since, start=self.start)
        joined = belonging.joinings(people, self.wanted, self.run)
        lists = {name: joined[name] for name in self.wanted.starting_lists}
        consent = belonging.consents(people, lists, self.run)
        span = Span.of(self.earliest, self.run.stop)
        columns = persons.properties(people, belonging.reachable(consent), span)
        columns = persons.with_compared(columns, people, self.wanted.properties, span)
        members = {*self.wanted.starting_lists, *self.wanted.lists}
        profiles = Profiles(
            persons.profile_ids(index, self.size),
            columns,
            consent,
            {name: times for name, times in joined.items() if name in members},
            {name: times for name, times in joined.items() if name not in members},
        )
        crowd = Crowd(
            keys, activity_levels(keys), since, people.offsets, self.earliest, self.run.stop
        )
        made = Habits(crowd, self.settings, self.run, lists, consent)
        metrics = dict.fromkeys([ORDERED, *self.wanted.metrics])
        compared = self.wanted.event_properties
        return Population(
            profiles,
            {m: happenings.events(made, m, compared.get(m, {}), span) for m in metrics},
        )
