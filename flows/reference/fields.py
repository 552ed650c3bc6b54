"""The fields of a part in words: name, what may stand there, what holds without it."""

from __future__ import annotations

import json
import types
from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo
from pydantic_core import to_jsonable_python

from flows.actions.base import Action, BooleanLinks, Links
from flows.conditions import Filter
from flows.filters import ValueTest
from flows.part import Part
from flows.reference.meanings import meaning

_PLAIN = {
    str: "text",
    int: "whole number",
    float: "number",
    bool: "true or false",
    datetime: "moment",
    dict: "object",
    type(None): "null",
}
_SKIPPED = {"type", "temporary_id", "links"}
Row = tuple[str, str, str]
Field = tuple[str, type[Part], str, FieldInfo]


def rows(part: type[Part], prefix: str = "") -> Iterator[Row]:
    """Name, type and default of each field, those of inner parts by dotted names."""
    for name, _, _, field in fields(part, prefix):
        yield name, _type(field.annotation), _default(field)


def fields(part: type[Part], prefix: str = "") -> Iterator[Field]:
    """Each field with its dotted name, the part that has it and its name there."""
    for name, field in part.model_fields.items():
        if not prefix and (name in _SKIPPED or (name == "id" and issubclass(part, Action))):
            continue
        many = "[]" if _is_many(field.annotation) else ""
        inner = [
            kind for kind in _parts(field.annotation) if not issubclass(kind, Filter | ValueTest)
        ]
        yield f"{prefix}{name}", part, name, field
        if len(inner) == 1:
            yield from fields(inner[0], f"{prefix}{name}{many}.")


def table(part: type[Part]) -> str:
    """The fields as a Markdown table."""
    lines = [
        f"| `{name}` | {_type(field.annotation)} | {_default(field)} | {meaning(owner, key)} |"
        for name, owner, key, field in fields(part)
    ]
    if not lines:
        return "No fields.\n"
    head = ["| field | what | default | meaning |", "|---|---|---|---|"]
    return "\n".join([*head, *lines]) + "\n"


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "required"
    value = field.get_default(call_default_factory=True)
    if isinstance(value, Part):
        return "see below"
    if value is None:
        return ""
    return f"`{json.dumps(value, default=to_jsonable_python, ensure_ascii=False)}`"


def _type(annotation: Any) -> str:
    """What may stand in a field, in words."""
    annotation = _bare(annotation)
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return ", ".join(f"`{value}`" for value in arguments)
    if origin in (Union, types.UnionType):
        words = dict.fromkeys(_type(one) for one in arguments)
        return " or ".join(sorted(words, key=lambda word: word == "null"))
    if origin in (tuple, list):
        return f"list of {_type(arguments[0])}"
    return _one(origin or annotation)


def _one(kind: Any) -> str:
    if isinstance(kind, type) and issubclass(kind, Filter):
        return "filter"
    if isinstance(kind, type) and issubclass(kind, ValueTest):
        return "value filter"
    if isinstance(kind, type) and issubclass(kind, Part):
        name = getattr(kind.model_fields.get("type"), "default", None)
        return f"`{name}`" if isinstance(name, str) else "object"
    return _PLAIN.get(kind, "anything")


def _bare(annotation: Any) -> Any:
    while get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    return annotation


def _is_many(annotation: Any) -> bool:
    annotation = _bare(annotation)
    if get_origin(annotation) in (Union, types.UnionType):
        return any(_is_many(one) for one in get_args(annotation))
    return get_origin(annotation) in (tuple, list)


def _parts(annotation: Any) -> list[type[Part]]:
    """The inner parts of a field that have fields of their own to list."""
    annotation = _bare(annotation)
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return [] if issubclass(annotation, Links | BooleanLinks) else [annotation]
    found = [part for one in get_args(annotation) for part in _parts(one)]
    return [part for i, part in enumerate(found) if part not in found[:i]]
