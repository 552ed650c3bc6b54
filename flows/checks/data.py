"""Rules about filters and data: what nobody passes, what was decided before, what is misread."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from flows.actions.asking import OUTPUT, STARTED, misplaced
from flows.actions.base import Action
from flows.actions.multi_branch_split import MultiBranchSplit
from flows.actions.operations import Delete
from flows.actions.trigger_split import TriggerSplit
from flows.actions.update_profile import UpdateProfile
from flows.checks.asked import Asked, conditions, filters, question
from flows.checks.logic import always_holds, can_hold, subjects
from flows.checks.words import called
from flows.conditions import CONDITIONS, Filter
from flows.conditions.properties import ProfilePropertyCondition
from flows.document import Flow
from flows.filters.text import StringFilter
from flows.graph import Slot, between, passages
from flows.needs import ids
from flows.places import steps
from flows.problem import Problem

_WHO = {
    "trigger": "so nobody enters the flow",
    "profile": "so nobody enters the flow",
    "split": "so nobody takes the YES path",
    "branch": "so nobody takes this path",
    "message": "so nobody gets this message",
}
_KINDS = {"metric": "metric", "list": "list", "segment": "segment", "group": "list or segment",
          "object": "type of object"}  # fmt: skip


def contradictory_filters(flow: Flow) -> Iterator[Problem]:
    """L09: conditions that no person can meet together."""
    for asked in filters(flow):
        if not can_hold((asked.filter, True)):
            yield Problem(
                code="L09",
                severity="error",
                where=asked.where,
                text=f"These conditions cannot hold together, {_WHO[asked.role]}.",
                fix="Take one of them out, or let either of them be enough.",
                action_id=asked.action_id,
            )


def empty_questions(flow: Flow) -> Iterator[Problem]:
    """L10: a question to which everybody gives the same answer."""
    for where, action in steps(flow):
        if len(action.ways()) != 2 or isinstance(action, MultiBranchSplit):
            continue
        held = question(action)
        if held is None and not action.known:
            continue
        if held is None or not held.condition_groups or always_holds(held):
            why = "asks nothing" if held is None or not held.condition_groups else "always holds"
            yield Problem(
                code="L10",
                severity="warning",
                where=where,
                text=f"{called(flow, action)} {why}: everybody takes YES, nobody NO.",
                fix="Ask something that parts people, or remove the split.",
                action_id=action.key,
            )


def decided_before(flow: Flow) -> Iterator[Problem]:
    """L11: a split whose answer an earlier one on every path to it has given already."""
    through = passages(flow)
    asked = {action.key: subjects(held) for action in flow.actions if (held := question(action))}
    for where, later in steps(flow):
        if later.key not in asked:
            continue
        before = (
            _by(flow, slot, later)
            for slot in through.get(later.key, ())
            if not asked[later.key].isdisjoint(asked.get(slot.action_id or "", frozenset()))
        )
        known = _by_the_trigger(flow, later) or next(filter(None, before), None)
        if known:
            yield Problem(
                code="L11",
                severity="error",
                where=where,
                text=f"{known} at {called(flow, later)}.",
                fix="Remove this split, or ask something else.",
                action_id=later.key,
            )
    yield from _taken_before(flow)


def _by_the_trigger(flow: Flow, later: Action) -> str | None:
    held = next((asked.filter for asked in filters(flow) if asked.role == "trigger"), None)
    answer = _answer(held, True, later) if isinstance(later, TriggerSplit) else None
    return answer and f"By the trigger's own filter everybody takes {answer}"


def _by(flow: Flow, slot: Slot, later: Action) -> str | None:
    earlier = flow.action(slot.action_id or "")
    if type(earlier) is not type(later):
        return None
    answer = _answer(question(earlier), slot.way == "true", later)
    if answer and not isinstance(later, TriggerSplit):
        passed = (flow.action(one) for one in between(flow, slot, later.key))
        answer = None if any(one.face.group != "logic" for one in passed) else answer
    return answer and f"After {called(flow, earlier)} everybody takes {answer}"


def _answer(first: Filter | None, held: bool, later: Action) -> str | None:
    """The only answer that the later split can give once the first filter has given its own."""
    second = question(later)
    if first is None or second is None or not can_hold((first, held)):
        return None
    if not can_hold((second, True)) or always_holds(second):
        return None
    if not can_hold((first, held), (second, True)):
        return "NO"
    return None if can_hold((first, held), (second, False)) else "YES"


def _taken_before(flow: Flow) -> Iterator[Problem]:
    """Paths of a multi split that nobody is left for."""
    for where, action in steps(flow):
        if not isinstance(action, MultiBranchSplit) or not action.data:
            continue
        before: list[tuple[Filter, bool]] = []
        for i, branch in enumerate(action.data.branches):
            held = branch.branch_filter
            if branch.is_else or held is None or not held.condition_groups:
                continue
            if before and can_hold((held, True)) and not can_hold(*before, (held, True)):
                yield Problem(
                    code="L11",
                    severity="error",
                    where=f"{where}.data.branches[{i}]",
                    text=f"Nobody is left for “{branch.name or branch.branch_id}”: "
                    "whoever fits it takes an earlier path.",
                    fix="Move it up, or narrow the paths before it.",
                    action_id=action.key,
                )
            before.append((held, False))


def unnamed_ids(flow: Flow) -> Iterator[Problem]:
    """L12: something named by an id alone, which nobody can check by reading."""
    for name, need in ids(flow).items():
        if name not in flow.names:
            yield Problem(
                code="L12",
                severity="hint",
                where="$.names",
                text=f"The {_KINDS[need.kind]} “{name}” is known by its id only: "
                "nothing here tells whether it is the right one.",
                fix="Give it its name, in the flow's settings under Names.",
            )


def mixed_types(flow: Flow) -> Iterator[Problem]:
    """L13: a property taken for one type here and for another there."""
    types = dict(_written(flow))
    for asked in filters(flow):
        for where, condition in conditions(asked):
            if isinstance(condition, ProfilePropertyCondition):
                kind = condition.filter.kind
                if kind == "existence":
                    continue
                first = types.setdefault(condition.name, kind)
                if first != kind:
                    yield _misread(asked, where, condition.name, (first, kind))
                elif _is_word_for_truth(condition):
                    yield _misread(asked, where, condition.name, ("boolean", "string"))


def _is_word_for_truth(condition: ProfilePropertyCondition) -> bool:
    held = condition.filter
    return isinstance(held, StringFilter) and str(held.value).lower() in {"true", "false"}


def _misread(asked: Asked, where: str, name: str, kinds: tuple[str, str]) -> Problem:
    words = {
        "string": "text",
        "numeric": "a number",
        "boolean": "true or false",
        "date": "a date",
        "list": "a list",
    }
    first, second = (words.get(kind, kind) for kind in kinds)
    return Problem(
        code="L13",
        severity="warning",
        where=f"{where}.filter",
        text=f"“{name}” is compared as {second}, but elsewhere it is {first}; "
        "a value of another type never matches."
        if kinds != ("boolean", "string")
        else f"“{name}” is compared with a word as text; a value that is really true or false "
        "never matches.",
        fix="Compare it with the type that its values have.",
        action_id=asked.action_id,
    )


def _written(flow: Flow) -> Iterator[tuple[str, str]]:
    """The type of each property that the flow itself sets."""
    for action in flow.actions:
        for one in action.operations if isinstance(action, UpdateProfile) else ():
            if not isinstance(one, Delete):
                yield one.name, one.property_type


def out_of_place(flow: Flow) -> Iterator[Problem]:
    """R15: conditions that read what is not there where they stand."""
    for asked in filters(flow):
        if asked.role == "trigger":
            own = _OF_TRIGGER.get(flow.triggers[0].type, "")
            why = "does not read what starts the flow"
            yield from misplaced(asked.filter, _TYPES - {own}, asked.where, why=why)
        elif asked.role in {"profile", "message"}:
            wrong = STARTED | OUTPUT
            for found in misplaced(asked.filter, wrong, asked.where, why="is not about the person"):
                yield replace(found, action_id=asked.action_id)


_TYPES = frozenset(kind.partition("/")[0] for kind in CONDITIONS)
_OF_TRIGGER = {
    "metric": "metric-property",
    "price-drop": "price-drop-property",
    "low-inventory": "low-inventory-property",
}

RULES = (
    contradictory_filters,
    empty_questions,
    decided_before,
    unnamed_ids,
    mixed_types,
    out_of_place,
)
