"""Filters and the conditions in them (semantics A.1, A.6, E1)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from tests.reference.asking import Asking
from tests.reference.consent import has_consent
from tests.reference.date_filters import CALENDAR, passes_calendar, passes_date
from tests.reference.filters import passes_any
from tests.reference.instants import UNITS
from tests.reference.known import lives_near, of_thing, output, owns, permitted, predicted
from tests.reference.person import Event
from tests.reference.value_filters import compared, passes_value

EUROPEAN_UNION = (
    *("AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR", "HU", "IE"),
    *("IT", "LV", "LT", "LU", "MT", "NL", "PL", "PT", "RO", "SK", "SI", "ES", "SE"),
)


def passes(question: dict[str, Any] | None, asking: Asking) -> bool:
    """All groups hold, one condition in each; nothing asked holds."""
    groups = (question or {}).get("condition_groups") or []
    return all(
        _group(group["conditions"], asking.at_place(f"{asking.place}{i}"))
        for i, group in enumerate(groups)
    )


def _group(conditions: list[dict[str, Any]], asking: Asking) -> bool:
    if not conditions:
        return True
    answers = [
        CONDITIONS[condition["type"]](condition, asking.at_place(f"{asking.place}.{i}"))
        for i, condition in enumerate(conditions)
    ]
    return any(answers)


def _property(condition: dict[str, Any], asking: Asking) -> bool:
    return passes_any(condition["filter"], asking.person.get(condition["property"]), asking.now)


def _event_property(condition: dict[str, Any], asking: Asking) -> bool:
    if asking.event is None:
        return False
    return passes_any(condition["filter"], _of_event(asking.event, condition["field"]), asking.now)


def _of_event(event: Event, name: str) -> Any:
    return event.value if name == "$value" else event.properties.get(name)


def _metric(condition: dict[str, Any], asking: Asking) -> bool:
    counted = [
        event
        for event in asking.person.past(condition["metric_id"], asking.now)
        if _in_time(condition["timeframe_filter"], event, asking)
        and all(_fits(one, event) for one in condition.get("metric_filters") or [])
    ]
    wanted = condition["measurement_filter"]
    amount = float(len(counted))
    if condition["measurement"] == "sum":
        amount = sum(event.value or 0.0 for event in counted)
    return compared(wanted["operator"], amount, wanted["value"])


def _in_time(timeframe: dict[str, Any], event: Event, asking: Asking) -> bool:
    if timeframe["operator"] == "alltime":
        return True
    if timeframe["operator"] == "flow-start":
        return not asking.entering and event.at > asking.entered_at
    if timeframe["operator"] in CALENDAR:
        return passes_calendar(timeframe, event.at.isoformat(), asking.now)
    return passes_date(timeframe, event.at, asking.now)


def _fits(one: dict[str, Any], event: Event) -> bool:
    compare = one.get("filter")
    return compare is None or passes_value(compare, _of_event(event, one["property"]))


def _membership(condition: dict[str, Any], asking: Asking) -> bool:
    person = asking.person
    joined = (person.lists | person.segments).items()
    groups = {name: at for name, at in joined if at <= asking.now}
    joined = [groups[name] for name in condition["group_ids"] if name in groups]
    if not condition["is_member"]:
        return not joined
    timeframe = condition.get("timeframe_filter")
    if timeframe is None:
        return bool(joined)
    return any(passes_date(timeframe, at, asking.now, end_excluded=True) for at in joined)


def _region(condition: dict[str, Any], asking: Asking) -> bool:
    country = asking.person.get("country")
    if country is None:
        return False
    inside = (
        country in EUROPEAN_UNION if condition["region"] == "european_union" else (country == "US")
    )
    return inside == condition["in_region"]


def _sample(condition: dict[str, Any], asking: Asking) -> bool:
    visit = None if asking.rules.get("sample_sticky") else asking.visit
    drawn = asking.chance(asking.flow, asking.action, f"sample {asking.place}", visit)
    return drawn * 100 < condition["percentage"]


def _not_sent(channel: str) -> Callable[[dict[str, Any], Asking], bool]:
    def not_sent(condition: dict[str, Any], asking: Asking) -> bool:
        times = [at for one, at in asking.person.sent if one == channel and at <= asking.now]
        return not _any_within(times, condition["timeframe_filter"], asking.now)

    return not_sent


def _not_in_flow(condition: dict[str, Any], asking: Asking) -> bool:
    """Only runs before this one count."""
    times = [entry.entered_at for entry in asking.before]
    return not _any_within(times, condition["timeframe_filter"], asking.now)


def _any_within(times: list[datetime], timeframe: dict[str, Any], now: datetime) -> bool:
    if timeframe["operator"] == "alltime":
        return bool(times)
    span = timeframe["quantity"] * UNITS[timeframe["unit"]]
    return any(now - span <= at <= now for at in times)


CONDITIONS: dict[str, Callable[[dict[str, Any], Asking], bool]] = {
    "profile-property": _property,
    "metric-property": _event_property,
    "price-drop-property": _event_property,
    "low-inventory-property": _event_property,
    "profile-metric": _metric,
    "profile-group-membership": _membership,
    "profile-marketing-consent": has_consent,
    "profile-region": _region,
    "profile-sample": _sample,
    "profile-not-sent-email": _not_sent("email"),
    "profile-not-sent-sms": _not_sent("sms"),
    "profile-not-sent-push": _not_sent("push"),
    "profile-not-in-flow": _not_in_flow,
    "profile-predictive-analytics": predicted,
    "profile-permissions": permitted,
    "profile-has-custom-object": owns,
    "profile-postal-code-distance": lives_near,
    "action-output": output,
    "custom-object-trigger-property": of_thing,
}
