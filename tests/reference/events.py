"""Events as they are given, and which of them start flows (semantics B.1, E2)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.reference.delays import plain_span
from tests.reference.flow import Flow, ways
from tests.reference.instants import moment
from tests.reference.person import Event

NO_STARTERS = ("Opened Email", "Clicked Email", "Received Email")


def events_of(rows: list[dict[str, Any]]) -> list[Event]:
    """The events of the rows as they become known, at one instant the late ones last.

    Of equal unique ids the first row counts.
    """
    seen: set[tuple[str, str]] = set()
    found = []
    for row in rows:
        key = (row["metric"], row.get("unique_id") or "")
        if key[1] and key in seen:
            continue
        seen.add(key)
        at = moment(row["time"])
        assert at is not None
        value = row.get("value")
        number = float(value) if value is not None else None
        known = moment(row.get("recorded")) or at
        silent = bool(row.get("backfill"))
        found.append(Event(row["metric"], at, number, row.get("properties") or {}, known, silent))
    return sorted(found, key=lambda event: (event.known, event.known > event.at, event.at))


def in_time(flow: Flow, event: Event, rules: dict[str, Any]) -> bool:
    """Whether the event starts the flow: it was not recorded too late, nor to fill in the past."""
    if event.silent or event.metric in NO_STARTERS or event.known < event.at:
        return False
    if event.known > event.at and _is_consent(event.metric):
        return False
    return event.known - event.at <= late_limit(flow, rules.get("late") or {})


def _is_consent(metric: str) -> bool:
    """Whether the event says that a person subscribed to messages, or left them."""
    name = metric.removeprefix("Subscribed to ").removeprefix("Unsubscribed from ")
    return name not in {metric, "Back in Stock"}


def late_limit(flow: Flow, late: dict[str, Any]) -> timedelta:
    """How late an event may be recorded: some hours, the first delay, or a week."""
    steps = _by_links(flow)
    messages = [message for message in map(_message, steps) if message is not None]
    if messages and messages[0].get("transactional"):
        return timedelta(days=late.get("transactional_days", 7))
    spans = [plain_span(one["data"]) for one in steps if one["type"] == "time-delay"]
    return max([timedelta(hours=late.get("hours", 4)), *spans[:1]])


def _message(action: dict[str, Any]) -> dict[str, Any] | None:
    data = action.get("data") or {}
    message: dict[str, Any] | None = (
        (data.get("main_action") or {}).get("data", data).get("message")
    )
    return message


def _by_links(flow: Flow) -> list[dict[str, Any]]:
    """The steps, each behind all that lead to it, and what stands behind a first way first."""
    backwards: list[str] = []

    def walk(name: str) -> None:
        if name in flow.actions and name not in backwards:
            for end in reversed(ways(flow.actions[name])):
                walk(end)
            backwards.append(name)

    walk(flow.document.get("entry_action_id") or "")
    return [flow.actions[name] for name in reversed(backwards)]
