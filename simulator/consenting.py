"""What events do to consent, suppression and smart sending (semantics B.3, B.10)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from flows.columns import Times
from flows.rules import Channel
from flows.scene import SUBSCRIBED, UNSUBSCRIBED
from simulator.people import People
from simulator.suppression import Why
from simulator.world import CONSENT_EVENTS

BOUNCED = "Bounced Email"


@dataclass(frozen=True, slots=True)
class Effect:
    """What one event changes about its person."""

    channel: Channel
    status: int | None = None
    """The status for marketing from then on."""
    transactional: int | None = None
    """The status for transactional messages from then on."""
    stops: Why | None = None
    lifts: tuple[Why, ...] = ()
    bounces: bool = False
    """Whether it counts as a hard bounce."""
    starts: str | None = None
    """The smart-sending window that it starts, by the rule's name."""

    def take(self, people: People, rows: NDArray[np.integer], at: Times) -> None:
        """It happens to these people, each once at most, at these times."""
        if self.status is not None:
            people.set_consent(self.channel, rows, self.status, at)
        if self.transactional is not None:
            people.set_transactional(self.channel, rows, self.transactional)
        if self.stops:
            people.suppress(self.stops, rows, at)
        if self.lifts:
            people.release(self.lifts, rows)
        if self.bounces:
            people.bounce(rows)
        if self.starts:
            people.note_sent(self.channel, rows, at)
            hours = int(getattr(people.rules.smart_sending, self.starts))
            people.start_window(self.channel, rows, at, hours)


def _effect(channel: Channel, status: int) -> Effect:
    """A marketing consent; opting out of texts is for all of them, opting in lifts complaints."""
    both = UNSUBSCRIBED if channel == "sms" and status == UNSUBSCRIBED else None
    lifted: tuple[Why, ...] = ("spam", "manual")
    again = channel == "email" and status == SUBSCRIBED
    return Effect(channel, status, transactional=both, lifts=lifted if again else ())


SOFT_BOUNCES = "Bounced Email, softly"
"""The last of so many soft bounces that they suppress; no event has this name."""
CAMPAIGN_SMS = "Received SMS, from a campaign"
EFFECTS: dict[str, Effect] = {
    **{
        metric: _effect(channel, status)
        for metric, (channel, status) in CONSENT_EVENTS.items()
        if status == SUBSCRIBED
    },
    "Subscribed to SMS Transactional": Effect("sms", transactional=SUBSCRIBED),
    "Subscribed to WhatsApp Transactional": Effect("whatsapp", transactional=SUBSCRIBED),
    "Manually Unsuppressed from Email Marketing": Effect("email", lifts=("manual",)),
    **{
        metric: _effect(channel, status)
        for metric, (channel, status) in CONSENT_EVENTS.items()
        if status == UNSUBSCRIBED
    },
    "Unsubscribed from SMS Transactional": Effect("sms", UNSUBSCRIBED, UNSUBSCRIBED),
    "Unsubscribed from WhatsApp Transactional": Effect("whatsapp", transactional=UNSUBSCRIBED),
    "Manually Suppressed from Email Marketing": Effect("email", stops="manual"),
    "Marked Email as Spam": Effect("email", stops="spam"),
    BOUNCED: Effect("email", stops="bounced", bounces=True),
    SOFT_BOUNCES: Effect("email", stops="bounced"),
    "Received Email": Effect("email", starts="email"),
    "Received SMS": Effect("sms", starts="sms"),
    CAMPAIGN_SMS: Effect("sms", starts="sms_campaign"),
    "Received Push": Effect("push", starts="push"),
    "Received WhatsApp": Effect("whatsapp", starts="whatsapp"),
}
"""By metric; of several at one instant, what takes consent back comes last."""
NUMBERS = {metric: number for number, metric in enumerate(EFFECTS)}
"""Each effect's number in the agenda."""
BY_NUMBER = tuple(EFFECTS.values())
