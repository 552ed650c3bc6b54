"""Text to JSON, within limits; what cannot be read is a problem that says where."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from flows.digits import Source
from flows.kept import Parts
from flows.paths import path
from flows.problem import Problem

LARGEST = 5_000_000
"""Bytes of text that are read at most."""
DEEPEST = 200
"""Levels of nesting that are read at most."""


class RefusedError(Exception):
    """Problems that end the reading."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__()
        self.problems = problems


def refusal(code: str, where: str, text: str, fix: str = "") -> RefusedError:
    """The one problem, an error, that ends the reading."""
    return RefusedError(Problem(code=code, severity="error", where=where, text=text, fix=fix))


def parse(text: str | bytes, where: str) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    """The object that a text holds, and what is odd about it; RefusedError for any other text.

    `where` names the text, as in `flow.json:3:14`.
    """
    decoded = _decode(text, where)
    source = Source()
    document = _json(source, decoded, where)
    if source.unbounded or _deeper(document, DEEPEST) or not _sound(decoded):
        _look_through(document)
    if not isinstance(document, dict):
        raise refusal("D04", "$", "A flow is an object in braces; this is something else.")
    return document, tuple(_doubled(document, source)) if source.doubled else ()


def _decode(text: str | bytes, where: str) -> str:
    if len(text) > LARGEST:
        size = f"{LARGEST // 1_000_000} MB"
        raise refusal("D02", where, f"The document is larger than {size}.", "Is this a flow?")
    if isinstance(text, str):
        return text.removeprefix("\ufeff")
    try:
        return text.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = text.count(b"\n", 0, error.start) + 1
        place = f"{where}:{line}"
        raise refusal("D01", place, "The text is not UTF-8.", "Save it as UTF-8.") from None


def _json(source: Source, text: str, where: str) -> Any:
    try:
        return source.parse(text)
    except json.JSONDecodeError as error:
        place = f"{where}:{error.lineno}:{error.colno}"
        what = f"line {error.lineno}, column {error.colno}: {error.msg}"
        raise refusal("D01", place, f"The text is not JSON, {what}.") from None
    except RecursionError:
        raise _too_deep("$") from None


def _too_deep(where: str) -> RefusedError:
    return refusal("D03", where, f"The document is nested deeper than {DEEPEST} levels.")


def _deeper(value: Any, left: int) -> bool:
    """Whether lists and objects are nested deeper than so many levels."""
    if isinstance(value, dict):
        return left == 0 or any(
            _deeper(held, left - 1) for held in value.values() if isinstance(held, dict | list)
        )
    if isinstance(value, list):
        return left == 0 or any(
            _deeper(held, left - 1) for held in value if isinstance(held, dict | list)
        )
    return False


def _sound(text: str) -> bool:
    """Whether all texts of a JSON text have surely only whole characters."""
    return "\\ud" not in text and "\\uD" not in text and _is_text(text)


def _look_through(document: Any) -> None:
    """Refuse what JSON cannot say again: depth without end, NaN, infinity, half characters."""
    level: list[tuple[Parts, Any]] = [((), document)]
    depth = 1
    while level:
        for parts, value in level:
            if isinstance(value, float) and value - value != 0:
                raise refusal("D01", path(*parts), "This number is too large or not a number.")
            if isinstance(value, str) and not _is_text(value):
                raise refusal("D01", path(*parts), "This text holds half of a character.")
            if isinstance(value, list | dict) and depth > DEEPEST:
                raise _too_deep(path(*parts[:5]))
        level = [entry for parts, value in level for entry in _within(parts, value)]
        depth += 1


def _within(parts: Parts, value: Any) -> Iterator[tuple[Parts, Any]]:
    if isinstance(value, dict):
        for key in value:
            if not _is_text(key):
                raise refusal("D01", path(*parts), "A key here holds half of a character.")
    yield from _entries(parts, value)


def _entries(parts: Parts, value: Any) -> Iterator[tuple[Parts, Any]]:
    if isinstance(value, list):
        yield from (((*parts, i), entry) for i, entry in enumerate(value))
    elif isinstance(value, dict):
        yield from (((*parts, key), entry) for key, entry in value.items())


def _doubled(document: Any, source: Source) -> Iterator[Problem]:
    """The keys that stand twice in one object, of which the last counts."""
    keys = {id(holder): key for holder, key in source.doubled}
    waiting: list[tuple[Parts, Any]] = [((), document)]
    while waiting:
        parts, value = waiting.pop()
        if id(value) in keys and isinstance(value, dict):
            key = keys[id(value)]
            yield Problem(
                code="D09",
                severity="warning",
                where=path(*parts, key),
                text=f"“{key}” stands twice in one object; the last one counts.",
                fix="Take the first one away.",
            )
        waiting += _entries(parts, value)


def _is_text(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True
