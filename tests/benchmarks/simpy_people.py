"""A population of arrays as the objects that a SimPy model works with."""

from __future__ import annotations

import math
from functools import lru_cache
from zoneinfo import ZoneInfo

import numpy as np
from phonenumbers import parse
from phonenumbers.timezone import time_zones_for_number

from flows.people import Population
from flows.rules import Rules
from simulator.people import People
from tests.benchmarks.simpy_peer import BAD, GOOD, MISSING, Event, Person

STATUS = ("never_subscribed", "subscribed", "unsubscribed")
ADDRESS = (MISSING, BAD, GOOD)
CLOCKS = {
    "+44": "Europe/London",
    "+33": "Europe/Paris",
    "+49": "Europe/Berlin",
    "+353": "Europe/Dublin",
    "+46": "Europe/Stockholm",
    "+61": "Australia/Sydney",
}
"""The eastern zone of each country whose people are made up."""


def clock(number: str, account_zone: str) -> str:
    """The zone by which quiet hours are read: of the area in the US and Canada."""
    if number.startswith("+1"):
        return area_clock(number[:5])
    named = next((zone for code, zone in CLOCKS.items() if number.startswith(code)), None)
    return named or account_zone


@lru_cache(maxsize=1000)
def area_clock(area: str) -> str:
    """The zone of an area code; numbers of made-up people have none that lies in several."""
    [zone] = time_zones_for_number(parse(f"{area}5550100"))
    return str(zone)


def people_of(population: Population, account_zone: str) -> list[Person]:
    """Everybody, with all that they ever did by metric."""
    held = People(population.profiles, 1, Rules(account_timezone=account_zone))
    numbers = held.column("phone_number").values()
    reached = {channel: held.address(channel).tolist() for channel in ("email", "sms")}
    people = [
        Person(
            id=str(name),
            clock=ZoneInfo(clock(str(numbers[i] or ""), account_zone)),
            french=str(numbers[i]).startswith("+33"),
            address={channel: ADDRESS[reached[channel][i]] for channel in reached},
            consent={c: STATUS[held.consent[c].status[i]] for c in reached},
            suppressed={c: bool(held.consent[c].suppressed[i]) for c in reached},
            did={},
        )
        for i, name in enumerate(held.ids.tolist())
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
