"""What a flow names: metrics, groups and properties that people must bring to reach its ends."""

from __future__ import annotations

import re
from collections.abc import Iterable

from flows.conditions.base import Need
from flows.document import Flow

_ID = re.compile(r"(?=.*[0-9])[A-Za-z0-9]{6}|(?=.[a-z]*[A-Z])[A-Za-z]{6}")
_NAMED = {"metric", "list", "segment", "group", "object"}


def flow_needs(flow: Flow) -> tuple[Need, ...]:
    """Every need of the trigger, the flow filter and the steps, each once, in document order."""
    found: list[Need] = []
    if flow.trigger:
        found.extend(flow.trigger.needs())
    if flow.profile_filter:
        found.extend(flow.profile_filter.needs())
    for action in flow.actions:
        found.extend(action.needs())
    for stub in flow.stubs.values():
        found.extend(need for case in stub.cases for need in case.when.needs())
    return tuple(dict.fromkeys(found))


def all_needs(flows: Iterable[Flow]) -> tuple[Need, ...]:
    """The needs of several flows that run together, each once."""
    return tuple(dict.fromkeys(need for flow in flows for need in flow_needs(flow)))


def numbered(flow: Flow) -> dict[str, tuple[str, str]]:
    """Properties of objects that the flow names by a number, by type and number, with both."""
    found = (need for need in flow_needs(flow) if need.kind == "object" and need.property)
    return {
        f"{need.name}/{need.property}": (need.name, str(need.property))
        for need in found
        if str(need.property).isdigit()
    }


def ids(flow: Flow) -> dict[str, Need]:
    """What the flow names by an id that says nothing by itself, in document order."""
    found = (need for need in flow_needs(flow) if need.kind in _NAMED and _ID.fullmatch(need.name))
    by_id: dict[str, Need] = {}
    for need in found:
        by_id.setdefault(need.name, need)
    return by_id
