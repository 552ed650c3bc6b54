"""What is checked before a message goes out (semantics B.2 to B.5, B.10)."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

from tests.reference.asking import Asking
from tests.reference.conditions import passes
from tests.reference.consent import can_receive
from tests.reference.person import Person
from tests.reference.quiet import quiet_until

HOURS = {"email": 16, "sms": 24, "push": 24, "whatsapp": 24}
NO_ADDRESS = {"email": "Missing Email", "sms": "Missing Phone Number"}
BAD_ADDRESS = {"email": "Unable to Send Email", "sms": "Phone Number is Not Valid"}
NO_CONSENT = {"email": "Person Suppressed", "sms": "Missing SMS Consent"}


def verdict(channel: str, message: dict[str, Any], asking: Asking) -> str | datetime | None:
    """The reason to skip, a time to try again, or None to send; after the checks of any action."""
    transactional = bool(message.get("transactional"))
    person = asking.person
    if not passes(message.get("additional_filters"), asking):
        return "Fails Additional Filters"
    refused = _address(channel, person) or _consent(channel, person, transactional)
    if refused:
        return refused
    if channel == "sms" and message.get("sms_quiet_hours_enabled", True):
        later = quiet_until(
            person.get("phone_number"), asking.now, asking.rules, person.account_zone
        )
        if later:
            return later
    if message.get("smart_sending_enabled", True) and not transactional:
        last = person.timers.get(channel)
        hours = (asking.rules.get("smart_sending") or HOURS)[channel]
        if last and last + timedelta(hours=hours) > asking.now:
            return "Smart Sending"
    return None


def _address(channel: str, person: Person) -> str | None:
    named = person.get("email" if channel == "email" else "phone_number")
    if not named:
        return NO_ADDRESS[channel]
    shape = r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+" if channel == "email" else r"\+[1-9]\d{6,14}"
    return None if re.fullmatch(shape, named) else BAD_ADDRESS[channel]


def _consent(channel: str, person: Person, transactional: bool) -> str | None:
    if channel == "email" and transactional:
        return None
    return None if can_receive(person, channel) else NO_CONSENT[channel]


def hand_over(channel: str, message: dict[str, Any], asking: Asking) -> None:
    """What sending leaves behind."""
    asking.person.sent.append((channel, asking.now))
    if not message.get("transactional"):
        asking.person.timers[channel] = asking.now
