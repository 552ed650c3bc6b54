"""Findings about parts that are kept as they came because they cannot be read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, ValidationError

from flows.problem import Problem, Severity
from flows.shape import placing, shape_problems


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
    """Why `raw` is no `kind`: a finding for each place, with what is allowed there."""
    try:
        kind.model_validate(raw)
    except ValidationError as error:
        for found in shape_problems(error, raw, placing(where)):
            yield unreadable(found.where, found.text)
