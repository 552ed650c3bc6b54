"""Edits of fields: of one step, or of the flow itself; every result is read again as a document."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic import ValidationError

from flows.actions.messages import Template
from flows.apart import told_apart
from flows.checks.shapes import misread_parts
from flows.conditions import Filter
from flows.document import Flow, Reentry
from flows.edits.copies import ACTION
from flows.edits.links import with_action
from flows.errors import BadValueError, ImpossibleEditError
from flows.kept import differences, misread, remember
from flows.part import Part
from flows.places import where_is
from flows.problem import Problem
from flows.shape import Place, placing, shape_problems
from flows.shape import misread as misread_problems
from flows.triggers.base import Trigger

Path = Sequence[str | int]
_FIXED = {"id", "temporary_id", "type"}


def change(flow: Flow, action_id: str, path: Path, value: Any) -> Flow:
    """Set one value inside a step; `path` leads into its JSON, as in ("data", "value").

    Objects on the way are made where they are missing, and a list grows by its next place.
    BadValueError for a value that is not allowed there.
    """
    before = flow.action(action_id)
    if not path or path[0] in _FIXED:
        raise ImpossibleEditError("The id and the type of a step cannot be changed.")
    raw = _with_value(before.to_json(), path, value)
    place = placing(where_is(flow, action_id))
    try:
        after = ACTION.validate_python(raw)
    except ValidationError as error:
        raise BadValueError(shape_problems(error, raw, place)) from None
    _keep(before, after, raw, place)
    known = {*flow.by_id, None, *(way.target for way in before.ways())}
    for way in after.ways():
        if way.target not in known:
            raise ImpossibleEditError(f"There is no step “{way.target}” to lead to.")
    return with_action(flow, after)


def set_field(flow: Flow, path: Path, value: Any) -> Flow:
    """Set one value of the flow itself, as in ("description",) or ("names", "UiZD2S")."""
    if not path or path[0] in {"rehearsal", "actions", "entry_action_id"}:
        raise ImpossibleEditError("This is changed by edits of steps alone.")
    raw = _with_value(flow.to_json(), path, value)
    place = placing("$")
    try:
        after = Flow.model_validate(told_apart(raw)[0])
    except ValidationError as error:
        raise BadValueError(shape_problems(error, raw, place)) from None
    held = set(misread_parts(flow))
    _refuse(tuple(one for one in misread_parts(after) if one not in held))
    _keep(flow, after, raw, place)
    return after


def set_trigger(flow: Flow, trigger: Trigger | None) -> Flow:
    """Let something else start the flow; None for nothing yet."""
    return set_field(flow, ("triggers",), [trigger.to_json()] if trigger else [])


def set_profile_filter(flow: Flow, profile_filter: Filter | None) -> Flow:
    """Say who may enter and be acted on; None for everybody."""
    return flow.model_copy(update={"profile_filter": profile_filter})


def set_reentry(flow: Flow, reentry: Reentry | None) -> Flow:
    """Say when people may come again; None for what is usual with the trigger."""
    return flow.model_copy(update={"reentry_criteria": reentry})


def rename(flow: Flow, name: str) -> Flow:
    """Give the flow another name, without spaces around it; an empty one is refused."""
    if not name.strip():
        raise ImpossibleEditError("A flow needs a name.")
    return flow.model_copy(update={"name": name.strip()})


def name_id(flow: Flow, identifier: str, name: str) -> Flow:
    """Say what a metric, list or segment behind an id is called; an empty name takes it away."""
    others = {key: held for key, held in flow.names.items() if key != identifier}
    kept = flow.names | {identifier: name.strip()} if name.strip() else others
    return flow.model_copy(update={"names": kept})


def set_template(flow: Flow, template_id: str, template: Template) -> Flow:
    """Put a message body under an id, new or known."""
    if not template_id:
        raise ImpossibleEditError("A template needs an id.")
    return flow.model_copy(update={"templates": flow.templates | {template_id: template}})


def _keep(before: Part, after: Part, raw: dict[str, Any], place: Place) -> None:
    """Let the new part keep its JSON, unless something in it was newly taken for something else."""
    known = list(misread(before))
    new = (one for one in differences(after, raw) if one not in known)
    _refuse(tuple(misread_problems(new, place)))
    remember(after, raw)


def _refuse(problems: tuple[Problem, ...]) -> None:
    if problems:
        raise BadValueError(problems)


def _with_value(holder: Any, path: Path, value: Any) -> Any:
    """The same JSON with one value set."""
    if not path:
        return value
    step, rest = path[0], path[1:]
    if isinstance(step, int):
        listed = list(holder) if isinstance(holder, list) else []
        if not 0 <= step <= len(listed):
            raise ImpossibleEditError(f"There is no entry {step + 1} in a list of {len(listed)}.")
        old = listed[step] if step < len(listed) else None
        return [*listed[:step], _with_value(old, rest, value), *listed[step + 1 :]]
    held = holder if isinstance(holder, dict) else {}
    return held | {step: _with_value(held.get(step), rest, value)}
