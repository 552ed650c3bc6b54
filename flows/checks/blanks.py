"""Conditions that are not filled in: they read as questions and ask about nothing."""

from __future__ import annotations

from collections.abc import Iterator

from flows.checks.asked import conditions, filters
from flows.document import Flow
from flows.filters.text import StringFilter
from flows.problem import Problem

_NAMES = {
    "profile-metric": ("metric_id", "event"),
    "profile-property": ("property", "property"),
    "profile-has-custom-object": ("object_type_id", "type of object"),
    "metric-property": ("field", "property of the event"),
    "custom-object-property": ("field", "property of the object"),
    "action-output": ("field", "output"),
}
"""By type, the field that says what a condition is about, and what that is."""


def blank_conditions(flow: Flow) -> Iterator[Problem]:
    """L46: a condition that names nothing, or compares with an empty text."""
    for asked in filters(flow):
        for place, condition in conditions(asked):
            field, what = _NAMES.get(condition.type, ("", "")) if condition.known else ("", "")
            held = getattr(condition, "filter", None)
            if field and getattr(condition, field, None) == "":
                yield Problem(
                    code="L46",
                    severity="error",
                    where=f"{place}.{field}",
                    action_id=asked.action_id,
                    text=f"A condition names no {what}, so it asks about nothing.",
                    fix=f"Say which {what}, or remove the condition.",
                )
            elif isinstance(held, StringFilter) and held.value == "":
                yield Problem(
                    code="L46",
                    severity="warning",
                    where=f"{place}.filter.value",
                    action_id=asked.action_id,
                    text="A condition compares with an empty text, which hardly anybody has.",
                    fix="Write what to compare with.",
                )


RULES = (blank_conditions,)
