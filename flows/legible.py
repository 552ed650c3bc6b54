"""Types and ids that are no text count as empty, so that what they belong to can be kept."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flows.paths import path
from flows.problem import Problem

Json = dict[str, Any]
_TEXTS = {"triggers": ("type",), "actions": ("type", "id", "temporary_id")}
"""What must be text, or stand there not at all; the type must stand there."""


def legible(content: Json) -> tuple[Json, tuple[Problem, ...]]:
    """The same native document with a type in every trigger and step, and ids that are texts.

    A type that is missing is a problem; one that is no text shows by its difference.
    """
    problems: list[Problem] = []
    changed: Json = {}
    for key, texts in _TEXTS.items():
        written = content.get(key)
        held = written if isinstance(written, list) else []
        wrong = [_wrong(part, texts) for part in held]
        if any(wrong):
            changed[key] = [
                part | empty if empty else part for part, empty in zip(held, wrong, strict=True)
            ]
            problems += [_untyped(key, i) for i, part in enumerate(held) if _lacks_type(part)]
    return (content | changed if changed else content), tuple(problems)


def _wrong(part: Any, texts: Iterable[str]) -> Json:
    """An empty text for each of these keys that holds something else."""
    if not isinstance(part, dict):
        return {}
    wrong = {key for key in texts if not isinstance(part.get(key), str | None)}
    typed = isinstance(part.get("type"), str)
    return dict.fromkeys(sorted(wrong if typed else wrong | {"type"}), "")


def _lacks_type(part: Any) -> bool:
    return isinstance(part, dict) and "type" not in part


def _untyped(key: str, i: int) -> Problem:
    return Problem(
        code="D06",
        severity="error",
        where=path(key, i, "type"),
        text="“type” is missing.",
        fix="Give “type” a value.",
    )
