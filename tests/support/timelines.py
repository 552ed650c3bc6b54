"""Runs of one person on their own clock, told by the time on their wall."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from small_runs import Json, Person, email, flow, on, population, run, scenario, tables, wait

from simulator.scenario import Scenario


def on_wall(zone: str, text: str) -> datetime:
    """The moment in UTC at which the wall of this zone shows `2026-01-05T10:00`, for the first."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def told(zone: str, moment: datetime) -> str:
    """What the wall of this zone shows then, with its distance from UTC."""
    return moment.astimezone(ZoneInfo(zone)).isoformat(timespec="minutes")


def beginning(text: str, days: int, **rules: Any) -> Scenario:
    """A scenario from midnight UTC of this day on."""
    start = datetime.fromisoformat(text).replace(tzinfo=UTC)
    return scenario(days=days, **rules).model_copy(update={"start": start})


def leaves(zone: str, entry: str, delay: Json) -> str:
    """When somebody who comes to this delay at `entry` leaves it, both on the wall of the zone."""
    came = on_wall(zone, entry)
    person = Person(did=[("Ordered", f"{came:%Y-%m-%d %H:%M}")], zone=zone)
    held = flow(wait("delay", **delay), email("mail"), **on("Ordered"))
    start = came.replace(hour=0, minute=0) - timedelta(days=1)
    engine = run(held, population(person), beginning(f"{start:%Y-%m-%d}", 40))
    [row] = tables(engine)["sends"]
    return told(zone, row["at"])


def dated(*actions: Json, profile_filter: Json | None = None, **trigger: Any) -> Any:
    """A flow that starts at 9 on the date `day`, every year, unless the trigger says otherwise."""
    head = {
        "type": "date",
        "date_field_type": "profile-property",
        "date_profile_property": "day",
        "timedelta_value_before_date": 0,
        "timedelta_unit_before_date": "days",
        "recurrence_frequency": "annually",
        "trigger_time": "09:00:00",
    }
    return flow(
        *(actions or [email("mail")]), triggers=[head | trigger], profile_filter=profile_filter
    )


def days_of_entry(entered: Sequence[tuple[str, str]]) -> str:
    """The days on which people entered, in one line."""
    return " ".join(when[:10] for _, when in entered)
