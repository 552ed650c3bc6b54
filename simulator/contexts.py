"""What a message needs to be written: who gets it, in which run of which flow, and why it went."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flows.columns import Value
from flows.rules import Coupon
from flows.templates.products import Products


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
    object: dict[str, Value] = field(default_factory=dict)
    """The custom object whose date started the run; empty where none did."""
    objects: dict[str, tuple[dict[str, Value], ...]] = field(default_factory=dict)
    """The custom objects that the person had then, by type."""
    feeds: Mapping[str, Any] = field(default_factory=dict)
    """What web feeds answer, by name."""
    coupons: Mapping[str, Coupon] | None = None
    """By name; None where every coupon that is asked for exists."""
    products: Products | None = field(default=None, compare=False)
    """What could be bought; None where nobody says."""
