"""What is checked before a message goes out (semantics B.2 to B.5, B.10)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from tests.reference.asking import Asking
from tests.reference.conditions import passes
from tests.reference.consent import may_send
from tests.reference.person import CHANNELS, Person
from tests.reference.quiet import quiet_until

HOURS = {"email": 16, "sms": 24, "push": 24, "whatsapp": 24}
ADDRESS = {
    "email": ("email", "Missing Email", "Unable to Send Email"),
    "sms": ("phone_number", "Missing Phone Number", "Phone Number is Not Valid"),
    "whatsapp": ("phone_number", "Missing Phone Number", "Phone Number is Not Valid"),
    "push": ("push_token", "Missing Push Token", "Missing Push Token"),
}
SHAPES = {
    "email": r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+",
    "phone_number": r"\+[1-9]\d{6,14}",
    "push_token": ".+",
}
NO_CONSENT = {
    "email": "Person Suppressed",
    "sms": "Missing SMS Consent",
    "push": "Missing Push Consent",
    "whatsapp": "Missing WhatsApp Consent",
}
UNREADABLE = {
    "email": "Email Syntax Error",
    "alert": "Email Syntax Error",
    "sms": "Unable to Send SMS",
    "push": "Unable to Send Push",
}
RECEIVED = {
    "Received Email": "email",
    "Received SMS": "sms",
    "Received Push": "push",
    "Received WhatsApp": "whatsapp",
}


def verdict(channel: str, message: dict[str, Any], asking: Asking) -> str | datetime | None:
    """The reason to skip, a time to try again, or None to send; after the checks of any action."""
    if channel not in CHANNELS:
        return next(_unwritable(channel, message, asking), None)
    transactional = bool(message.get("transactional"))
    if not passes(message.get("additional_filters"), asking.at_place("message ")):
        return "Fails Additional Filters"
    refused = _address(channel, asking.person)
    if refused or not may_send(asking.person, channel, transactional=transactional):
        return refused or NO_CONSENT[channel]
    later = _quiet(message, asking) if channel == "sms" else None
    if later:
        return later
    if message.get("smart_sending_enabled", True) and not transactional:
        until = asking.person.timers.get(channel)
        if until and until > asking.now:
            return "Smart Sending"
    return next(_unwritable(channel, message, asking), None)


def _address(channel: str, person: Person) -> str | None:
    name, missing, bad = ADDRESS[channel]
    held = person.get(name)
    if not held:
        return missing
    return None if re.fullmatch(SHAPES[name], held) else bad


def _quiet(message: dict[str, Any], asking: Asking) -> datetime | None:
    held = message.get("sms_quiet_hours_enabled")
    if not (not message.get("transactional") if held is None else held):
        return None
    person = asking.person
    return quiet_until(person.get("phone_number"), asking.now, asking.rules, person.account_zone)


def _unwritable(channel: str, message: dict[str, Any], asking: Asking) -> Iterator[str]:
    """Why the message cannot be written, if so."""
    texts = [message.get(name) or "" for name in ("subject_line", "preview_text", "body", "title")]
    if channel in UNREADABLE and any(text.count("{%") != text.count("%}") for text in texts):
        yield UNREADABLE[channel]
    sender = message.get("from_email")
    if channel in {"email", "alert"} and sender and not re.fullmatch(SHAPES["email"], sender):
        yield "Invalid From Email"
    confirmed = asking.rules.get("confirmed_recipients")
    reached = confirmed is None or set(confirmed) & set(message.get("to_emails") or ())
    if channel == "alert" and not reached:
        yield "No Confirmed Recipients"


def hand_over(channel: str, message: dict[str, Any], asking: Asking) -> None:
    """What sending leaves behind."""
    asking.person.sent.append((channel, asking.now))
    if not message.get("transactional"):
        start_timer(asking.person, channel, asking.now, asking.rules)


def start_timer(person: Person, channel: str, at: datetime, rules: dict[str, Any]) -> None:
    """From now on smart sending holds other messages of the channel back."""
    hours = (HOURS | (rules.get("smart_sending") or {}))[channel]
    until = at + timedelta(hours=hours)
    person.timers[channel] = max(until, person.timers.get(channel, until))


UNCONFIGURED = {
    "send-email": lambda message: not message.get("template_id"),
    "send-sms": lambda message: not message.get("body"),
    "send-mobile-push": lambda message: (
        not (message.get("title") or message.get("body")) and message.get("push_type") != "silent"
    ),
    "send-whatsapp": lambda message: not message.get("vendor_id"),
    "send-internal-alert": lambda message: not message.get("to_emails"),
    "send-webhook": lambda message: not message.get("url"),
}
"""Whether a message is not filled in, by the type of its step."""
