"""What a question is asked with: the person, the moment, and the run that asks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from tests.reference.log import Entry
from tests.reference.person import Event, Person, Thing
from tests.reference.shop import Shop

Chance = Callable[[str, str, str, int | None], float]


@dataclass(frozen=True)
class Asking:
    """One run at one action and moment; at entry the run has not begun."""

    person: Person
    now: datetime
    flow: str
    action: str
    visit: int
    entered_at: datetime
    event: Event | None
    occurrence: date | None
    """The day that a run of a date flow is about."""
    thing: Thing | None
    """The object that started the run."""
    before: tuple[Entry, ...]
    """The earlier runs through this flow."""
    entering: bool
    rules: dict[str, Any]
    chance: Chance
    shop: Shop
    outputs: Callable[[int], dict[str, Any]]
    """What code gave to this run, by the number of its outputs."""
    place: str = ""

    def at_place(self, place: str) -> Asking:
        """The same, for a question at this place of the step."""
        return replace(self, place=place)
