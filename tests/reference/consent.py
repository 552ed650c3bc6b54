"""Whether somebody may be sent marketing, and by what status (semantics A.7, B.10)."""

from __future__ import annotations

from typing import Any

from tests.reference.asking import Asking
from tests.reference.filters import passes_any
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
    return all(_detail(one, channel, asking) for one in filters)


SUPPRESSED_AT = {
    "bounce_date": "bounced_at",
    "manual_suppression_date": "manual_at",
    "invalid_email_date": "invalid_at",
}
COLUMNS = {
    "custom_source": "custom_source",
    "is_double_opt_in": "double_opt_in",
    "is_rcs_capable": "rcs_capable",
}


def _detail(one: dict[str, Any], channel: str, asking: Asking) -> bool:
    """One filter beside the status; what is not known passes none."""
    person, name = asking.person, one["field"]
    if name == "status_date":
        known = person.consent[channel] != "never_subscribed"
        at = person.since[channel].isoformat() if known else None
        return passes_any(one["filter"], at, asking.now)
    if name in SUPPRESSED_AT:
        at = person.get(f"suppression.email.{SUPPRESSED_AT[name]}")
        return passes_any(one["filter"], at, asking.now)
    if name == "method":
        return _method(one, channel, asking)
    return passes_any(one["filter"], person.get(f"consent.{channel}.{COLUMNS[name]}"), asking.now)


def _method(one: dict[str, Any], channel: str, asking: Asking) -> bool:
    told = f"consent.{channel}.method"
    if asking.person.get(told) != one["method"]:
        return False
    if one.get("filter") is None:
        return True
    held = asking.person.get(f"{told}_detail")
    details = held if isinstance(held, list) else [held]
    return any(passes_any(one["filter"], detail, asking.now) for detail in details)
