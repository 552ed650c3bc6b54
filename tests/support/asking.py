"""Conditions as a flow writes them, and asking a scene about them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fake_scene import FakeScene, accepted

from flows.conditions import Answer, Filter, Names

Json = dict[str, Any]
NAMES = Names({"T9": "Placed Order", "L1": "Newsletter", "L2": "VIP"})


def asking(*groups: Sequence[Json]) -> Filter:
    """A filter of these groups of conditions."""
    return Filter.model_validate(
        {"condition_groups": [{"conditions": list(group)} for group in groups]}
    )


def holds(condition: Json, people: FakeScene) -> list[bool]:
    return accepted(asking([condition]).test(people))


def explained(condition: Json, people: FakeScene) -> Answer:
    return asking([condition]).explain(people, NAMES)


def having(name: str, **test: Any) -> Json:
    return {"type": "profile-property", "property": name, "filter": test}


def event_asking(field: str, **test: Any) -> Json:
    return {"type": "metric-property", "metric_id": "T9", "field": field, "filter": test}


def ordered(operator: str, count: float, timeframe: Json, **more: Any) -> Json:
    return {
        "type": "profile-metric",
        "metric_id": "T9",
        "measurement": "count",
        "measurement_filter": {"type": "numeric", "operator": operator, "value": count},
        "timeframe_filter": {"type": "date"} | timeframe,
        "metric_filters": None,
    } | more


SINCE_START = {"operator": "flow-start"}
EVER = {"operator": "alltime"}
LAST_WEEK = {"operator": "in-the-last", "unit": "day", "quantity": 7}


def member(is_member: bool, *groups: str, **timeframe: Any) -> Json:
    raw: Json = {
        "type": "profile-group-membership",
        "is_member": is_member,
        "group_ids": list(groups),
    }
    return raw | ({"timeframe_filter": {"type": "date"} | timeframe} if timeframe else {})
