"""Short words for tests of rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from flows.document import Flow
from flows.problem import Problem, Severity


def findings(rule: Callable[[Flow], Iterable[Problem]], flow: Flow) -> list[Problem]:
    """What a rule finds."""
    return list(rule(flow))


def problem(
    title: str, where: str, text: str, fix: str = "", *, action_id: str | None = None
) -> Problem:
    """A finding; the title is its severity and code, as in "error L01"."""
    severity, code = title.split()
    kinds: dict[str, Severity] = {"error": "error", "warning": "warning", "hint": "hint"}
    return Problem(
        code=code, severity=kinds[severity], where=where, text=text, fix=fix, action_id=action_id
    )
