"""How people answer messages, in numbers: the behaviour file and its defaults.

The keys are those of the file; figures come from the sources named in `assumptions.py`.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from flows.part import Part

Share: TypeAlias = Annotated[float, Field(ge=0, le=1)]
Amount: TypeAlias = Annotated[float, Field(gt=0)]
AVERAGE_ORDER = 114.0
"""Average order value: revenue per recipient over order rate of welcome emails (Klaviyo 2024)."""
EmailRates: TypeAlias = tuple[Share, Share, Share]
"""Open, click given open, order given click."""


class Delay(Part):
    """Hours until something happens, lognormal; `sigma` is that of the logarithm."""

    dist: Literal["lognormal"] = "lognormal"
    median: Amount = 1.0
    sigma: Annotated[float, Field(ge=0)] = 1.0


class Spend(Part):
    """How the worth of orders varies, by gamma-gamma; its scale comes from the average order."""

    p: Amount = 6.25
    """Shape of one person's orders around their own level."""
    q: Annotated[float, Field(gt=1)] = 3.74
    """Shape of the levels between people."""


class DefaultEmail(Part):
    """What holds for an email of no known kind, and for all kinds what they do not say."""

    open: Share = 0.30
    click_given_open: Share = 0.17
    order_given_click: Share = 0.30
    unsub: Share = 0.0073
    machine_open: Share = 0.30
    """Opens by mail software, beside those of people; counted as opens by whoever measures."""
    aov: Amount = AVERAGE_ORDER
    """Average order value."""


class TextRates(Part):
    """Answers to a text message, each a share of the messages sent."""

    click: Share = 0.098
    order: Share = 0.014
    unsub: Share = 0.009


class PushRates(Part):
    """Answers to a push message, each a share of the messages sent; there is no public source."""

    open: Share = 0.05
    order: Share = 0.003


class Fatigue(Part):
    """How a person's recent messages weigh on the next; each counts half after the half-life."""

    half_life_days: Amount = 7.0
    open_multiplier_per_extra_message: Amount = 0.93
    unsub_multiplier: Amount = 1.25


def _email() -> dict[str, EmailRates]:
    return {
        "welcome": (0.289, 0.195, 0.529),
        "cart": (0.284, 0.204, 0.397),
        "confirm": (0.567, 0.213, 0.182),
        "product": (0.351, 0.154, 0.179),
        "browse": (0.383, 0.222, 0.106),
        "birthday": (0.317, 0.244, 0.110),
        "post_purchase": (0.361, 0.138, 0.171),
        "winback": (0.240, 0.108, 0.198),
    }


def _sms() -> dict[str, TextRates]:
    return {
        "cart": TextRates(click=0.162, order=0.091, unsub=0.024),
        "welcome": TextRates(click=0.103, order=0.020, unsub=0.031),
        "winback": TextRates(click=0.075, order=0.011, unsub=0.015),
        "campaign": TextRates(click=0.098, order=0.014, unsub=0.009),
    }


class Behaviour(Part):
    """The behaviour file. `email` and `sms` are keyed by the kind of message."""

    open_delay_h: Delay = Delay(median=3.0, sigma=2.58)
    click_delay_h: Delay = Delay(median=1.6, sigma=2.2)
    """Since the message was sent, like `open_delay_h`."""
    order_delay_h: Delay = Delay(median=0.4, sigma=1.2)
    """Since the click."""
    reading_delay_h: Delay = Delay(median=0.02, sigma=1.0)
    """From opening a message to clicking in it or leaving for good."""
    machine_open_delay_h: Delay = Delay(median=0.1, sigma=1.0)
    sms_click_delay_h: Delay = Delay(median=0.25, sigma=1.8)
    push_open_delay_h: Delay = Delay(median=0.5, sigma=1.8)
    default_email: DefaultEmail = Field(default_factory=DefaultEmail)
    email: dict[str, EmailRates] = Field(default_factory=_email)
    sms: dict[str, TextRates] = Field(default_factory=_sms)
    """`campaign` stands in for kinds that are not listed."""
    push: PushRates = Field(default_factory=PushRates)
    whatsapp: TextRates = Field(default_factory=TextRates)
    spend: Spend = Field(default_factory=Spend)
    fatigue: Fatigue = Field(default_factory=Fatigue)

    def email_rates(self, kind: str) -> EmailRates:
        """The rates of one kind of email, else the default ones."""
        usual = self.default_email
        return self.email.get(kind) or (usual.open, usual.click_given_open, usual.order_given_click)

    def sms_rates(self, kind: str) -> TextRates:
        """The rates of one kind of text message, else those of campaigns."""
        return self.sms.get(kind) or self.sms.get("campaign") or TextRates()


def load_behaviour(path: Path) -> Behaviour:
    """A behaviour file; keys it leaves out keep their defaults. May raise ValidationError."""
    return Behaviour.model_validate(json.loads(path.read_text(encoding="utf-8")))
