"""Each kind of condition as a sentence with blanks; a kind we do not know has none."""

from __future__ import annotations

from collections.abc import Callable

from editor.person_phrases import PERSON_PHRASES, by_field, by_property_id
from editor.phrases import (
    EVENT_SPANS,
    JOINED_SPANS,
    SHORT_SPANS,
    SPANS,
    Blank,
    Json,
    Phrase,
    choice,
    put,
    span_of,
    span_phrase,
    span_rest,
)
from editor.value_phrases import count_phrase, number_phrase, value_phrase

_YES_NO = {True: "is", False: "is not"}
_REGIONS = {"european_union": "the European Union", "united_states": "the United States"}
_PERMISSIONS = {
    (True, "email", "any"): "can receive email marketing",
    (True, "email", "subscribed"): "is subscribed to email marketing",
    (True, "email", "never_subscribed"): "can receive email, but never subscribed",
    (False, "email", "any"): "cannot receive email marketing",
    (False, "email", "unsubscribed"): "unsubscribed from email marketing",
    (False, "email", "never_subscribed"): "cannot receive email and never subscribed",
    (False, "email", "subscribed"): "is subscribed to email, but suppressed",
    (True, "sms", "subscribed"): "is subscribed to SMS marketing",
    (False, "sms", "any"): "cannot receive SMS marketing",
    (False, "sms", "unsubscribed"): "unsubscribed from SMS marketing",
    (False, "sms", "never_subscribed"): "never subscribed to SMS marketing",
    (True, "push", "any"): "can receive push notifications",
    (False, "push", "any"): "cannot receive push notifications",
}


def condition_phrase(condition: Json) -> Phrase | None:
    """The condition as a sentence to fill; None for one that is kept as it is."""
    draw = _PHRASES.get(str(condition.get("type")))
    return draw(condition) if draw else None


def _metric(condition: Json) -> Phrase:
    measured: Json = condition.get("measurement_filter") or {}
    span: Json = condition.get("timeframe_filter") or {"type": "date", "operator": "alltime"}
    total = condition.get("measurement") == "sum"
    how = number_phrase if total else count_phrase
    return (
        choice(
            "What is measured",
            "sum" if total else "count",
            {"count": "has done", "sum": "has a total value of"},
            put(condition, "measurement", _same),
        ),
        Blank(
            label="Event",
            kind="metric",
            value=condition.get("metric_id"),
            fill=put(condition, "metric_id", _same),
        ),
        *how(measured, lambda inner: {**condition, "measurement_filter": inner}),
        *span_phrase(span, EVENT_SPANS, lambda inner: {**condition, "timeframe_filter": inner}),
    )


def _profile_property(condition: Json) -> Phrase:
    return (
        _property(condition, "property", _same, label="Property"),
        *value_phrase(condition.get("filter") or {}, lambda inner: {**condition, "filter": inner}),
    )


def _metric_property(condition: Json) -> Phrase:
    return (
        _property(condition, "field", _same, label="Event property"),
        *value_phrase(condition.get("filter") or {}, lambda inner: {**condition, "filter": inner}),
    )


def _output(condition: Json) -> Phrase:
    return (
        "output",
        Blank(
            label="Output",
            kind="text",
            value=condition.get("field"),
            fill=put(condition, "field", _same),
        ),
        "of code",
        Blank(
            label="Number of the outputs",
            kind="number",
            value=condition.get("output_config_id"),
            fill=put(condition, "output_config_id", _same),
        ),
        *value_phrase(condition.get("filter") or {}, lambda inner: {**condition, "filter": inner}),
    )


def _object_property(condition: Json) -> Phrase:
    return (
        *(by_field if "field" in condition else by_property_id)(condition),
        *value_phrase(condition.get("filter") or {}, lambda inner: {**condition, "filter": inner}),
    )


