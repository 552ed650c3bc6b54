"""Parts and values that stand in the document and cannot be read as what they should be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from flows.actions import ACTIONS, OpaqueAction
from flows.actions.base import Action
from flows.document import Flow
from flows.kept import Parts, misread
from flows.paths import path
from flows.problem import Problem
from flows.shape import misread as misread_problems
from flows.shape import shape_problems
from flows.triggers import TRIGGERS, OpaqueTrigger, trigger_kind

STEPS: dict[str, type[Action]] = {kind.model_fields["type"].default: kind for kind in ACTIONS}
"""The types of steps that are known, by name."""


def misread_parts(flow: Flow) -> Iterator[Problem]:
    """D06: triggers and steps of a known type that are kept as they came."""
    for i, trigger in enumerate(flow.triggers):
        if isinstance(trigger, OpaqueTrigger):
            yield from wrong_trigger(trigger.to_json(), i)
    for i, action in enumerate(flow.actions):
        if isinstance(action, OpaqueAction):
            yield from wrong_step(action.to_json(), i)


def wrong_trigger(raw: Any, i: int) -> Iterator[Problem]:
    """Why this is not the trigger that it says it is; nothing for a type that is not known."""
    kind = TRIGGERS.get(trigger_kind(raw))
    if kind:
        yield from _wrong(kind, raw, ("triggers", i))


def wrong_step(raw: Any, i: int) -> Iterator[Problem]:
    """Why this is not the step that it says it is; nothing for a type that is not known."""
    name = raw.get("type") if isinstance(raw, dict) else None
    kind = STEPS.get(name) if isinstance(name, str) else None
    if kind:
        yield from _wrong(kind, raw, ("actions", i))


def _wrong(kind: Any, raw: Any, root: Parts) -> Iterator[Problem]:
    try:
        kind.model_validate(raw)
    except ValidationError as error:
        yield from shape_problems(error, raw, lambda parts: path(*root, *parts))


def misread_values(flow: Flow) -> Iterator[Problem]:
    """D06: values that were taken for something else, such as the text "5" for a number."""
    found = (one for one in misread(flow) if not _given(*one))
    yield from misread_problems(found, lambda parts: path(*parts))


def _given(parts: Parts, raw: Any, held: Any) -> bool:
    """Whether this is an id that reading gave, which is told elsewhere."""
    return parts[-1:] in (("id",), ("branch_id",)) and isinstance(raw, str | None)


RULES = (misread_parts, misread_values)
