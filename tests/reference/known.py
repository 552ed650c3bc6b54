"""Conditions on predictions, permissions, custom objects, distance and outputs of code."""

from __future__ import annotations

from datetime import datetime
from math import asin, cos, radians, sin, sqrt
from typing import Any

from tests.reference.asking import Asking
from tests.reference.filters import passes_any
from tests.reference.value_filters import compared

EARTH = 6371.0088
MILE = 1.609344


def predicted(condition: dict[str, Any], asking: Asking) -> bool:
    """The condition `profile-predictive-analytics`."""
    name = f"predictive_analytics.{condition['dimension']}"
    if condition["dimension"] == "channel_affinity":
        name += f".{condition['predicted_channel']}.{condition['measurement']}"
    return passes_any(condition["filter"], asking.person.properties.get(name), asking.now)


def permitted(condition: dict[str, Any], asking: Asking) -> bool:
    """The condition `profile-permissions`."""
    asked, channel = condition["permission"], condition["channel"]
    wanted, held = asked["reachable_status"], _permission(channel, asking)
    if wanted.startswith("implicitly_or_explicitly"):
        if held.rsplit("_", 1)[1] != wanted.rsplit("_", 1)[1]:
            return False
    elif held != wanted:
        return False
    return all(_permission_detail(one, channel, asking) for one in asked.get("filters") or [])


def _permission(channel: str, asking: Asking) -> str:
    person = asking.person
    told = person.get(f"permission.{channel}")
    if told:
        return str(told)
    status = person.consent["whatsapp"]
    if channel == "whatsapp_transactional":
        status = person.transactional.get("whatsapp") or status
    ends = {"subscribed": "explicitly_reachable", "unsubscribed": "explicitly_unreachable"}
    return ends.get(status, "implicitly_unreachable")


def _permission_detail(one: dict[str, Any], channel: str, asking: Asking) -> bool:
    person, told = asking.person, f"permission.{channel}"
    if one["field"] != "subscribe_method":
        at = person.get(f"{told}.{one['field']}")
        return passes_any(one["filter"], at, asking.now)
    return person.get(f"{told}.method") == one["method"]


def owns(condition: dict[str, Any], asking: Asking) -> bool:
    """The condition `profile-has-custom-object`."""
    counted = [
        one
        for one in asking.person.objects
        if one.type == condition["object_type_id"]
        and (one.since is None or one.since <= asking.now)
        and all(_fits(part, one.properties, asking.now) for part in condition["filters"])
    ]
    wanted = condition["filter"]
    return compared(wanted["operator"], len(counted), wanted["value"])


def _fits(part: dict[str, Any], properties: dict[str, Any], now: datetime) -> bool:
    return passes_any(part["filter"], properties.get(str(part["property_id"])), now)


def lives_near(condition: dict[str, Any], asking: Asking) -> bool:
    """The condition `profile-postal-code-distance`; false where a place is not known."""
    known = asking.rules.get("postal_codes") or {}
    there = known.get(f"{condition['country_code']}/{condition['postal_code']}")
    here = tuple(asking.person.get(name) for name in ("latitude", "longitude"))
    if there is None or None in here:
        return False
    distance = _great_circle(there, here) / (MILE if condition["unit"] == "miles" else 1)
    return compared(condition["filter"]["operator"], distance, condition["filter"]["value"])


def _great_circle(one: Any, other: Any) -> float:
    (lat, lon), (lat2, lon2) = (tuple(map(radians, place)) for place in (one, other))
    part = sin((lat2 - lat) / 2) ** 2 + cos(lat) * cos(lat2) * sin((lon2 - lon) / 2) ** 2
    return 2 * EARTH * asin(sqrt(part))


def output(condition: dict[str, Any], asking: Asking) -> bool:
    """The condition `action-output`: what code gave in this run."""
    given = asking.outputs(condition["output_config_id"])
    return passes_any(condition["filter"], given.get(condition["field"]), asking.now)


def of_thing(condition: dict[str, Any], asking: Asking) -> bool:
    """The condition `custom-object-trigger-property`: the object that started the run."""
    held = asking.thing.properties if asking.thing else {}
    return passes_any(condition["filter"], held.get(str(condition["property_id"])), asking.now)
