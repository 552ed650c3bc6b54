"""What every part of a flow document has in common."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Self

from pydantic import BaseModel, ConfigDict
from pydantic_core import to_jsonable_python

_WRITTEN = "__written__"


class Part(BaseModel):
    """A frozen piece of a flow; keys we do not know are kept as they came.

    A part that was read remembers how it was written (`flows/kept.py`): the order of its keys, and
    the form of its numbers. A changed copy keeps that for all that was not changed.
    """

    __slots__ = (_WRITTEN,)
    model_config = ConfigDict(frozen=True, extra="allow", serialize_by_alias=True)

    def model_post_init(self, context: Any, /) -> None:
        """A part made in code tells its type in the document, as one that was read does."""
        if "type" in type(self).model_fields:
            self.__pydantic_fields_set__.add("type")

    def __copy__(self) -> Self:
        """A copy without what was computed from the original, for a copy may be changed."""
        copied = super().__copy__()
        for name in copied.__dict__.keys() - type(self).model_fields.keys():
            del copied.__dict__[name]
        written = as_written(self)
        if written is not None:
            object.__setattr__(copied, _WRITTEN, (written[0], written[1] or self))
        return copied

    def to_json(self) -> dict[str, Any]:
        """The part as it was written: what was absent stays absent, what was null stays null."""
        written = as_written(self)
        if written is None:
            return {key: plain(value) for key, value in _entries(self)}
        raw, original = written
        return dict(_edited(self, original, raw)) if original else plain(raw)


def as_written(part: Part) -> tuple[dict[str, Any], Part | None] | None:
    """The object that a part was read from, and the part read from it where this is a copy."""
    found: tuple[dict[str, Any], Part | None] | None = getattr(part, _WRITTEN, None)
    return found


def keep_written(part: Part, raw: dict[str, Any]) -> None:
    """Let the part, which was just read from `raw`, write itself in the same way."""
    object.__setattr__(part, _WRITTEN, (raw, None))


def plain(value: Any) -> Any:
    """A value of a field as JSON, in containers of its own."""
    if value is None or type(value) in _AS_THEY_ARE:
        return value
    if isinstance(value, Part):
        return value.to_json()
    if isinstance(value, dict):
        return {str(key): plain(held) for key, held in value.items()}
    if isinstance(value, list | tuple):
        return [plain(held) for held in value]
    return value if isinstance(value, float) else to_jsonable_python(value)


_AS_THEY_ARE = frozenset({str, int, float, bool})


def _entries(part: Part) -> Iterator[tuple[str, Any]]:
    """Each key that was set, as documents call it, with its value."""
    for name, field in type(part).model_fields.items():
        if name in part.model_fields_set:
            yield field.serialization_alias or field.alias or name, part.__dict__[name]
    yield from (part.model_extra or {}).items()


def _edited(part: Part, original: Part, raw: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """The keys in the order of `raw`, new ones last; what is as it was, as it was written."""
    now, before = dict(_entries(part)), dict(_entries(original))
    for key in (*(key for key in raw if key in now), *(key for key in now if key not in raw)):
        if key not in before or now[key] is not before[key]:
            yield key, plain(now[key])
        elif key in raw:
            yield key, plain(raw[key])
