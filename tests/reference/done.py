"""What came of a step."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tests.reference.log import Change, Send


@dataclass
class Done:
    """What came of a step: its way out and when, or when to come again, or the end of the run."""

    way: str | None = None
    following: str | None = None
    leaves_at: datetime | None = None
    again_at: datetime | None = None
    ended: str | None = None
    sends: list[Send] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    joined: str | None = None
    changed: list[str] = field(default_factory=list)
    """Properties that were set or taken away."""
    outputs: dict[str, Any] | None = None
    """What code gave."""


def next_of(action: dict[str, Any]) -> str | None:
    """Where the one way out leads."""
    return (action.get("links") or {}).get("next")
