"""What is wrong with a JSON document, by its place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, ValidationError


def complaint(error: ValidationError) -> str:
    """The first thing that is wrong, as in “$.rules.limits.email: input should be an integer.”"""
    first = error.errors()[0]
    return f"{path_of(first['loc'])}: {first['msg'][:1].lower()}{first['msg'][1:]}."


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
