"""Findings about parts that are kept as they came because they cannot be read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, ValidationError

from flows.problem import Problem, Severity


def unreadable(where: str, text: str, severity: Severity = "error") -> Problem:
    """The finding for a part that is kept but cannot be read."""
    return Problem(
        code="F06",
        severity=severity,
        where=where,
        text=text,
        fix="Mend it, choose anew, or take it away.",
    )


def faults(kind: type[BaseModel], raw: dict[str, Any], where: str) -> Iterator[Problem]:
    """Why `raw` is no `kind`: the first finding for each of its fields."""
    seen: set[object] = set()
    try:
        kind.model_validate(raw)
    except ValidationError as error:
        for fault in error.errors(include_url=False, include_input=False):
            name = next(iter(fault["loc"]), "")
            if name not in seen:
                seen.add(name)
                place = f"{where}.{name}" if name else where
                text = f"“{name}” of “{raw.get('type')}” cannot be read: {fault['msg']}."
                yield unreadable(place, text)
