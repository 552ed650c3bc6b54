"""What a flow names: metrics, groups and properties that people must bring to reach its ends."""

from __future__ import annotations

from collections.abc import Iterable

from flows.conditions.base import Need
from flows.document import Flow


def flow_needs(flow: Flow) -> tuple[Need, ...]:
    """Every need of the trigger, the flow filter and the steps, each once, in document order."""
    found: list[Need] = []
    if flow.trigger:
        found.extend(flow.trigger.needs())
    if flow.profile_filter:
        found.extend(flow.profile_filter.needs())
    for action in flow.actions:
        found.extend(action.needs())
    return tuple(dict.fromkeys(found))


def all_needs(flows: Iterable[Flow]) -> tuple[Need, ...]:
    """The needs of several flows that run together, each once."""
    return tuple(dict.fromkeys(need for flow in flows for need in flow_needs(flow)))
