"""Comparisons of one value (semantics A.9). Nothing is coerced; unset never matches a negative."""

from __future__ import annotations

import re
from typing import Any

PREFIXES = {"+49": "DE", "+44": "GB", "+33": "FR", "+61": "AU", "+1416": "CA", "+1604": "CA"} | {
    f"+1{area}": "US" for area in ("202", "212", "512", "808")
}
"""The few beginnings of numbers that compared people have."""


def is_number(value: object) -> bool:
    """A number, and not a boolean."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def same(one: object, other: object) -> bool:
    """Equal without coercion: 1 is 1.0, but neither “1” nor true."""
    if is_number(one) and is_number(other):
        return one == other
    return type(one) is type(other) and one == other


def compared(operator: str, number: float, value: float) -> bool:
    """A comparison of two numbers."""
    answers = {
        "equals": number == value,
        "not-equals": number != value,
        "greater-than": number > value,
        "greater-than-or-equal": number >= value,
        "less-than": number < value,
        "less-than-or-equal": number <= value,
    }
    return answers[operator]


NEGATIVE = {"nregex": "regex", "phone-country-code-not-in": "phone-country-code-in"}


def passes_value(compare: dict[str, Any], value: object) -> bool:
    """Whether the value passes a filter of text, numbers, booleans, lists or existence.

    A negative form takes what is set and what the positive form refuses.
    """
    kind, operator = compare["type"], compare["operator"]
    if kind == "existence":
        return (value is not None) == (operator == "is-set")
    if value is None:
        return False
    if operator in NEGATIVE or operator.startswith("not-"):
        positive = NEGATIVE.get(operator) or operator.removeprefix("not-")
        return not passes_value(compare | {"operator": positive}, value)
    answers = {
        "string": lambda: isinstance(value, str) and _text(operator, value, compare["value"]),
        "numeric": lambda: is_number(value) and _number(compare, value),
        "boolean": lambda: isinstance(value, bool) and value == compare["value"],
        "list": lambda: isinstance(value, list) and _list(operator, value, compare["value"]),
    }
    return bool(answers[kind]())


def _text(operator: str, text: str, value: Any) -> bool:
    answers = {
        "equals": lambda: text == value,
        "in": lambda: text in value,
        "contains": lambda: value in text,
        "starts-with": lambda: text.startswith(value),
        "ends-with": lambda: text.endswith(value),
        "regex": lambda: re.search(value, text) is not None,
        "phone-country-code-in": lambda: phone_country(text) in value,
    }
    return answers[operator]()


def phone_country(phone: str) -> str | None:
    """The country of a number."""
    return next((code for start, code in PREFIXES.items() if phone.startswith(start)), None)


def _number(compare: dict[str, Any], number: Any) -> bool:
    if compare["operator"] == "between":
        return bool(compare["start"] <= number <= compare["end"])
    return compared(compare["operator"], number, compare["value"])


def _list(operator: str, items: list[object], value: Any) -> bool:
    if operator.startswith("length-"):
        return compared(operator.removeprefix("length-"), len(items), value)
    if operator == "contains":
        return any(same(item, value) for item in items)
    if operator == "contains-substring":
        return any(isinstance(item, str) and value in item for item in items)
    found = [any(same(item, wanted) for item in items) for wanted in value]
    return all(found) if operator == "contains-all" else any(found)
