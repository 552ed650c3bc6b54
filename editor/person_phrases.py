"""Conditions on where people live, what they have and what is predicted of them, with blanks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from editor.phrases import DATE_SPANS, Blank, Json, Phrase, choice, put, span_of, span_phrase
from editor.value_phrases import OWNED, count_phrase, number_phrase
from flows.conditions.predictive import PREDICTION_WORDS
from flows.rules import CHANNEL_WORDS

_UNITS = {"kilometers": "km", "miles": "miles"}
_NEAR = {"less-than": "less than", "greater-than": "more than"}
_PREDICTIONS = {
    **PREDICTION_WORDS,
    **{f"{key}/rank": f"rank of {name}" for key, name in CHANNEL_WORDS.items()},
    **{f"{key}/priority": f"place of {name}" for key, name in CHANNEL_WORDS.items()},
}
_GENDERS = {"likely_female": "likely female", "likely_male": "likely male",
            "uncertain": "uncertain"}  # fmt: skip
_RANKS = {"high": "high", "medium": "medium", "low": "low"}
_IS = {"equals": "is", "not-equals": "is not"}
_REACHABLE = {
    "explicitly_reachable": "has allowed",
    "implicitly_reachable": "did not allow, but can be reached by",
    "implicitly_or_explicitly_reachable": "can be reached by",
    "explicitly_unreachable": "has refused",
    "implicitly_unreachable": "did not refuse, but cannot be reached by",
    "implicitly_or_explicitly_unreachable": "cannot be reached by",
}
_WHATSAPP = {
    "whatsapp_marketing": "marketing over WhatsApp",
    "whatsapp_transactional": "transactional messages over WhatsApp",
}


def _same(condition: Json) -> Json:
    return condition


def _blank(condition: Json, key: str, label: str, kind: Any = "text") -> Blank:
    return Blank(label=label, kind=kind, value=condition.get(key), fill=put(condition, key, _same))


def distance(condition: Json) -> Phrase:
    """“lives less than 10 miles from 02116 in US”."""
    held: Json = condition.get("filter") or {}

    def lift(inner: Json) -> Json:
        return {**condition, "filter": inner}

    return (
        "lives",
        choice("How far", held.get("operator"), _NEAR, put(held, "operator", lift)),
        Blank(label="Distance", kind="number", value=held.get("value"),
              fill=put(held, "value", lift)),
        choice("Unit", condition.get("unit"), _UNITS, put(condition, "unit", _same)),
        "from",
        _blank(condition, "postal_code", "Postal code"),
        "in",
        _blank(condition, "country_code", "Country"),
    )  # fmt: skip


def owned(condition: Json) -> Phrase:
    """“has at least once objects of the type OT1”; its tests stand in rows below."""
    held: Json = condition.get("filter") or {}
    return (
        "has",
        *count_phrase(held, lambda inner: {**condition, "filter": inner}, OWNED, "objects"),
        "of the type",
        _blank(condition, "object_type_id", "Type of object"),
    )


def permission(condition: Json) -> Phrase:
    """“has allowed marketing over WhatsApp”; filters stand in rows below."""
    held: Json = condition.get("permission") or {}

    def fill(status: str) -> Json:
        """Only who said so explicitly did it at some time, in some way."""
        explicit = status.startswith("explicitly")
        made: Json = {"reachable_status": status}
        return {**condition, "permission": made | ({"filters": held.get("filters") or []}
                                                   if explicit else {})}  # fmt: skip

    return (
        choice("Permission", held.get("reachable_status"), _REACHABLE, fill),
        choice("Channel", condition.get("channel"), _WHATSAPP, put(condition, "channel", _same)),
    )


def by_property_id(condition: Json) -> Phrase:
    """“property 12 of the object”, for what follows."""
    return ("property", _blank(condition, "property_id", "Number of the property", "number"))


def by_field(condition: Json) -> Phrase:
    """“Plan of Subscription”, for what follows."""
    return (
        _blank(condition, "field", "Property"),
        "of",
        _blank(condition, "custom_object_label", "Object"),
    )


def predicted(condition: Json) -> Phrase:
    """“probability of churn is less than 0.2”, and the other four forms."""
    key = _prediction(condition)
    which = choice("Prediction", key, _PREDICTIONS, _prediction_of)
    return (which, *_asked(key, condition.get("filter") or {}, condition))


def _prediction(condition: Json) -> str:
    if condition.get("dimension") == "channel_affinity":
        return f"{condition.get('predicted_channel')}/{condition.get('measurement')}"
    return str(condition.get("dimension"))


def _prediction_of(key: str) -> Json:
    """A condition on this prediction, with a filter of the kind that it takes."""
    made: Json = {"type": "profile-predictive-analytics"}
    channel, _, measurement = key.partition("/")
    if measurement:
        made |= {"dimension": "channel_affinity", "measurement": measurement,
                 "predicted_channel": channel}  # fmt: skip
        return made | {"filter": _FIRST[measurement]}
    return made | {"dimension": key, "filter": _FIRST.get(key, _FIRST["number"])}


_FIRST: dict[str, Json] = {
    "number": {"type": "numeric", "operator": "greater-than", "value": 1},
    "expected_date_of_next_purchase": span_of("in-the-next", {}),
    "predicted_gender": {"type": "string", "operator": "equals", "value": "likely_female"},
    "rank": {"type": "string", "operator": "equals", "value": "high"},
    "priority": {"type": "numeric", "operator": "equals", "value": 1},
}


def _asked(key: str, held: Json, condition: Json) -> Phrase:
    def lift(inner: Json) -> Json:
        return {**condition, "filter": inner}

    def words(label: str, options: dict[str, str]) -> Phrase:
        return (
            choice("Operator", held.get("operator"), _IS, put(held, "operator", lift)),
            choice(label, held.get("value"), options, put(held, "value", lift)),
        )

    if key.endswith("/priority"):
        place = Blank(label="Place", kind="number", value=held.get("value"),
                      fill=put(held, "value", lift))  # fmt: skip
        return "is", place
    if key.endswith("/rank"):
        return words("Rank", _RANKS)
    if key == "predicted_gender":
        return words("Gender", _GENDERS)
    if key == "expected_date_of_next_purchase":
        return span_phrase(held, DATE_SPANS, lift)
    return number_phrase(held, lift)


PERSON_PHRASES: dict[str, Callable[[Json], Phrase]] = {
    "profile-postal-code-distance": distance,
    "profile-has-custom-object": owned,
    "profile-permissions": permission,
    "profile-predictive-analytics": predicted,
}
"""The sentence of each kind, by type."""
