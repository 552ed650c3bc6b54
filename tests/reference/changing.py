"""What update-profile does to the properties (semantics A.5)."""

from __future__ import annotations

from typing import Any

from tests.reference.asking import Asking
from tests.reference.instants import local


def apply(operations: list[dict[str, Any]], asking: Asking) -> list[str]:
    """Do all of them in order; the names of the properties concerned, each once."""
    phone = asking.person.get("phone_number")
    today = local(asking.now, asking.person.zone).date().isoformat()
    for operation in operations:
        _do(operation, asking, today)
    if asking.person.get("phone_number") != phone:
        asking.person.forget_number()
    return list(dict.fromkeys(one["property_key"] for one in operations))


def _do(operation: dict[str, Any], asking: Asking, today: str) -> None:
    properties, key = asking.person.properties, operation["property_key"]
    if operation["operator"] == "delete":
        properties.pop(key, None)
        return
    value = operation["property_value"]
    if operation["property_type"] == "date" and value == "today":
        value = today
    if operation["property_type"] == "list":
        held = properties.get(key)
        if held is None and operation.get("property_operation") == "remove":
            return
        value = _listed(held, operation.get("property_operation"), value)
    properties[key] = value


def _listed(held: Any, change: str | None, item: str) -> list[Any]:
    items = list(held) if isinstance(held, list) else []
    if change == "remove":
        return [one for one in items if one != item]
    return items if item in items else [*items, item]
