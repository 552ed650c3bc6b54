"""What one profile's flows did, as plain records."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass
class Entry:
    """One run through one flow; `left_at` is None while it is under way."""

    flow: str
    visit: int
    entered_at: datetime
    left_at: datetime | None = None
    left_because: str | None = None


@dataclass
class StepLine:
    """One action that a run came to; who still waits there has not left."""

    flow: str
    visit: int
    action: str
    arrived_at: datetime
    left_at: datetime | None = None
    way_out: str | None = None


@dataclass
class Send:
    """A message that was due, with the reason if it did not go out."""

    flow: str
    visit: int
    action: str
    channel: str
    variation: str | None
    at: datetime
    status: str
    reason: str | None


@dataclass
class Change:
    """A property or a list membership that a flow changed."""

    at: datetime
    flow: str
    action: str
    property: str | None
    list: str | None
    value: object


@dataclass
class Log:
    """Everything that happened to one profile."""

    entries: list[Entry] = field(default_factory=list)
    turned_away: list[tuple[str, datetime, str]] = field(default_factory=list)
    steps: list[StepLine] = field(default_factory=list)
    sends: list[Send] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
