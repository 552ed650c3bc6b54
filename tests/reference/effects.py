"""What events do to consent and suppression (semantics B.10)."""

from __future__ import annotations

from typing import Any

from tests.reference.person import Event, Person

MARKETING = {
    "Email Marketing": "email",
    "SMS Marketing": "sms",
    "Push Marketing": "push",
    "WhatsApp Marketing": "whatsapp",
}
TRANSACTIONAL = {"SMS Transactional": "sms", "WhatsApp Transactional": "whatsapp"}
OTHER_NAMES = {
    "Unsubscribed from SMS": "Unsubscribed from SMS Marketing",
    "Clicked and Unsubscribed from Email": "Unsubscribed from Email Marketing",
}
LIFTED = {"spam", "manual"}
"""Suppressions that end when somebody subscribes to email again."""


def takes_back(what: tuple[Any, ...]) -> bool:
    """Of two happenings at one instant, those that take consent back come last."""
    if what[0] != "event":
        return False
    name = what[1].metric
    return (
        "Unsub" in name
        or "Manually Suppressed" in name
        or name in {"Marked Email as Spam", "Bounced Email"}
    )


def happened(person: Person, event: Event) -> None:
    """Let an event change what may be sent."""
    name = OTHER_NAMES.get(event.metric, event.metric)
    if name == "Manually Suppressed from Email Marketing":
        _block(person, "manual", event)
    elif name == "Manually Unsuppressed from Email Marketing":
        _lift(person, {"manual"})
    elif name == "Marked Email as Spam":
        _block(person, "spam", event)
    elif name == "Bounced Email":
        _block(person, "bounced", event)
    else:
        _consented(person, name, event)


def _consented(person: Person, name: str, event: Event) -> None:
    for verb, status in (("Subscribed to ", "subscribed"), ("Unsubscribed from ", "unsubscribed")):
        if not name.startswith(verb):
            continue
        topic = name.removeprefix(verb)
        channel = MARKETING.get(topic) or TRANSACTIONAL.get(topic)
        if channel is None:
            return
        kind = "marketing" if topic in MARKETING else "transactional"
        person.properties.pop(f"permission.{channel}_{kind}", None)
        both = status == "unsubscribed" and channel == "sms"
        if topic in MARKETING or both:
            person.consent[channel], person.since[channel] = status, event.at
        if topic in TRANSACTIONAL or both:
            person.transactional[channel] = status
        if channel == "email" and status == "subscribed":
            _lift(person, LIFTED)


def _block(person: Person, reason: str, event: Event) -> None:
    person.blocks.add(reason)
    person.properties[f"suppression.email.{reason}_at"] = event.at.isoformat()


def _lift(person: Person, reasons: set[str]) -> None:
    person.blocks -= reasons
    for reason in reasons:
        person.properties.pop(f"suppression.email.{reason}_at", None)
