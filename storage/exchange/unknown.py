"""What is wrong with a JSON document, by its place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, ValidationError


def complaint(error: ValidationError) -> str:
    """The first thing that is wrong, as in “$.rules.limits.email: this is no whole number.”"""
    first = error.errors()[0]
    told = first["msg"][:1].lower() + first["msg"][1:]
    kind = str(first["type"])
    said = next((words for name, words in _WORDS.items() if kind.startswith(name)), told)
    said = said.replace("input should be", "this has to be")
    return f"{path_of(first['loc'])}: {said}."


_WORDS = {
    "int_": "this is no whole number",
    "float_": "this is no number",
    "bool_": "this is neither true nor false",
    "string_type": "this is no text",
    "datetime_": "this is no time",
    "date_": "this is no date",
    "missing": "this is missing",
    "dict_type": "this has to be an object in braces",
    "model_": "this has to be an object in braces",
    "list_type": "this has to be a list in brackets",
    "tuple_type": "this has to be a list in brackets",
}
"""By the beginning of an error's type, what to say in the place of pydantic's words."""


def path_of(steps: tuple[str | int, ...]) -> str:
    """A place as a JSON path."""
    return "$" + "".join(f"[{s}]" if isinstance(s, int) else f".{s}" for s in steps)


def unknown_keys(part: BaseModel, *above: str | int) -> Iterator[str]:
    """The JSON path of every key that has no meaning, in document order."""
    for name in part.model_extra or {}:
        yield path_of((*above, name))
    for name in type(part).model_fields:
        yield from _inside(getattr(part, name), (*above, name))


def _inside(value: Any, above: tuple[str | int, ...]) -> Iterator[str]:
    if isinstance(value, BaseModel):
        yield from unknown_keys(value, *above)
    elif isinstance(value, dict):
        for key, held in value.items():
            yield from _inside(held, (*above, key))
    elif isinstance(value, list | tuple):
        for place, held in enumerate(value):
            yield from _inside(held, (*above, place))
