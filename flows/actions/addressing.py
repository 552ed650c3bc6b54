"""Whether somebody can and may be reached: checks 8 and 9 of a send (semantics B.4, B.10)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from flows.actions import reasons
from flows.columns import Bools
from flows.memory import ask
from flows.phone_numbers import country, first_digits
from flows.rules import Channel
from flows.scene import (
    BAD_ADDRESS,
    NO_ADDRESS,
    SUBSCRIBED,
    SUSPICIOUS_ADDRESS,
    Scene,
)

Check = tuple[str, Bools]
"""A reason, and the rows that it stops."""
_ADDRESS: dict[Channel, tuple[tuple[int, str], ...]] = {
    "email": (
        (NO_ADDRESS, reasons.MISSING_EMAIL),
        (BAD_ADDRESS, reasons.BAD_EMAIL),
        (SUSPICIOUS_ADDRESS, reasons.SUSPICIOUS_EMAIL),
    ),
    "sms": ((NO_ADDRESS, reasons.MISSING_PHONE), (BAD_ADDRESS, reasons.BAD_PHONE)),
    "push": ((NO_ADDRESS, reasons.MISSING_PUSH_TOKEN),),
    "whatsapp": ((NO_ADDRESS, reasons.MISSING_PHONE), (BAD_ADDRESS, reasons.BAD_PHONE)),
}
_CONSENT: dict[Channel, str] = {
    "email": reasons.SUPPRESSED,
    "sms": reasons.MISSING_SMS_CONSENT,
    "push": reasons.MISSING_PUSH_CONSENT,
    "whatsapp": reasons.MISSING_WHATSAPP_CONSENT,
}


def address_checks(scene: Scene, channel: Channel) -> Iterator[Check]:
    """Whether there is an address, a valid one, of a country that is served."""
    address = scene.address(channel)
    for code, reason in _ADDRESS[channel]:
        yield reason, address == code
    if channel != "sms":
        return
    for countries, reason in (
        (scene.rules.sms_countries, reasons.UNSUPPORTED_COUNTRY),
        (scene.rules.sms_senders, reasons.NO_SENDING_NUMBER),
    ):
        if countries is not None:
            own = ask(first_digits(scene.column("phone_number")), country, np.str_)
            yield reason, ~np.isin(own, countries)


def consent_check(scene: Scene, channel: Channel, *, transactional: bool) -> Check:
    """Whether consent and suppression let the message through."""
    return _CONSENT[channel], ~may_receive(scene, channel, transactional=transactional)


def may_receive(scene: Scene, channel: Channel, *, transactional: bool) -> Bools:
    """Who may get a message of the channel by consent and suppression (semantics B.10)."""
    consent = scene.consent(channel)
    if not transactional:
        return consent.lets_marketing(channel)
    if channel == "email":
        barred = consent.barred
        return np.ones(len(scene), dtype=np.bool_) if barred is None else ~barred
    agreed: Bools = consent.status == SUBSCRIBED
    if consent.transactional is not None:
        agreed |= consent.transactional == SUBSCRIBED
    return agreed & ~consent.suppressed
