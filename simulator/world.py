"""The port to the world: messages go out in batches, what people do in answer comes back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from flows.columns import Column, Floats, Ints, Keys, Rows, Times
from flows.rules import Channel
from flows.scene import SUBSCRIBED, UNSUBSCRIBED

CONSENT_EVENTS: dict[str, tuple[Channel, int]] = {
    "Subscribed to Email Marketing": ("email", SUBSCRIBED),
    "Subscribed to SMS Marketing": ("sms", SUBSCRIBED),
    "Subscribed to Push Marketing": ("push", SUBSCRIBED),
    "Subscribed to WhatsApp Marketing": ("whatsapp", SUBSCRIBED),
    "Unsubscribed from Email Marketing": ("email", UNSUBSCRIBED),
    "Clicked and Unsubscribed from Email": ("email", UNSUBSCRIBED),
    "Unsubscribed from SMS Marketing": ("sms", UNSUBSCRIBED),
    "Unsubscribed from SMS": ("sms", UNSUBSCRIBED),
    "Unsubscribed from Push Marketing": ("push", UNSUBSCRIBED),
    "Unsubscribed from WhatsApp Marketing": ("whatsapp", UNSUBSCRIBED),
}
"""Metrics whose events change a consent for marketing: its channel and status from then on."""
UNSUBSCRIBING: dict[str, str] = {
    "email": "Unsubscribed from Email Marketing",
    "sms": "Unsubscribed from SMS Marketing",
    "whatsapp": "Unsubscribed from WhatsApp Marketing",
}
"""By channel the metric by whose event people take their consent away."""


@dataclass(frozen=True, slots=True, eq=False)
class SentBatch:
    """Messages handed over by one action, a row each."""

    flow: int
    """Index of the flow in the run."""
    action: str
    channel: str
    rows: Rows
    """Which person, as a row of the population; distinct within a batch."""
    keys: Keys
    """Each person's chance key."""
    at: Times
    visit: Ints
    variation: NDArray[np.int16]


@dataclass(frozen=True, slots=True, eq=False)
class Response:
    """Events that answer a batch: of one metric, each caused by the message `cause` points to."""

    metric: str
    cause: NDArray[np.int64]
    """Index into the batch's arrays, ascending."""
    at: Times
    """Never before the message."""
    values: Floats
    properties: dict[str, Column]


class World(Protocol):
    """Answers what was sent. Pure in the keys: a batch is answered as its rows alone would be."""

    def answer(self, sent: SentBatch) -> list[Response]:
        """What the recipients do, a response for each metric; each after its message."""
        ...
