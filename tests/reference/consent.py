"""Whether somebody may be sent marketing, and by what status (semantics A.7, B.10)."""

from __future__ import annotations

from typing import Any

from tests.reference.asking import Asking
from tests.reference.date_filters import CALENDAR, passes_calendar, passes_date
from tests.reference.person import Person


def can_receive(person: Person, channel: str) -> bool:
    """Whether marketing may go out on the channel."""
    if channel == "email":
        return not person.suppressed and person.consent["email"] != "unsubscribed"
    return person.consent[channel] == "subscribed"


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
