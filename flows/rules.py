"""The settings under which flows run: every rule the reference leaves open, with its default."""

from typing import Any, Literal

from pydantic import Field

from flows.part import Part

Channel = Literal["email", "sms", "push", "whatsapp"]
CHANNELS: tuple[Channel, ...] = ("email", "sms", "push", "whatsapp")
CHANNEL_WORDS: dict[Channel, str] = {
    "email": "email",
    "sms": "SMS",
    "push": "push",
    "whatsapp": "WhatsApp",
}
"""How sentences name the channels."""


class SmartSending(Part):
    """Hours in which a second message of the channel is skipped (semantics B.3)."""

    email: int = 16
    sms: int = 24
    """After a text message of a flow."""
    sms_campaign: int = 24
    """After a text message of a campaign, of which a run knows by the events that are given."""
    push: int = 24
    whatsapp: int = 24


class QuietHours(Part):
    """The closed window for SMS as hours of the day, by the phone number (semantics B.3, E14)."""

    start: str = "21:00"
    """From when no text goes out."""
    end: str = "08:00"
    """Up to when (excluded): over midnight where it is earlier, never closed where it is equal."""
    mode: Literal["area-code", "eastern"] = "area-code"
    """Whose clock: that of a US or Canadian number's area code, or the country's eastern one."""
    state_rules: bool = False
    """By area code, the stricter hours of single US states hold too."""


class Suppression(Part):
    """When bounces stop all email to a person (semantics B.10)."""

    soft_bounces: int = 7
    """More of them in a row suppress."""
    soft_bounce_days: int = 730
    """The span in which the row must lie."""
    suspicious_bounces: int = 3
    """So many hard bounces anywhere make an address suspicious."""


class Mishaps(Part):
    """Shares of messages that go wrong for reasons a rehearsal cannot see (semantics B.5)."""

    email_cancelled: float = 0.0
    """Of the emails of manual steps, those that the review cancels."""
    email_unsent: float = 0.0
    """Of the emails that are ready, those that cannot be sent after all."""
    email_dropped: float = 0.0
    """Of the emails that are ready, those that the mail service drops."""
    sms_unsent: float = 0.0
    """Of the texts that are ready, those that cannot be sent after all."""
    coupon_failed: float = 0.0
    """Of the codes that are to be made for one person each."""
    webhook_skipped: float = 0.0
    """Calls that are answered with a refusal, which is not tried again."""
    webhook_failed: float = 0.0
    """Calls that are tried again until the retries are used up."""


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


class BackInStock(Part):
    """Who is told that an item can be bought again, and when (semantics B.9)."""

    minimum: int = 1
    """So many of the item must be in stock."""
    per_unit: int | None = None
    """How many people are told for each one in stock; None for everybody at once."""
    wait_minutes: int = 60
    """Between one batch of people and the next, as long as the item stays in stock."""


class Rules(Part):
    """What an account decides for all its flows."""

    account_timezone: str = "America/New_York"
    smart_sending: SmartSending = Field(default_factory=SmartSending)
    quiet_hours: QuietHours = Field(default_factory=QuietHours)
    suppression: Suppression = Field(default_factory=Suppression)
    mishaps: Mishaps = Field(default_factory=Mishaps)
    as_live: bool = True
    """Draft and manual actions run as if live."""
    sample_sticky: bool = False
    """A random sample falls the same way on every visit of a person (semantics E5)."""
    late: Late = Field(default_factory=Late)
    dates_ahead_hours: int = 24
    """Date flows go live at the start of a run and take nobody who would come so soon, for dates
    are looked at a day ahead (semantics B.3)."""
    segment_lag_minutes: int = 0
    """How long after becoming a member of a segment people come to its flows (semantics E10)."""
    back_in_stock: BackInStock = Field(default_factory=BackInStock)
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
    postal_codes: dict[str, tuple[float, float]] = Field(default_factory=dict)
    """Latitude and longitude by country and code (`DE/10115`), beside US ZIP codes, which are
    known (semantics A.6)."""
