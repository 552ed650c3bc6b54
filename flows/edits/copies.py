"""Copies of steps: with ids and templates of their own, linked only among themselves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter

from flows.actions import AnyAction
from flows.actions.base import Action
from flows.actions.messages import Template
from flows.document import Flow
from flows.edits.links import fresh_id
from flows.kept import remember
from flows.messages import templates_used

ACTION: TypeAdapter[Action] = TypeAdapter(AnyAction)
Json = dict[str, Any]


def copied(
    action: Action, new_ids: Mapping[str, str], flow: Flow, templates: Mapping[str, Template]
) -> tuple[Action, dict[str, Template]]:
    """A copy under its new id, and the templates it brings under new ids of their own."""
    new_id = new_ids[action.key]
    renamed, brought = _template_ids(action, new_id, flow, templates)
    raw = _relabelled(action.to_json(), new_id, renamed)
    copy = ACTION.validate_python(raw)
    remember(copy, raw)
    for way in copy.ways():
        if way.target is not None:
            copy = copy.with_way(way.name, new_ids.get(way.target))
    return copy, brought


def _template_ids(
    action: Action, new_id: str, flow: Flow, templates: Mapping[str, Template]
) -> tuple[dict[str, str], dict[str, Template]]:
    renamed: dict[str, str] = {}
    for old in sorted(templates_used([action]) & templates.keys()):
        taken = {*renamed.values(), new_id} if renamed else set(renamed.values())
        renamed[old] = fresh_id(new_id, flow, taken=taken) if renamed else new_id
    return renamed, {new: templates[old] for old, new in renamed.items()}


def _relabelled(raw: Json, new_id: str, templates: Mapping[str, str]) -> Json:
    """The step's JSON with a new id, without the ids that its messages had elsewhere."""
    raw = {key: value for key, value in raw.items() if key != "temporary_id"} | {"id": new_id}
    data = raw.get("data")
    if not isinstance(data, dict):
        return raw
    message = data.get("message")
    if isinstance(message, dict):
        message = {key: value for key, value in message.items() if key != "id"}
        if message.get("template_id") in templates:
            message["template_id"] = templates[message["template_id"]]
        data = data | {"message": message}
    if isinstance(data.get("main_action"), dict):
        data = data | {"main_action": _relabelled(data["main_action"], f"{new_id}-main", templates)}
    if isinstance(data.get("current_experiment"), dict):
        experiment = _experiment(data["current_experiment"], new_id, templates)
        data = data | {"current_experiment": experiment}
    return raw | {"data": data}


def _experiment(raw: Json, new_id: str, templates: Mapping[str, str]) -> Json:
    versions = raw.get("variations", [])
    ids = {
        version.get("id") or version.get("temporary_id"): f"{new_id}-{i + 1}"
        for i, version in enumerate(versions)
    }
    renamed = {key: value for key, value in raw.items() if key != "id"} | {
        "variations": [
            _relabelled(version, f"{new_id}-{i + 1}", templates)
            for i, version in enumerate(versions)
        ]
    }
    if isinstance(raw.get("allocations"), dict):
        renamed["allocations"] = {ids.get(k, k): v for k, v in raw["allocations"].items()}
    return renamed
