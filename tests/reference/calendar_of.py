"""When runs of date flows begin: by a date of the profile, or of an object it has."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from tests.reference.flow import Flow
from tests.reference.instants import written_date
from tests.reference.occurrences import starts
from tests.reference.person import Person, Thing

TICK = timedelta(microseconds=1)
LOOK_BACK = timedelta(days=800)


@dataclass(frozen=True, eq=True)
class Day:
    """A day that a run is about, and the object whose date it is; None for the profile's own."""

    number: int
    at: datetime
    day: date
    thing: str | None = None


def dated(flow: Flow, person: Person) -> list[tuple[Thing | None, Any]]:
    """Whose date starts the flow, and the date as it is held now."""
    trigger = flow.trigger
    if trigger["type"] != "date":
        return []
    if trigger["date_field_type"] == "profile-property":
        return [(None, person.get(trigger["date_profile_property"]))]
    name = str(trigger["custom_object_property_id"])
    own = [one for one in person.objects if one.type == trigger["object_type_id"]]
    return [(one, one.properties.get(name)) for one in own]


def coming(flow: Flow, number: int, person: Person, span: tuple[datetime, datetime]) -> list[Day]:
    """Every start within the span; of an object, only behind the moment at which it came."""
    return [
        Day(number, at, day, thing.id if thing else None)
        for thing, held in dated(flow, person)
        for at, day in starts(flow.trigger, written_date(held), person.zone, span)
        if thing is None or thing.since is None or at > thing.since
    ]


def last_begun(trigger: dict[str, Any], held: Any, zone: str, now: datetime) -> Any:
    """The start and the day of what has begun last by a date; None where nothing has."""
    found = starts(trigger, written_date(held), zone, (now - LOOK_BACK, now + TICK))
    return max(found, default=None)
