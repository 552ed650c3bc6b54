"""Lint: what is likely to go wrong with a flow, found before anybody enters it.

Every rule is one function from a Flow to its findings and has one code; adding one means a
function in its family's file and its name in that file's RULES.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from flows.checks import (
    blanks,
    consent,
    content,
    data,
    experiments,
    frequency,
    parts,
    shapes,
    structure,
    tags,
    time,
)
from flows.document import Flow
from flows.problem import Problem

Rule = Callable[[Flow], Iterator[Problem]]
RULES: tuple[Rule, ...] = (
    *shapes.RULES,
    *parts.RULES,
    *structure.RULES,
    *blanks.RULES,
    *experiments.RULES,
    *data.RULES,
    *time.RULES,
    *frequency.RULES,
    *consent.RULES,
    *content.RULES,
    *tags.RULES,
)
"""Every rule, in the order in which its findings are listed."""


def check(flow: Flow) -> tuple[Problem, ...]:
    """All findings of all rules, each once, with JSON paths into the native document."""
    return tuple(dict.fromkeys(problem for rule in RULES for problem in rule(flow)))
