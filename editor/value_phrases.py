"""Value filters as sentences with blanks: an operator, then what it compares with."""

from __future__ import annotations

from typing import Any

from editor.phrases import (
    DATE_SPANS,
    SPANS,
    Blank,
    Json,
    Lift,
    Phrase,
    choice,
    put,
    span_of,
    span_rest,
)

OPERATORS: dict[str, str] = {
    "string:equals": "is",
    "string:not-equals": "is not",
    "string:contains": "contains",
    "string:not-contains": "does not contain",
    "string:starts-with": "starts with",
    "string:not-starts-with": "does not start with",
    "string:ends-with": "ends with",
    "string:not-ends-with": "does not end with",
    "string:in": "is one of",
    "string:not-in": "is none of",
    "string:regex": "matches the pattern",
    "string:nregex": "does not match the pattern",
    "string:phone-country-code-in": "is a number of the countries",
    "string:phone-country-code-not-in": "is no number of the countries",
    "numeric:equals": "equals",
    "numeric:not-equals": "does not equal",
    "numeric:greater-than": "is more than",
    "numeric:greater-than-or-equal": "is at least",
    "numeric:less-than": "is less than",
    "numeric:less-than-or-equal": "is at most",
    "numeric:between": "is between",
    "boolean:true": "is true",
    "boolean:false": "is false",
    "list:contains": "has the item",
    "list:not-contains": "has not the item",
    "list:contains-any": "has any of",
    "list:contains-all": "has all of",
    "list:not-contains-any": "has none of",
    "list:not-contains-all": "lacks some of",
    "list:contains-substring": "has an item with",
    "list:not-contains-substring": "has no item with",
    "list:length-equals": "has this many items:",
    "list:length-greater-than": "has more items than",
    "list:length-greater-than-or-equal": "has at least so many items:",
    "list:length-less-than": "has fewer items than",
    "list:length-less-than-or-equal": "has at most so many items:",
    "existence:is-set": "is set",
    "existence:not-set": "is not set",
} | {f"date:{key}": word for key, word in SPANS.items() if key in DATE_SPANS}
"""Every operator in words, by type and operator (semantics A.9)."""
_MANY = {
    "string:in",
    "string:not-in",
    "string:phone-country-code-in",
    "string:phone-country-code-not-in",
    "list:contains-any",
    "list:contains-all",
    "list:not-contains-any",
    "list:not-contains-all",
}
COUNTS: dict[str, str] = {
    "at-least-once": "at least once",
    "zero-times": "zero times",
    "equals": "exactly",
    "greater-than-or-equal": "at least",
    "less-than-or-equal": "at most",
    "greater-than": "more than",
    "less-than": "fewer than",
    "not-equals": "not exactly",
}


def operator_of(value_filter: Json) -> str:
    """The operator's key in OPERATORS, as in `string:equals`."""
    kind, operator = value_filter.get("type", ""), value_filter.get("operator", "")
    if kind == "boolean":
        return f"boolean:{'true' if value_filter.get('value') else 'false'}"
    return f"{kind}:{operator}"


def value_phrase(value_filter: Json, lift: Lift) -> Phrase:
    """The operator and the values it asks for."""
    key = operator_of(value_filter)
    known = OPERATORS if key in OPERATORS else {**OPERATORS, key: key}
    operator = choice("Operator", key, known, lambda new: lift(value_of(new, value_filter)))
    return (operator, *_operands(value_filter, key, lift))


def value_of(key: str, old: Json) -> Json:
    """A filter with this operator that keeps the old operand where it fits."""
    kind, operator = key.split(":", 1)
    if kind == "boolean":
        return {"type": kind, "operator": "equals", "value": operator == "true"}
    if kind == "existence":
        return {"type": kind, "operator": operator}
    if kind == "date":
        return span_of(operator, old)
    if key == "numeric:between":
        return {"type": kind, "operator": operator, "start": 0, "end": _as_number(old, 10)}
    return {"type": kind, "operator": operator, "value": _operand(key, old)}


OWNED: dict[str, str] = COUNTS | {"at-least-once": "an object", "zero-times": "no object"}
"""The same words where objects are counted."""


def count_phrase(
    measured: Json, lift: Lift, words: dict[str, str] = COUNTS, unit: str = "times"
) -> Phrase:
    """How often: “at least once”, “zero times”, or a comparison with a number of the unit."""
    word = _count_word(measured)
    blank = choice("How often", word, words, lambda new: lift(_count_of(new, measured)))
    if word in {"at-least-once", "zero-times"}:
        return (blank,)
    times = Blank(
        label="Times", kind="number", value=measured.get("value"), fill=put(measured, "value", lift)
    )
    return blank, times, unit


def number_phrase(measured: Json, lift: Lift) -> Phrase:
    """A comparison with a number, and nothing else."""
    words = {key.split(":")[1]: word for key, word in OPERATORS.items() if key[:8] == "numeric:"}
    key = str(measured.get("operator"))
    operator = choice(
        "Operator", key, words, lambda new: lift(value_of(f"numeric:{new}", measured))
    )
    return (operator, *_operands(measured, f"numeric:{key}", lift))


def _count_word(measured: Json) -> str:
    pair = (measured.get("operator"), measured.get("value"))
    if pair in {("greater-than-or-equal", 1), ("greater-than", 0)}:
        return "at-least-once"
    return "zero-times" if pair == ("equals", 0) else str(pair[0])


def _count_of(word: str, old: Json) -> Json:
    if word == "at-least-once":
        return {"type": "numeric", "operator": "greater-than-or-equal", "value": 1}
    if word == "zero-times":
        return {"type": "numeric", "operator": "equals", "value": 0}
    return {"type": "numeric", "operator": word, "value": max(_as_number(old, 2), 2)}


def _operands(value_filter: Json, key: str, lift: Lift) -> Phrase:
    kind, operator = key.split(":", 1)
    if kind in {"boolean", "existence"}:
        return ()
    if kind == "date":
        return span_rest(value_filter, operator, lift)
    if key == "numeric:between":
        least, most = (
            Blank(label=label, kind="number", value=value_filter.get(name),
                  fill=put(value_filter, name, lift))
            for label, name in (("From", "start"), ("To", "end"))
        )  # fmt: skip
        return least, "and", most
    number = kind == "numeric" or operator.startswith("length-")
    return (
        Blank(
            label="Value",
            kind="texts" if key in _MANY else "number" if number else "text",
            value=value_filter.get("value"),
            fill=put(value_filter, "value", lift),
        ),
    )


def _operand(key: str, old: Json) -> Any:
    """The old operand in the shape that the operator asks for."""
    value = old.get("value")
    many = value if isinstance(value, list) else [] if value in (None, "") else [str(value)]
    if key in _MANY:
        return many
    if key.startswith("numeric:") or key.startswith("list:length-"):
        return _as_number(old, 1)
    return str(many[0]) if many and not isinstance(value, bool) else ""


def _as_number(old: Json, otherwise: float) -> float:
    value = old.get("value", otherwise)
    if isinstance(value, bool) or not isinstance(value, int | float):
        text = str(value)
        return int(text) if text.isdigit() else otherwise
    return value
