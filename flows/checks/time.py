"""Rules about time: spans, times of day and zones."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from flows.document import Flow
from flows.places import path, steps
from flows.problem import Problem


def unknown_zones(flow: Flow) -> Iterator[Problem]:
    """L25: a time zone that no clock knows."""
    for i, trigger in enumerate(flow.triggers):
        yield from _zone(getattr(trigger, "timezone", None), path("triggers", i, "timezone"), None)
    for where, action in steps(flow):
        zone = getattr(getattr(action, "data", None), "timezone", None)
        yield from _zone(zone, f"{where}.data.timezone", action.key)


def _zone(zone: object, where: str, action_id: str | None) -> Iterator[Problem]:
    if isinstance(zone, str) and zone != "profile" and not is_zone(zone):
        yield Problem(
            code="L25",
            severity="error",
            where=where,
            text=f"“{zone}” is not a time zone.",
            fix="Choose a zone such as Europe/Berlin, or “profile” for each person's own.",
            action_id=action_id,
        )


@cache
def is_zone(name: str) -> bool:
    """Whether the IANA time zone database holds the name."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
