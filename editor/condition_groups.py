"""A filter as groups of conditions: all groups must hold, in a group one is enough."""

from __future__ import annotations

from editor.phrases import Json

PROFILE_KINDS: dict[str, str] = {
    "profile-metric": "What someone has done (or not)",
    "profile-property": "A property of the person",
    "profile-group-membership": "In a list or segment",
    "profile-marketing-consent": "May receive marketing",
    "profile-sample": "A random sample",
    "profile-region": "Where someone lives",
    "profile-not-sent-email": "Not sent an email",
    "profile-not-sent-sms": "Not sent an SMS",
}
"""What a new condition about a person may be, in the order of use."""
ENTRY_KINDS = {**PROFILE_KINDS, "profile-not-in-flow": "Not been in this flow"}
"""The same for the filter of a whole flow."""
EVENT_KINDS: dict[str, str] = {"metric-property": "A property of the event"}
OUTPUT_KINDS: dict[str, str] = {"action-output": "An output of code"}

_SINCE_START: Json = {"type": "date", "operator": "flow-start"}
_LAST_30: Json = {"type": "date", "operator": "in-the-last", "unit": "day", "quantity": 30}
_FRESH: dict[str, Json] = {
    "profile-metric": {
        "metric_id": "Placed Order",
        "measurement": "count",
        "measurement_filter": {"type": "numeric", "operator": "equals", "value": 0},
        "timeframe_filter": _SINCE_START,
        "metric_filters": None,
    },
    "profile-property": {
        "property": "country",
        "filter": {"type": "string", "operator": "equals", "value": ""},
    },
    "metric-property": {
        "metric_id": "",
        "field": "$value",
        "filter": {"type": "numeric", "operator": "greater-than", "value": 100},
    },
    "action-output": {
        "output_config_id": 1,
        "field": "",
        "filter": {"type": "string", "operator": "equals", "value": ""},
    },
    "profile-group-membership": {"is_member": True, "group_ids": []},
    "profile-marketing-consent": {
        "consent": {
            "channel": "email",
            "can_receive_marketing": True,
            "consent_status": {"subscription": "subscribed"},
        }
    },
    "profile-sample": {"percentage": 50},
    "profile-region": {"in_region": True, "region": "european_union"},
    "profile-not-in-flow": {"timeframe_filter": _LAST_30},
    "profile-not-sent-email": {"timeframe_filter": _LAST_30},
    "profile-not-sent-sms": {"timeframe_filter": _LAST_30},
}


def new_condition(kind: str, metric: str = "") -> Json:
    """A fresh condition; one about an event's property names the metric it belongs to."""
    made: Json = {"type": kind, **_FRESH[kind]}
    return made | {"metric_id": metric} if kind == "metric-property" else made


def groups_of(written: Json | None) -> list[list[Json]]:
    """The conditions of each group; a missing filter has none."""
    groups = (written or {}).get("condition_groups") or []
    return [list(group.get("conditions") or []) for group in groups]


def with_condition(written: Json | None, group: int | None, condition: Json) -> Json:
    """One more condition: OR within that group, or AND as a group of its own for None."""
    groups = groups_of(written)
    if group is None:
        groups.append([condition])
    else:
        groups[group].append(condition)
    return _filter(written, groups)


def with_changed(written: Json | None, at: tuple[int, int], condition: Json) -> Json:
    """Another condition at (group, place)."""
    groups = groups_of(written)
    groups[at[0]][at[1]] = condition
    return _filter(written, groups)


def without_condition(written: Json | None, at: tuple[int, int]) -> Json | None:
    """Without the condition at (group, place); an empty group goes, an empty filter is None."""
    groups = groups_of(written)
    del groups[at[0]][at[1]]
    kept = [group for group in groups if group]
    return _filter(written, kept) if kept else None


def _filter(written: Json | None, groups: list[list[Json]]) -> Json:
    """The filter with other groups; whatever else was written in it and in them stays."""
    old = (written or {}).get("condition_groups") or []
    made = [
        {**(old[i] if i < len(old) and len(groups) >= len(old) else {}), "conditions": group}
        for i, group in enumerate(groups)
    ]
    return {**(written or {}), "condition_groups": made}
