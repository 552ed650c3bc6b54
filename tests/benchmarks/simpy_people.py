"""A population of arrays as the objects that a SimPy model works with."""

from __future__ import annotations

import math
from zoneinfo import ZoneInfo

import numpy as np

from flows.people import Population
from flows.rules import Rules
from simulator.people import People
from tests.benchmarks.simpy_peer import BAD, GOOD, MISSING, Event, Person

STATUS = ("never_subscribed", "subscribed", "unsubscribed")
ADDRESS = (MISSING, BAD, GOOD)


def people_of(population: Population, account_zone: str) -> list[Person]:
    """Everybody, with all that they ever did by metric."""
    held = People(population.profiles, 1, Rules(account_timezone=account_zone))
    zones = [ZoneInfo(str(name)) for name in held.zones().pool]
    reached = {channel: held.address(channel).tolist() for channel in ("email", "sms")}
    people = [
        Person(
            id=str(name),
            zone=zones[zone],
            address={channel: ADDRESS[reached[channel][i]] for channel in reached},
            consent={c: STATUS[held.consent[c].status[i]] for c in reached},
            suppressed={c: bool(held.consent[c].suppressed[i]) for c in reached},
            did={},
        )
        for i, (name, zone) in enumerate(
            zip(held.ids.tolist(), held.zones().codes.tolist(), strict=True)
        )
    ]
    for metric, events in population.events.items():
        for row, at in zip(events.rows.tolist(), events.times.tolist(), strict=True):
            people[row].did.setdefault(metric, []).append(at)
    return people


def events_within(
    population: Population, people: list[Person], start: int, end: int
) -> list[Event]:
    """What people do from `start` up to `end`, by metric and person."""
    found = []
    for metric, events in population.events.items():
        inside = np.flatnonzero((events.times >= start) & (events.times < end))
        columns = events.rows[inside], events.times[inside], events.values[inside]
        for row, at, value in zip(*(column.tolist() for column in columns), strict=True):
            found.append(Event(people[row], metric, at, None if math.isnan(value) else value))
    return found
