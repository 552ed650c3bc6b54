"""Outputs of a code step as rows of a table: a name, a type and a value each."""

from __future__ import annotations

from collections import Counter
from typing import Any

from editor.phrases import Json

KINDS = {"string": "text", "numeric": "a number", "boolean": "yes or no", "list": "a list"}
_FIRST: dict[str, Any] = {"string": "", "numeric": 0, "boolean": True, "list": []}


def rows_of(outputs: Json) -> list[Json]:
    """A row for each output; what no row can hold is kept as it is."""
    return [{"name": name, "kind": _kind(value), "value": value} for name, value in outputs.items()]


def outputs_of(rows: list[Json]) -> Json:
    """The outputs of the rows; a row without a name gives none."""
    return {str(row["name"]): row["value"] for row in rows if row["name"]}


def fault_of(rows: list[Json]) -> str:
    """What is wrong with the rows, "" for nothing."""
    names = Counter(str(row["name"]) for row in rows)
    twice = next((name for name, count in names.items() if name and count > 1), None)
    if twice:
        return f"“{twice}” stands there twice."
    nameless = any(not row["name"] and row["value"] not in ("", None, []) for row in rows)
    return "Give each output a name." if nameless else ""


def first_value(kind: str) -> Any:
    """The value that a type begins with."""
    return _FIRST[kind]


def _kind(value: Any) -> str:
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int | float):
        return "numeric"
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return "list"
    return "string" if isinstance(value, str) else "kept"
