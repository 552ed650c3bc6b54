"""The settings under which flows run: every rule the reference leaves open, with its default."""

from typing import Literal

from pydantic import Field

from flows.part import Part

Channel = Literal["email", "sms", "push", "whatsapp"]
CHANNELS: tuple[Channel, ...] = ("email", "sms", "push", "whatsapp")


class SmartSending(Part):
    """Hours in which a second message of the channel is skipped (semantics B.3)."""

    email: int = 16
    sms: int = 24
    push: int = 24
    whatsapp: int = 24


class QuietHours(Part):
    """The closed window for SMS, in the person's zone, as hours of the day (semantics B.3)."""

    start: str = "21:00"
    end: str = "08:00"


class Rules(Part):
    """What an account decides for all its flows.

    No event says when it was recorded, so none counts as late (semantics E2).
    """

    account_timezone: str = "America/New_York"
    smart_sending: SmartSending = Field(default_factory=SmartSending)
    quiet_hours: QuietHours = Field(default_factory=QuietHours)
    as_live: bool = True
    """Draft and manual actions run as if live."""
    sample_sticky: bool = False
    """A random sample falls the same way on every visit of a person (semantics E5)."""
