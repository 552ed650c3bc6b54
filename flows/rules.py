"""The settings under which flows run: every rule the reference leaves open, with its default."""

from typing import Any, Literal

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


class Coupon(Part):
    """A coupon: one code for all, codes made for each, or codes that were uploaded."""

    kind: Literal["static", "unique", "uploaded"] = "unique"
    code: str = ""
    """The one code of a static coupon."""
    codes: int | None = None
    """How many codes are left at the start; None for as many as are asked for."""
    available: bool = True
    """Whether the category that holds the coupon can be used."""


class Limits(Part):
    """Messages that the plan allows in a calendar month of the account; None for any number."""

    email: int | None = None
    sms: int | None = None


class Late(Part):
    """How late an event may be recorded and still start a flow (semantics E2)."""

    hours: int = 4
    """Or as long as the flow's first delay, where that is longer."""
    transactional_days: int = 7


class Certainty(Part):
    """When a test whose winner is chosen by certainty is decided (semantics B.7)."""

    recipients: int = 500
    """Messages that every version has to have."""
    probability: float = 0.9
    """How likely the best version has to be the best."""
    overlap: float = 0.1
    """How much its interval may share with any other, as a part of the shorter one (excluded)."""
    interval: float = 0.95
    """How much of what is likely an interval holds."""


class Rules(Part):
    """What an account decides for all its flows."""

    account_timezone: str = "America/New_York"
    smart_sending: SmartSending = Field(default_factory=SmartSending)
    quiet_hours: QuietHours = Field(default_factory=QuietHours)
    as_live: bool = True
    """Draft and manual actions run as if live."""
    sample_sticky: bool = False
    """A random sample falls the same way on every visit of a person (semantics E5)."""
    late: Late = Field(default_factory=Late)
    limits: Limits = Field(default_factory=Limits)
    certainty: Certainty = Field(default_factory=Certainty)
    coupons: dict[str, Coupon] | None = None
    """By name; None where every coupon that is asked for exists."""
    feeds: dict[str, Any] = Field(default_factory=dict)
    """What web feeds answer, by name."""
    failing_feeds: tuple[str, ...] = ()
    """Feeds that give no answer."""
    confirmed_recipients: tuple[str, ...] | None = None
    """Who has confirmed to get alerts; None for everybody (semantics B.11)."""
    sms_countries: tuple[str, ...] | None = None
    """Countries whose numbers get text messages, by ISO code; None for all."""
    sms_senders: tuple[str, ...] | None = None
    """Countries for which there is a sending number; None for all."""
