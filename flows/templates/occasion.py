"""What stands around a message that is rendered: the time, the links, the account."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from flows.rules import Coupon
from flows.templates.products import Products


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """What tags ask for that neither the person nor the event holds."""

    now: datetime = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
    """The moment of sending in the account's time zone."""
    unsubscribe_link: str = "https://example.com/unsubscribe"
    preferences_link: str = "https://example.com/preferences"
    web_view_link: str = "https://example.com/view"
    preview_text: str = ""
    """The message's preview text, already rendered."""
    currency: str = "$"
    recipient: str = ""
    """Who receives the message: made coupon codes differ from one recipient to the next."""
    coupons: Mapping[str, Coupon] | None = None
    """By name; None where every coupon that is asked for exists."""
    products: Products | None = None
    """What `catalog` finds; None where no catalogue is known, and a placeholder stands in."""
    objects: Mapping[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict)
    """The person's custom objects by type, as templates see them."""
