"""What a message needs to be written: who gets it, in which run of which flow, and why it went."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flows.columns import Value


@dataclass(frozen=True, slots=True)
class MessageContext:
    """One message that a run sent to one person."""

    flow_id: str
    action_id: str
    variation: str | None
    channel: str
    at: datetime
    """In UTC."""
    visit: int
    profile_id: str
    person: dict[str, Value]
    """The person's properties as they were then."""
    event: dict[str, Value]
    """The event that started the run of the flow; empty where none did."""
