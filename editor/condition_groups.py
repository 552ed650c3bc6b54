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
    "profile-not-sent-push": "Not sent a push notification",
    "profile-postal-code-distance": "How far someone lives from a place",
    "profile-predictive-analytics": "What is predicted of someone",
    "profile-has-custom-object": "Has objects, such as bookings",
    "profile-permissions": "May be reached over WhatsApp",
}
"""What a new condition about a person may be, in the order of use."""
ENTRY_KINDS = {**PROFILE_KINDS, "profile-not-in-flow": "Not been in this flow"}
"""The same for the filter of a whole flow."""
EVENT_KINDS: dict[str, str] = {"metric-property": "A property of the event"}
OBJECT_KINDS: dict[str, str] = {
    "custom-object-trigger-property": "A property of the object",
    "custom-object-property": "A property of the object, by name",
}
STARTED_KINDS: dict[str, dict[str, str]] = {
    "metric": EVENT_KINDS,
    "price-drop": {"price-drop-property": "A property of the price drop"},
    "low-inventory": {"low-inventory-property": "A property of the low stock"},
    "date/custom-object": OBJECT_KINDS,
}
"""What may be asked of what started a run, by the kind of trigger."""
PATH_KINDS: dict[str, dict[str, str]] = {
    "metric": EVENT_KINDS,
    "date/custom-object": {"custom-object-trigger-property": "A property of the object"},
}
"""The same for the paths of a multi split."""
OUTPUT_KINDS: dict[str, str] = {"action-output": "An output of code"}

_SINCE_START: Json = {"type": "date", "operator": "flow-start"}
_TEXT: Json = {"type": "string", "operator": "equals", "value": ""}
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
    "profile-not-sent-push": {"timeframe_filter": _LAST_30},
    "profile-postal-code-distance": {
        "country_code": "US",
        "postal_code": "10001",
        "unit": "miles",
        "filter": {"type": "numeric", "operator": "less-than", "value": 25},
    },
    "profile-predictive-analytics": {
        "dimension": "churn_probability",
        "filter": {"type": "numeric", "operator": "greater-than", "value": 0.5},
    },
    "profile-has-custom-object": {
        "object_type_id": "",
        "object_type_relationship_id": "",
        "filter": {"type": "numeric", "operator": "greater-than-or-equal", "value": 1},
        "filters": [],
    },
    "profile-permissions": {
        "permission": {"reachable_status": "implicitly_or_explicitly_reachable"},
        "channel": "whatsapp_marketing",
    },
    "price-drop-property": {
        "metric_id": None,
        "field": "Price",
        "filter": {"type": "numeric", "operator": "less-than", "value": 100},
    },
    "low-inventory-property": {
        "metric_id": None,
        "field": "Inventory",
        "filter": {"type": "numeric", "operator": "less-than", "value": 5},
    },
    "custom-object-trigger-property": {"property_id": 1, "filter": _TEXT},
    "custom-object-property": {"custom_object_label": "", "field": "", "filter": _TEXT},
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
