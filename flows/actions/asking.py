"""Which conditions may stand where: a question that reads what a run does not have is a mistake."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from flows.conditions import Filter
from flows.problem import Problem

if TYPE_CHECKING:
    from flows.document import Flow

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
            if isinstance(condition.type, str) and condition.type in wrong:
                yield Problem(
                    code="R15",
                    severity="error",
                    where=f"{where}.condition_groups[{i}].conditions[{j}]",
                    text=f"The condition “{condition.type}” {why}.",
                    fix="Take the condition away, or ask about the person instead.",
                )


def started_by(flow: Flow) -> frozenset[str]:
    """The types of condition that read what starts this flow; none where nothing can be read."""
    trigger = flow.trigger
    kind = trigger.type if trigger else ""
    if kind == "metric":
        return EVENT
    if kind in ("price-drop", "low-inventory"):
        return STOCK | EVENT
    by_object = kind == "date" and getattr(trigger, "date_field_type", "") == "custom-object"
    return OBJECT if by_object else frozenset()


def misread(held: Filter, flow: Flow, where: str) -> Iterator[Problem]:
    """Findings for conditions on a start that this flow does not have."""
    wrong = STARTED - started_by(flow)
    yield from misplaced(held, wrong, where, why="reads something else than what starts the flow")
