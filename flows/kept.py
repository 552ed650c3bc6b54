"""Parts read from JSON so that they write themselves as they were written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flows.part import Part, as_written, keep_written

Parts = tuple[str | int, ...]
Difference = tuple[Parts, Any, Any]
"""The way to a place, what was written there, and what reading made of it."""


def remember(part: Part, raw: Any) -> None:
    """Let a part and all parts inside it keep the JSON that they were read from."""
    for inner, written in _inside(part, raw):
        keep_written(inner, written)


def _inside(value: Any, raw: Any) -> Iterator[tuple[Part, dict[str, Any]]]:
    """Each part below a value, with the object it was read from."""
    waiting = [(value, raw)]
    while waiting:
        held, written = waiting.pop()
        if isinstance(held, Part):
            if isinstance(written, dict):
                yield held, written
                waiting += _paired(held.__dict__, written)
        elif isinstance(held, dict):
            if isinstance(written, dict):
                waiting += _paired(held, written)
        elif isinstance(written, list) and len(held) == len(written):
            waiting += (pair for pair in zip(held, written, strict=True) if _holds(pair[0]))


def _holds(value: Any) -> bool:
    return isinstance(value, Part | dict | tuple | list)


def _paired(held: dict[str, Any], written: dict[str, Any]) -> Iterator[tuple[Any, Any]]:
    for key, value in held.items():
        if key in written and _holds(value):
            yield value, written[key]


def differences(value: Any, raw: Any, parts: Parts = ()) -> Iterator[Difference]:
    """What reading made something else of, such as the text "5" taken for a number.

    Whole numbers may be written as 5.0, and any number where a number is wanted.
    """
    if isinstance(value, Part | dict) and isinstance(raw, dict):
        held = value.__dict__ if isinstance(value, Part) else value
        for key, written in raw.items():
            if key in held and held[key] is not written:
                yield from differences(held[key], written, (*parts, key))
    elif isinstance(value, tuple | list) and isinstance(raw, list) and len(value) == len(raw):
        for i, (entry, written) in enumerate(zip(value, raw, strict=True)):
            if entry is not written:
                yield from differences(entry, written, (*parts, i))
    elif not _same(value, raw):
        yield parts, raw, value


def _same(value: Any, raw: Any) -> bool:
    if isinstance(value, bool) or isinstance(raw, bool):
        return value is raw
    if isinstance(value, float) and isinstance(raw, int):
        return value == float(raw)
    return bool(value == raw)


def misread(part: Part) -> Iterator[Difference]:
    """The differences between a part and what it was read from, for a changed copy too."""
    raw, original = as_written(part) or ({}, part)
    if raw and original is None:
        yield from differences(part, raw)
        return
    for key in type(part).model_fields:
        value = part.__dict__[key]
        if key in raw and original and original.__dict__[key] is value:
            yield from differences(value, raw[key], (key,))
        else:
            yield from _misread_in(value, (key,))


def _misread_in(value: Any, parts: Parts) -> Iterator[Difference]:
    if isinstance(value, Part):
        for inner, raw, held in misread(value):
            yield (*parts, *inner), raw, held
    elif isinstance(value, tuple | list):
        for i, entry in enumerate(value):
            yield from _misread_in(entry, (*parts, i))
    elif isinstance(value, dict):
        for key, entry in value.items():
            yield from _misread_in(entry, (*parts, key))
