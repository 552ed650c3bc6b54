"""How consent came about, why email is blocked, and what WhatsApp may be used for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from flows.columns import NEVER, UNSET, Bools, Codes, Column, Floats, Times, Value
from flows.moments import DAY
from flows.rules import Channel
from flows.scene import (
    NEVER_SUBSCRIBED,
    PERMISSIONS,
    STATUSES,
    SUBSCRIBED,
    UNSUBSCRIBED,
    Consent,
)
from simulator import chance
from simulator.suppression import WHYS
from simulator.synthetic.belonging import Run
from simulator.synthetic.persons import Persons, without
from simulator.synthetic.values import Span, day_text, draw
from simulator.synthetic.wanted import Compared

_GIVEN: dict[str, float] = {
    "form": 0.42,
    "checkout": 0.26,
    "api": 0.10,
    "integration": 0.08,
    "manual_import": 0.07,
    "preference_page": 0.04,
    "manual_add": 0.03,
}
"""How people subscribed, by weight."""
_ENDED: dict[str, float] = {
    "one_click_unsubscribe": 0.45,
    "preference_page": 0.30,
    "mailbox_provider": 0.10,
    "spam_complaint": 0.08,
    "manual_remove": 0.04,
    "bulk_remove": 0.03,
}
"""How people left, by weight."""
_LEAVING = frozenset(
    {
        *_ENDED,
        *("carrier_deactivation", "failed_age_gate", "message_blocked", "provided_landline"),
        *("provided_no_age", "profile_modification"),
    }
)
"""Ways in which consent ends; `preference_page` and `inbound_message` serve both."""
_BOTH = frozenset({"preference_page", "inbound_message", "api", "profile_modification"})
REACHED: tuple[Value, ...] = (*PERMISSIONS, "implicitly_reachable")
_REASONS = tuple(f"{why}_at" for why in WHYS)
_RECORDED_DAYS = 3.0


@dataclass(frozen=True, slots=True, eq=False)
class Details:
    """What is known about the consent of some people, beside its state."""

    persons: Persons
    consent: Mapping[Channel, Consent]
    run: Run
    span: Span

    def columns(self, wanted: Mapping[str, Compared]) -> dict[str, Column]:
        """The columns of these names, as far as there are such details."""
        made = {name: self._column(name, compared) for name, compared in wanted.items()}
        return {name: column for name, column in made.items() if column is not None}

    def _column(self, name: str, compared: Compared) -> Column | None:
        kind, _, rest = name.partition(".")
        first, _, detail = rest.partition(".")
        if kind == "suppression":
            return self._suppressed(detail)
        if kind == "permission":
            channel, _, purpose = first.partition("_")
            return self._permission(channel, purpose, detail, compared)
        if kind == "consent" and first.endswith("_transactional"):
            return self._transactional(_channel(first.removesuffix("_transactional")))
        made = CONSENT.get(detail)
        return made(self, _channel(first), compared) if kind == "consent" and made else None

    def method(self, channel: Channel, compared: Compared) -> Column:
        """How the present state came about; some have what conditions compare with."""
        status = self.consent[channel].status
        drawn = self.persons.draws("method", channel)
        usual = np.where(
            status == SUBSCRIBED, _weighted(_GIVEN, drawn), _weighted(_ENDED, drawn) + len(_GIVEN)
        ).astype(np.int32)
        column = Column(usual, (*_GIVEN, *_ENDED))
        for state, fits in ((SUBSCRIBED, _begins), (UNSUBSCRIBED, _ends)):
            asked = Compared("string", tuple(v for v in compared.values if fits(v)))
            rows = np.flatnonzero(status == state)
            if asked.values and len(rows):
                column = self._with(column, rows, asked, ("method", channel))
        return without(column, status == NEVER_SUBSCRIBED)

    def said(self, channel: Channel, compared: Compared, purpose: str) -> Column:
        """A text about the consent of those who ever gave one, some as conditions compare it."""
        keys = chance.mix(self.persons.keys ^ chance.name_key(purpose, channel))
        drawn = draw(compared, keys, self.persons.settings.compared, self.span)
        return without(drawn, self.consent[channel].status == NEVER_SUBSCRIBED)

    def double_opt_in(self, channel: Channel) -> Column:
        """Whether a subscriber confirmed."""
        share = self.persons.settings.details.double_opt_in
        confirmed = _flags(self.persons.draws("double opt-in", channel) < share)
        return without(confirmed, self.consent[channel].status != SUBSCRIBED)

    def rcs_capable(self) -> Column:
        """Whether the telephone shows RCS."""
        return _flags(self.persons.draws("rcs") < self.persons.settings.details.rcs)

    def _with(
        self, column: Column, rows: np.ndarray, asked: Compared, purpose: tuple[str, str]
    ) -> Column:
        keys = chance.mix(self.persons.keys ^ chance.name_key("detail", *purpose))[rows]
        chosen = chance.uniform(keys, chance.name_key("chosen")) < self.persons.settings.compared
        drawn = draw(asked, keys[chosen], 1.0, self.span)
        return column.put(rows[chosen], drawn)

    def _suppressed(self, detail: str) -> Column | None:
        """When email was blocked for this reason; each who is blocked has one."""
        if detail not in _REASONS:
            return None
        settings, drawn = self.persons.settings.details, self.persons.draws("blocked")
        shares = (settings.bounced, settings.invalid, settings.complained)
        reason = np.searchsorted(np.cumsum(shares), drawn, side="right")
        when = self._between(self.persons.since, self.persons.draws("blocked at"))
        blocked = self.consent["email"].suppressed & (reason == _REASONS.index(detail))
        return _days(np.where(blocked, when, NEVER))

    def _between(self, first: Times, shares: Floats) -> Times:
        room = np.maximum(self.run.start - first, 0)
        when: Times = first + (shares * (room // DAY)).astype(np.int64) * DAY
        return when

    def _transactional(self, channel: Channel) -> Column:
        """Like marketing; some who never subscribed to that take transactional messages."""
        status = self.consent[channel].status
        more = self.persons.draws("transactional", channel)
        share = self.persons.settings.details.transactional
        taken = (status == NEVER_SUBSCRIBED) & (more < share)
        return Column(np.where(taken, np.int32(SUBSCRIBED), status).astype(np.int32), STATUSES)

    def _permission(
        self, channel: str, purpose: str, detail: str, compared: Compared
    ) -> Column | None:
        if channel != "whatsapp" or purpose not in {"marketing", "transactional"}:
            return None
        held = self.consent["whatsapp"]
        explicit = held.status != NEVER_SUBSCRIBED
        if detail == "method":
            return self.method("whatsapp", compared)
        if detail == "effective_date":
            return _days(np.where(explicit, held.since, NEVER))
        if detail == "recorded_date":
            late = self.persons.draws("recorded", purpose) * _RECORDED_DAYS
            since = np.where(explicit, held.since, 0)
            return _days(np.where(explicit, since + late.astype(np.int64) * DAY, NEVER))
        share = self.persons.settings.details.implicitly_reachable
        silent = self.persons.draws("reachable", purpose) < share
        codes = np.where(~explicit & silent, np.int32(3), held.status)
        return None if detail else Column(codes.astype(np.int32), REACHED)


CONSENT: dict[str, Callable[[Details, Channel, Compared], Column]] = {
    "method": Details.method,
    "method_detail": lambda made, channel, asked: made.said(channel, asked, "method detail"),
    "custom_source": lambda made, channel, asked: made.said(channel, asked, "custom source"),
    "double_opt_in": lambda made, channel, _: made.double_opt_in(channel),
    "rcs_capable": lambda made, _, __: made.rcs_capable(),
}


def _channel(name: str) -> Channel:
    found: dict[str, Channel] = {"sms": "sms", "push": "push", "whatsapp": "whatsapp"}
    return found.get(name, "email")


def _begins(method: Value) -> bool:
    return method not in _LEAVING or method in _BOTH


def _ends(method: Value) -> bool:
    return method in _LEAVING or method in _BOTH


def _weighted(weights: dict[str, float], shares: Floats) -> Codes:
    steps = np.cumsum(list(weights.values()))
    found = np.searchsorted(steps / steps[-1], shares, side="right")
    return np.minimum(found, len(weights) - 1).astype(np.int32)


def _flags(chosen: Bools) -> Column:
    return Column(chosen.astype(np.int32), (False, True))


def _days(times: Times) -> Column:
    """Days as ISO date-times at midnight, unset where NEVER."""
    days = np.where(times == NEVER, 0, times) // DAY
    used, codes = np.unique(days, return_inverse=True)
    pool = tuple(f"{day_text(day)}T00:00:00+00:00" for day in used.tolist())
    return Column(np.where(times == NEVER, UNSET, codes).astype(np.int32), pool)
