"""What stands around a message that is rendered: the time, the links, the account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime


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