def _membership(condition: Json) -> Phrase:
    groups = condition.get("group_ids") or [""]

    def fill(member: bool) -> Json:
        """Only a member has a time of joining to ask for."""
        dropped = set() if member else {"timeframe_filter"}
        kept = {key: value for key, value in condition.items() if key not in dropped}
        return {**kept, "is_member": member}

    phrase: list[str | Blank] = [
        choice("Member", bool(condition.get("is_member")), _YES_NO, fill),
        "in",
    ]
    for at, group in enumerate(groups):
        phrase += ["or"] if at else []
        phrase.append(Blank(label="List or segment", kind="group", value=group,
                            fill=_put_group(condition, groups, at)))  # fmt: skip
    return (*phrase, *(_joined(condition) if condition.get("is_member") else ()))


def _put_group(condition: Json, groups: list[str], at: int) -> Callable[[str], Json]:
    """Puts a list at its place; all but the last one may be emptied, and are gone then."""

    def fill(chosen: str) -> Json:
        put_in = [
            *groups[:at],
            *([chosen] if chosen or len(groups) == 1 else []),
            *groups[at + 1 :],
        ]
        return {**condition, "group_ids": put_in}

    return fill


def _joined(condition: Json) -> Phrase:
    """When the person joined; at any time where nothing is asked."""
    span: Json = condition.get("timeframe_filter") or {}
    operator = str(span.get("operator", ""))
    kinds = {"": "at any time"} | {key: SPANS[key] for key in (*JOINED_SPANS, operator) if key}

    def fill(chosen: str) -> Json:
        return {**condition, "timeframe_filter": span_of(chosen, span) if chosen else None}

    when = choice("Joined", operator, kinds, fill)
    rest = span_rest(span, operator, lambda inner: {**condition, "timeframe_filter": inner})
    return "joined", when, *rest


def _consent(condition: Json) -> Phrase:
    consent: Json = condition.get("consent") or {}
    status: Json = consent.get("consent_status") or {}
    now = (consent.get("can_receive_marketing"), consent.get("channel"), status.get("subscription"))

    def fill(chosen: tuple[bool, str, str]) -> Json:
        """Another status; what was asked of how the old one came about is gone with it."""
        allowed, channel, subscription = chosen
        made: Json = {"channel": channel, "can_receive_marketing": allowed}
        made["consent_status"] = {"subscription": subscription}
        return {**condition, "consent": made}

    return (choice("Consent", now, _PERMISSIONS, fill),)


def _sample(condition: Json) -> Phrase:
    share = Blank(
        label="Percent",
        kind="number",
        value=condition.get("percentage"),
        fill=put(condition, "percentage", _same),
    )
    return "is in a random", share, "% of people"


def _region(condition: Json) -> Phrase:
    return (
        choice("In", bool(condition.get("in_region")), _YES_NO, put(condition, "in_region", _same)),
        "in",
        choice("Region", condition.get("region"), _REGIONS, put(condition, "region", _same)),
    )


def _not_since(words: str) -> Callable[[Json], Phrase]:
    def draw(condition: Json) -> Phrase:
        span: Json = condition.get("timeframe_filter") or {"type": "date", "operator": "alltime"}
        return (
            words,
            *span_phrase(span, SHORT_SPANS, lambda inner: {**condition, "timeframe_filter": inner}),
        )

    return draw


def _property(part: Json, key: str, lift: Callable[[Json], Json], *, label: str) -> Blank:
    return Blank(label=label, kind="property", value=part.get(key), fill=put(part, key, lift))


def _same(condition: Json) -> Json:
    return condition


_PHRASES: dict[str, Callable[[Json], Phrase]] = {
    "profile-metric": _metric,
    "profile-property": _profile_property,
    "metric-property": _metric_property,
    "price-drop-property": _metric_property,
    "low-inventory-property": _metric_property,
    "custom-object-property": _object_property,
    "custom-object-trigger-property": _object_property,
    "action-output": _output,
    "profile-group-membership": _membership,
    "profile-marketing-consent": _consent,
    "profile-sample": _sample,
    "profile-region": _region,
    "profile-not-in-flow": _not_since("has not been in this flow"),
    "profile-not-sent-email": _not_since("was not sent an email"),
    "profile-not-sent-sms": _not_since("was not sent an SMS"),
    "profile-not-sent-push": _not_since("was not sent a push notification"),
    **PERSON_PHRASES,
}
