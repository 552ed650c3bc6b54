"""The condition on whether a person may be sent marketing, and how that came to be."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Annotated, Any, Literal, TypeAlias

import numpy as np
from pydantic import Discriminator, StrictBool, Tag

from flows.columns import NEVER, Bools
from flows.conditions.base import Answer, Condition, Names
from flows.conditions.unsimulated import not_simulated
from flows.filters import DateFilter, ValueFilter
from flows.filters.words import moment
from flows.part import Part
from flows.problem import Problem
from flows.scene import NEVER_SUBSCRIBED, SUBSCRIBED, UNSUBSCRIBED, Consent, Scene

Subscription = Literal["any", "subscribed", "unsubscribed", "never_subscribed"]
_CODES = {
    "subscribed": SUBSCRIBED,
    "unsubscribed": UNSUBSCRIBED,
    "never_subscribed": NEVER_SUBSCRIBED,
}
_STATES = {
    "subscribed": "is subscribed",
    "unsubscribed": "has unsubscribed",
    "never_subscribed": "never subscribed",
}
_CHANNELS = {"email": "email", "sms": "SMS", "push": "push"}


class StatusDateFilter(Part):
    """When the consent took its present state."""

    field: Literal["status_date"]
    filter: ValueFilter

    def holds(self, held: Consent, scene: Scene) -> Bools:
        """Where the date lies as asked; one that is no date asks nothing."""
        if not isinstance(self.filter, DateFilter):
            return np.ones(len(scene), dtype=np.bool_)
        known: Bools = held.since != NEVER
        return known & self.filter.holds(held.since, scene.now)


class OtherConsentFilter(Part):
    """How consent was given or lost: kept, and treated as holding."""

    field: str


def _field(raw: Any) -> str:
    name = raw.get("field") if isinstance(raw, dict) else getattr(raw, "field", None)
    return "date" if name == "status_date" else "other"


ConsentFilter: TypeAlias = Annotated[
    Annotated[StatusDateFilter, Tag("date")] | Annotated[OtherConsentFilter, Tag("other")],
    Discriminator(_field),
]


class ConsentStatus(Part):
    """The state of consent, and filters on how it came about."""

    subscription: Subscription
    filters: tuple[ConsentFilter, ...] | None = None


class ConsentAsked(Part):
    """A channel, whether marketing may be received there, and the state (semantics A.7)."""

    channel: Literal["email", "sms", "push"]
    can_receive_marketing: StrictBool
    consent_status: ConsentStatus


def _may_email(held: Consent) -> Bools:
    allowed: Bools = held.status != UNSUBSCRIBED
    return allowed & ~held.suppressed


def _may_elsewhere(held: Consent) -> Bools:
    allowed: Bools = held.status == SUBSCRIBED
    return allowed & ~held.suppressed


_MAY: dict[str, Callable[[Consent], Bools]] = {
    "email": _may_email,
    "sms": _may_elsewhere,
    "push": _may_elsewhere,
}


class MarketingConsentCondition(Condition):
    """Whether a channel's marketing may be received; email also by who never subscribed."""

    type: Literal["profile-marketing-consent"]
    consent: ConsentAsked
    label = "Can receive marketing"

    def test(self, scene: Scene) -> Bools:
        asked, status = self.consent, self.consent.consent_status
        held = scene.consent(asked.channel)
        found: Bools = _MAY[asked.channel](held) == asked.can_receive_marketing
        if status.subscription in _CODES:
            found &= held.status == _CODES[status.subscription]
        for part in status.filters or ():
            if isinstance(part, StatusDateFilter):
                found &= part.holds(held, scene)
        return found

    def sentence(self, names: Names) -> str:
        asked, status = self.consent, self.consent.consent_status
        can = "can" if asked.can_receive_marketing else "cannot"
        text = f"{can} receive {_CHANNELS[asked.channel]} marketing"
        if status.subscription in _STATES:
            text += f" and {_STATES[status.subscription]}"
        for part in status.filters or ():
            if isinstance(part, StatusDateFilter) and isinstance(part.filter, DateFilter):
                text += f" {part.filter.timeframe()}"
        return text

    def explain(self, scene: Scene, names: Names) -> Answer:
        held = scene.consent(self.consent.channel)
        state = next(_STATES[name] for name, code in _CODES.items() if code == held.status[0])
        since = held.since[0]
        when = "" if since in (NEVER, -NEVER - 1) else f" since {moment(int(since))}"
        blocked = ", suppressed" if held.suppressed[0] else ""
        channel = _CHANNELS[self.consent.channel]
        text = f"{channel}: {state}{when}{blocked}; wanted: {self.sentence(names)}"
        return Answer(bool(self.test(scene)[0]), text)

    def problems(self, where: str) -> Iterator[Problem]:
        for i, part in enumerate(self.consent.consent_status.filters or ()):
            place = f"{where}.consent.consent_status.filters[{i}]"
            if isinstance(part, StatusDateFilter):
                yield from part.filter.problems(f"{place}.filter")
            else:
                yield not_simulated(f"consent by its {part.field.replace('_', ' ')}", place, "hint")
