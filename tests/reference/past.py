"""People who are added to a flow from before the run (semantics B.1)."""

from __future__ import annotations

from datetime import datetime

from tests.reference.events import NO_STARTERS
from tests.reference.flow import Flow
from tests.reference.person import Event, Person


def causes(flow: Flow, person: Person, start: datetime) -> list[tuple[datetime, Event | None]]:
    """What in the history would have started the flow, in time: joining, or each event.

    A flow by metric without a time delay takes nobody, nor does one by a date or the catalogue.
    """
    trigger = flow.trigger
    groups = {"list": person.lists, "segment": person.segments}.get(trigger["type"])
    if groups is not None:
        joined = groups.get(trigger["id"])
        return [(joined, None)] if joined and joined < start else []
    waits = any(one["type"] == "time-delay" for one in flow.actions.values())
    if trigger["type"] != "metric" or not waits or trigger["id"] in NO_STARTERS:
        return []
    return [
        (event.at, event)
        for event in sorted(person.events, key=lambda event: event.at)
        if event.metric == trigger["id"] and event.at < start and event.known < start
    ]
