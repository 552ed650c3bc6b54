"""People with what they did and have, out of the files of a run."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from flows.people import Population
from storage.exchange.custom_objects import read_objects
from storage.exchange.events import read_events
from storage.exchange.given import Rejected
from storage.exchange.profiles import read_profiles


def read_population(
    people: Path,
    events: Path | None = None,
    names: Mapping[str, str] | None = None,
    *,
    objects: Path | None = None,
) -> tuple[Population, tuple[Rejected, ...]]:
    """People and, if given, what they did and what they have; refused rows of all files."""
    given = read_profiles(people)
    population, rejected = Population(given.profiles), given.rejected
    if events is not None:
        done = read_events(events, given.profiles, names)
        population.events, rejected = done.events, rejected + done.rejected
    if objects is not None:
        held = read_objects(objects, given.profiles, names)
        population.objects, rejected = held.objects, rejected + held.rejected
    return population, rejected
