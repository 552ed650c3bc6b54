"""Synthetic people and their histories, of any size and seed, a shard at a time."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from flows.catalogue import Catalogue
from flows.columns import Column
from flows.conditions.base import Need
from flows.metrics import PLACED_ORDER
from flows.moments import DAY
from flows.people import Events, Population, Profiles
from simulator import chance
from simulator.audience_settings import AudienceSettings
from simulator.catalogue import shop_of, standing_shop
from simulator.synthetic import belonging, persons
from simulator.synthetic.belonging import Run
from simulator.synthetic.details import Details
from simulator.synthetic.habits import Habits
from simulator.synthetic.happenings import events
from simulator.synthetic.objects import objects
from simulator.synthetic.persons import Persons
from simulator.synthetic.predictions import Predictions
from simulator.synthetic.streams import Crowd, activity_levels, daily, known_since
from simulator.synthetic.values import Span
from simulator.synthetic.wanted import Wanted, gather
from simulator.synthetic.whereabouts import Centre, coordinates

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
    catalogue: Catalogue | None = None
    """What the shop sells, at which price when; None for the standing made-up shop."""
    centres: tuple[Centre, ...] = ()
    """Places that flows measure distances from."""

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

    @property
    def _span(self) -> Span:
        return Span.of(self.earliest, self.run.stop)

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
        profiles = self._profiles(people)
        habits = self._habits(people, profiles)
        profiles.properties |= self._traits(people, profiles, habits)
        held = objects(people, self.wanted.objects, self.run, self._span)
        return Population(profiles, self._events(habits), held)

    def _profiles(self, people: Persons) -> Profiles:
        wanted, run = self.wanted, self.run
        joined = belonging.joinings(people, wanted, run)
        consent = belonging.consents(people, {n: joined[n] for n in wanted.starting_lists}, run)
        reachable = belonging.reachable(consent)
        columns = persons.properties(people, reachable, wanted.properties, self._span)
        lists = {*wanted.starting_lists, *wanted.lists}
        return Profiles(
            persons.profile_ids(people.index, self.size),
            persons.with_compared(columns, people, wanted.properties, self._span),
            consent,
            {name: times for name, times in joined.items() if name in lists},
            {name: times for name, times in joined.items() if name not in lists},
        )

    def _traits(self, people: Persons, profiles: Profiles, habits: Habits) -> dict[str, Column]:
        """The reserved columns that are asked for; nothing is made of the others."""
        wanted, made = self.wanted, dict[str, Column]()
        if wanted.predictions:
            taken = belonging.reachable(profiles.consent)
            predicted = Predictions(people, habits.stream(PLACED_ORDER), self.start, taken)
            made |= predicted.columns(wanted.predictions)
        if wanted.details:
            details = Details(people, profiles.consent, self.run, self._span)
            made |= details.columns(wanted.details)
        return made | (coordinates(people, self.centres) if self.centres else {})

    def _habits(self, people: Persons, profiles: Profiles) -> Habits:
        levels = activity_levels(people.keys)
        crowd = Crowd(
            keys=people.keys,
            levels=levels,
            since=people.since,
            offsets=people.offsets,
            hours=daily(self.settings.hours),
            first=self.earliest,
            stop=self.run.stop,
        )
        joined = {name: profiles.lists[name] for name in self.wanted.starting_lists}
        shop = shop_of(self.catalogue) if self.catalogue else standing_shop()
        return Habits(crowd, self.settings, self.run, joined, profiles.consent, shop)

    def _events(self, made: Habits) -> dict[str, Events]:
        compared = self.wanted.event_properties
        return {
            metric: events(made, metric, compared.get(metric, {}), self._span)
            for metric in dict.fromkeys([PLACED_ORDER, *self.wanted.metrics])
        }
