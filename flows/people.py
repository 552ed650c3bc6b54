"""People and what they did, as arrays: what a run starts from."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from flows.columns import NEVER, Bools, Column, Floats, Rows, Times
from flows.rules import CHANNELS, Channel
from flows.scene import Consent


@dataclass(slots=True, eq=False)
class Profiles:
    """One entry a person in every array, in the order given.

    `properties` holds the standard ones (`email`, `phone_number`, `first_name`, `timezone`, ...)
    beside custom ones, by name. `lists` and `segments` hold the time of joining by group id, NEVER
    where not a member; a time within the run is a joining that the run will see.
    """

    ids: NDArray[np.object_]
    properties: dict[str, Column]
    consent: dict[Channel, Consent]
    lists: dict[str, Times] = field(default_factory=dict)
    segments: dict[str, Times] = field(default_factory=dict)
    quiet: dict[str, Bools] = field(default_factory=dict)
    """By list or segment, whose joining starts no flow (semantics B.1); nobody's where absent."""

    def __len__(self) -> int:
        return len(self.ids)

    def column(self, name: str) -> Column:
        """A property; unset for everybody where nobody has it."""
        return self.properties.get(name) or Column.unset(len(self))

    def take(self, start: int, stop: int) -> Profiles:
        """The people from `start` up to `stop` (excluded)."""
        rows = np.arange(start, stop)
        return Profiles(
            self.ids[start:stop],
            {name: column.take(rows) for name, column in self.properties.items()},
            {channel: take_consent(held, rows) for channel, held in self.consent.items()},
            {group: joined[start:stop] for group, joined in self.lists.items()},
            {group: joined[start:stop] for group, joined in self.segments.items()},
            {group: quiet[start:stop] for group, quiet in self.quiet.items()},
        )


@dataclass(slots=True, eq=False)
class Events:
    """All events of one metric, ordered by row, then time; NaN where an event has no value."""

    metric: str
    rows: Rows
    times: Times
    values: Floats
    properties: dict[str, Column] = field(default_factory=dict)
    recorded: Times | None = None
    """When each became known; None where all were at once (semantics B.1, late events)."""
    silent: Bools | None = None
    """Which were sent with `backfill` and start no flow; None for none."""

    def __len__(self) -> int:
        return len(self.rows)

    def take(self, start: int, stop: int) -> Events:
        """The events of people from `start` up to `stop`, rows counted from `start`."""
        first, last = np.searchsorted(self.rows, [start, stop])
        span = np.arange(first, last)
        return Events(
            self.metric,
            (self.rows[first:last] - start).astype(np.int32),
            self.times[first:last],
            self.values[first:last],
            {name: column.take(span) for name, column in self.properties.items()},
            None if self.recorded is None else self.recorded[first:last],
            None if self.silent is None else self.silent[first:last],
        )


@dataclass(slots=True, eq=False)
class Objects:
    """All custom objects of one type, ordered by row; they stay as they are through a run."""

    object_type: str
    rows: Rows
    ids: NDArray[np.object_]
    since: Times
    """From when each belongs to its person; LONG_AGO where nobody says."""
    properties: dict[str, Column] = field(default_factory=dict)
    """By the name of the property, else its id as text."""

    def __len__(self) -> int:
        return len(self.rows)

    def take(self, start: int, stop: int) -> Objects:
        """The objects of people from `start` up to `stop`, rows counted from `start`."""
        first, last = np.searchsorted(self.rows, [start, stop])
        span = np.arange(first, last)
        return Objects(
            self.object_type,
            (self.rows[first:last] - start).astype(np.int32),
            self.ids[first:last],
            self.since[first:last],
            {name: column.take(span) for name, column in self.properties.items()},
        )


@dataclass(slots=True, eq=False)
class Population:
    """People, their events by metric and their custom objects by type (each a name, else an id)."""

    profiles: Profiles
    events: dict[str, Events] = field(default_factory=dict)
    objects: dict[str, Objects] = field(default_factory=dict)

    def take(self, start: int, stop: int) -> Population:
        """The people from `start` up to `stop` (excluded) with their events."""
        return Population(
            self.profiles.take(start, stop),
            {metric: events.take(start, stop) for metric, events in self.events.items()},
            {name: objects.take(start, stop) for name, objects in self.objects.items()},
        )


def take_consent(held: Consent, rows: NDArray[np.integer]) -> Consent:
    """One channel's consent at these rows."""
    return Consent(
        held.status[rows],
        held.since[rows],
        held.suppressed[rows],
        None if held.barred is None else held.barred[rows],
        None if held.transactional is None else held.transactional[rows],
    )


def no_consent(size: int) -> dict[Channel, Consent]:
    """Everybody never subscribed, on every channel."""
    return {
        channel: Consent(
            np.zeros(size, dtype=np.int8),
            np.full(size, NEVER, dtype=np.int64),
            np.zeros(size, dtype=np.bool_),
        )
        for channel in CHANNELS
    }
