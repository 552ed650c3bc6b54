"""The condition on whether a person may be sent marketing, and how that came to be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import numpy as np
from pydantic import StrictBool

from flows.columns import LONG_AGO, NEVER, Bools
from flows.conditions.base import Answer, Condition, Names, Need
from flows.conditions.consent_forms import FORMS
from flows.conditions.details import Detail, detail_needs
from flows.conditions.known import Known
from flows.filters.allowed import not_asked_here
from flows.filters.words import moment
from flows.part import Part
from flows.problem import Problem
from flows.rules import CHANNEL_WORDS
from flows.scene import STATUSES, Consent, Scene

Subscription = Literal["any", "subscribed", "unsubscribed", "never_subscribed"]
_CODES = {name: code for code, name in enumerate(STATUSES)}
_STATES = {
    "subscribed": "is subscribed",
    "unsubscribed": "has unsubscribed",
    "never_subscribed": "never subscribed",
}


class ConsentStatus(Part):
    """The state of consent, and filters on how it came about, which must all hold (RULE)."""

    subscription: Subscription
    filters: tuple[Detail, ...] | None = None


class ConsentAsked(Part):
    """A channel, whether marketing may be received there, and the state (semantics A.7)."""

    channel: Literal["email", "sms", "push"]
    can_receive_marketing: StrictBool
    consent_status: ConsentStatus

    @property
    def columns(self) -> dict[str, str]:
        """The reserved column of each field that filters may name."""
        own = f"consent.{self.channel}"
        return {
            "method": f"{own}.method",
            "method_detail": f"{own}.method_detail",
            "custom_source": f"{own}.custom_source",
            "is_double_opt_in": f"{own}.double_opt_in",
            "is_rcs_capable": f"{own}.rcs_capable",
            "bounce_date": f"suppression.{self.channel}.bounced_at",
            "manual_suppression_date": f"suppression.{self.channel}.manual_at",
            "invalid_email_date": f"suppression.{self.channel}.invalid_at",
        }


def fits(asked: ConsentAsked, status: int, suppressed: bool) -> bool:
    """Whether a person in this state of consent is meant, whatever its filters ask."""
    held = Consent(np.array([status], np.int8), np.array([NEVER]), np.array([suppressed]))
    may = bool(held.lets_marketing(asked.channel)[0])
    wanted = asked.consent_status.subscription
    return may == asked.can_receive_marketing and _CODES.get(wanted, status) == status


class MarketingConsentCondition(Condition):
    """Whether a channel's marketing may be received; email also by who never subscribed."""

    type: Literal["profile-marketing-consent"]
    consent: ConsentAsked
    label = "Can receive marketing"

    def test(self, scene: Scene) -> Bools:
        asked, status = self.consent, self.consent.consent_status
        held = scene.consent(asked.channel)
        found: Bools = held.lets_marketing(asked.channel) == asked.can_receive_marketing
        if status.subscription in _CODES:
            found &= held.status == _CODES[status.subscription]
        for part in status.filters or ():
            found &= part.holds(self._known(scene, held))
        return found

    def _known(self, scene: Scene, held: Consent) -> Known:
        return Known(scene, self.consent.columns, dates={"status_date": held.since})

    def sentence(self, names: Names) -> str:
        asked, status = self.consent, self.consent.consent_status
        can = "can" if asked.can_receive_marketing else "cannot"
        text = f"{can} receive {CHANNEL_WORDS[asked.channel]} marketing"
        if status.subscription in _STATES:
            text += f" and {_STATES[status.subscription]}"
        return text + "".join(part.sentence() for part in status.filters or ())

    def explain(self, scene: Scene, names: Names) -> Answer:
        held = scene.consent(self.consent.channel)
        state = _STATES[STATUSES[held.status[0]]]
        since = held.since[0]
        when = "" if since in (NEVER, LONG_AGO) else f" since {moment(int(since))}"
        blocked = ", suppressed" if held.suppressed[0] else ""
        known = self._known(scene, held)
        details = [one.found(known) for one in self.consent.consent_status.filters or ()]
        channel = CHANNEL_WORDS[self.consent.channel]
        found = "; ".join([f"{channel}: {state}{when}{blocked}", *details])
        return Answer(bool(self.test(scene)[0]), f"{found}; wanted: {self.sentence(names)}")

    def needs(self) -> Iterator[Need]:
        yield from detail_needs(self.consent.consent_status.filters or (), self.consent.columns)

    def problems(self, where: str) -> Iterator[Problem]:
        asked, status = self.consent, self.consent.consent_status
        key = (asked.channel, asked.can_receive_marketing, status.subscription)
        place = f"{where}.consent.consent_status"
        if key not in FORMS:
            what = f"“{status.subscription}” with this channel"
            states = [name for *pair, name in FORMS if pair == [*key[:2]]]
            yield not_asked_here(what, f"{place}.subscription", states)
        for i, part in enumerate(status.filters or ()):
            yield from part.problems(f"{place}.filters[{i}]")
            allowed = FORMS.get(key, frozenset({part.key}))
            if part.key not in allowed:
                yield not_asked_here(f"“{part.key}”", f"{place}.filters[{i}]", sorted(allowed))
