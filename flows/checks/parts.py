"""What each part knows to be wrong with itself, and parts of types that are not simulated yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from flows.checks.shapes import STEPS
from flows.document import Flow
from flows.places import path, steps
from flows.problem import Problem
from flows.triggers import TRIGGERS, trigger_kind
from flows.triggers.metric import STARTS_NOTHING, MetricTrigger

ELSEWHERE = frozenset({"T01"})
"""Zones that no clock knows are L25, wherever they stand."""


def part_problems(flow: Flow) -> Iterator[Problem]:
    """R, F and T codes: what triggers, filters and steps find wrong with themselves."""
    for found in _all(flow):
        if found.code not in ELSEWHERE:
            yield found


def _all(flow: Flow) -> Iterator[Problem]:
    for i, trigger in enumerate(flow.triggers):
        yield from trigger.problems(path("triggers", i))
    if flow.profile_filter:
        yield from flow.profile_filter.problems("$.profile_filter")
    for where, action in steps(flow):
        for found in action.problems(flow, where):
            yield replace(found, action_id=action.key)


def nothing_to_start(flow: Flow) -> Iterator[Problem]:
    """R08: a flow without a trigger."""
    if not flow.triggers:
        yield Problem(
            code="R08",
            severity="error",
            where="$.triggers",
            text="Nothing starts this flow.",
            fix="Choose a trigger.",
        )


def no_first_step(flow: Flow) -> Iterator[Problem]:
    """R09: steps, but none that comes first (semantics E23)."""
    if flow.actions and flow.entry_action_id is None:
        yield Problem(
            code="R09",
            severity="warning",
            where="$.entry_action_id",
            text="The flow has no first step, so whoever enters leaves at once.",
            fix="Link the start to a step.",
        )


def what_starts_nothing(flow: Flow) -> Iterator[Problem]:
    """R10: a metric whose events start no flow."""
    for i, trigger in enumerate(flow.triggers):
        if isinstance(trigger, MetricTrigger) and trigger.id:
            name = flow.names.get(trigger.id, trigger.id)
            if name in STARTS_NOTHING:
                yield Problem(
                    code="R10",
                    severity="error",
                    where=path("triggers", i, "id"),
                    text=f"“{name}” starts no flow, so nobody can enter.",
                    fix="Start the flow by what people do, and ask about emails in a split.",
                )


def not_simulated_yet(flow: Flow) -> Iterator[Problem]:
    """X01: a type of trigger or step that is kept as it came."""
    for i, trigger in enumerate(flow.triggers):
        if not trigger.known and trigger_kind(trigger.to_json()) not in TRIGGERS:
            yield Problem(
                code="X01",
                severity="warning",
                where=path("triggers", i),
                text=f"The trigger type “{trigger.type}” is not simulated yet: it is kept as it "
                "is, and nobody enters by it.",
                fix="To rehearse the flow, choose one of the triggers that are known here.",
            )
    for where, action in steps(flow):
        if not action.known and action.type not in STEPS:
            yield Problem(
                code="X01",
                severity="warning",
                where=where,
                text=f"The action type “{action.type}” is not simulated yet: it is kept as it is, "
                "and people pass through.",
                fix="Read the simulated numbers with this in mind.",
                action_id=action.key,
            )


RULES = (part_problems, nothing_to_start, no_first_step, what_starts_nothing, not_simulated_yet)
