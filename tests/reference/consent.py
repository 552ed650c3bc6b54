"""Whether somebody may be sent marketing, and by what status (semantics A.7, B.10)."""

from __future__ import annotations

from typing import Any

from tests.reference.asking import Asking
from tests.reference.date_filters import CALENDAR, passes_calendar, passes_date
from tests.reference.person import Person

FOR_GOOD = {"bounced", "invalid", "spam"}
"""Suppressions that stop transactional email, too."""


def can_receive(person: Person, channel: str) -> bool:
    """Whether the consents and suppressions allow marketing on the channel."""
    if channel == "email":
        return not person.blocks and person.consent["email"] != "unsubscribed"
    return person.consent[channel] == "subscribed"


def may_send(person: Person, channel: str, *, transactional: bool) -> bool:
    """Whether a message may go out on the channel."""
    if channel == "email":
        return not person.blocks & FOR_GOOD if transactional else can_receive(person, channel)
    if channel == "whatsapp":
        return _whatsapp(person, transactional=transactional)
    agreed = can_receive(person, channel)
    return agreed or (transactional and person.transactional.get(channel) == "subscribed")


def _whatsapp(person: Person, *, transactional: bool) -> bool:
    """An explicit permission comes before consent; consent to marketing covers both kinds."""
    marketing = {"explicitly_reachable": True, "explicitly_unreachable": False}.get(
        person.get("permission.whatsapp_marketing"), can_receive(person, "whatsapp")
    )
    if not transactional:
        return marketing
    other = {"explicitly_reachable": True, "explicitly_unreachable": False}.get(
        person.get("permission.whatsapp_transactional"),
        person.transactional.get("whatsapp") == "subscribed",
    )
    return marketing or other


def has_consent(condition: dict[str, Any], asking: Asking) -> bool:
    """The condition `profile-marketing-consent`."""
    asked = condition["consent"]
    channel, wanted = asked["channel"], asked["consent_status"]["subscription"]
    if can_receive(asking.person, channel) != asked["can_receive_marketing"]:
        return False
    if wanted not in {"any", asking.person.consent[channel]}:
        return False
    filters = asked["consent_status"].get("filters") or []
    return all(_status_date(one, channel, asking) for one in filters)


def _status_date(one: dict[str, Any], channel: str, asking: Asking) -> bool:
    since, compare = asking.person.since[channel], one["filter"]
    if asking.person.consent[channel] == "never_subscribed":
        return False
    if compare["operator"] in CALENDAR:
        return passes_calendar(compare, since.isoformat(), asking.now)
    return passes_date(compare, since, asking.now)
