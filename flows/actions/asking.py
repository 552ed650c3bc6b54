"""Which conditions may stand where: a question that reads what a run does not have is a mistake."""

from __future__ import annotations

from collections.abc import Iterator

from flows.conditions import Filter
from flows.problem import Problem

EVENT = frozenset({"metric-property"})
"""Conditions on the event that started the run."""
OBJECT = frozenset({"custom-object-property", "custom-object-trigger-property"})
"""Conditions on the custom object that started the run."""
STOCK = frozenset({"price-drop-property", "low-inventory-property"})
"""Conditions on the item that started the run."""
OUTPUT = frozenset({"action-output"})
"""Conditions on what a code step gave."""
STARTED = EVENT | OBJECT | STOCK
"""Conditions on whatever started the run."""


def misplaced(held: Filter, wrong: frozenset[str], where: str, *, why: str) -> Iterator[Problem]:
    """A finding for each condition of these types; `why` says what it reads that is not there."""
    for i, group in enumerate(held.condition_groups):
        for j, condition in enumerate(group.conditions):
            if condition.type in wrong:
                yield Problem(
                    code="R15",
                    severity="error",
                    where=f"{where}.condition_groups[{i}].conditions[{j}]",
                    text=f"The condition “{condition.type}” {why}.",
                    fix="Take the condition away, or ask about the person instead.",
                )
