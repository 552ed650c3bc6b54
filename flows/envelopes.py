"""What a definition comes in: bare, with a name, as a request to the API or as its answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, get_args

from flows.document import STASH

Form = Literal["bare", "definition", "request", "response"]
"""The definition alone; `{name, status, definition}`; what the API takes; what it answers."""
HEAD = ("name", "status")
_OURS = frozenset({"rehearsal", "id", "description", "templates", "stubs", "names", STASH, *HEAD})
Json = dict[str, Any]


def hidden(key: str) -> bool:
    """Whether the native document has a use of its own for this key of a definition."""
    return key in _OURS


def native(definition: Json, form: Form, envelope: Json | None) -> Json:
    """A definition as a native document: its keys, those of its head, and a stash of the rest.

    The envelope stands in the stash with null in the definition's place. Nothing is stashed
    where the rest says it all.
    """
    head = _head_of(envelope, form)
    given = {key: head[key] for key in HEAD if head.get(key) is not None}
    if form == "response" and envelope is not None:
        given |= {"id": envelope["data"]["id"]}
    content = {key: value for key, value in definition.items() if key not in _OURS} | given
    stash: Json = {}
    if envelope is None or list(envelope) != [*HEAD, "definition"] or len(given) < len(HEAD):
        stash = {"form": form} | ({"document": envelope} if envelope is not None else {})
    kept = {key: value for key, value in definition.items() if key in _OURS}
    if kept:
        stash |= {"definition": kept, "order": list(definition)}
    return content | ({STASH: stash} if stash else {})


def wrapped(written: Mapping[str, Any], definition: Json, form: Form | None) -> Json:
    """A definition in the form asked for, None for the one that the document came in."""
    stash = written.get(STASH)
    stash = stash if isinstance(stash, dict) else {}
    came = next((one for one in get_args(Form) if one == stash.get("form")), "definition")
    envelope = stash.get("document")
    mine = envelope if isinstance(envelope, dict) and form in {None, came} else {}
    if (form or came) == "bare":
        return definition
    if (form or came) == "definition":
        return _named(written, definition, mine, complete=form is not None)
    body = for_creation(definition) if form == "request" else definition
    return _resource(written, body, mine, form or came)


def _head_of(envelope: Any, form: Form | str) -> Json:
    if form in {"request", "response"}:
        data = envelope.get("data") if isinstance(envelope, dict) else None
        envelope = data.get("attributes") if isinstance(data, dict) else None
    return envelope if isinstance(envelope, dict) else {}


def _named(written: Mapping[str, Any], definition: Json, held: Json, *, complete: bool) -> Json:
    """`{name, status, definition}`, with what else stood there."""
    usual = {"name": "Untitled flow", "status": "draft"} if complete else {}
    missing = {key: value for key, value in usual.items() if key not in held}
    head = missing | {key: written[key] for key in HEAD if key in written}
    made = _ordered(held | head | {"definition": definition}, held)
    return made if held else {**{key: made[key] for key in HEAD if key in made}, **made}


def _ordered(made: Json, held: Json) -> Json:
    """Keys that were held keep their places; a null stays null where nothing was put there."""
    return {key: made[key] for key in (*held, *made)}


def _resource(written: Mapping[str, Any], definition: Json, held: Json, form: str) -> Json:
    head = _head_of(held, form)
    given = {key: written[key] for key in HEAD if key in written}
    if form == "request":
        given = {key: value for key, value in given.items() if key == "name" or key in head}
    if not head:
        given = {"name": "Untitled flow"} | ({"status": "draft"} if form == "response" else {})
        given |= {key: written[key] for key in given if key in written}
    attributes = _ordered(head | given | {"definition": definition}, head)
    if head:
        return {**held, "data": {**held["data"], "attributes": attributes}}
    if form == "request":
        return {"data": {"type": "flow", "attributes": attributes}}
    flow_id = written.get("id") or ""
    links = {"self": f"https://a.klaviyo.com/api/flows/{flow_id}/"}
    return {"data": {"type": "flow", "id": flow_id, "attributes": attributes, "links": links}}


def for_creation(definition: Json) -> Json:
    """The definition with temporary ids alone: creation refuses ids (semantics A.1)."""
    actions = definition.get("actions")
    if not isinstance(actions, list):
        return definition
    return definition | {"actions": [_new(action) for action in actions]}


def _new(action: Any) -> Any:
    """A step under a temporary id, and what it holds without ids."""
    if not isinstance(action, dict):
        return action
    key = action.get("id") or action.get("temporary_id")
    named: Json = {}
    for name, value in action.items():
        if name in {"id", "temporary_id"}:
            named |= {"temporary_id": key} if key else {}
        else:
            named[name] = _new_data(value) if name == "data" else value
    return named


def _new_data(data: Any) -> Any:
    if not isinstance(data, dict):
        return data
    makers = {"message": _without_id, "main_action": _new, "current_experiment": _new_experiment}
    return {key: makers[key](value) if key in makers else value for key, value in data.items()}


def _new_experiment(experiment: Any) -> Any:
    if not isinstance(experiment, dict) or not isinstance(experiment.get("variations"), list):
        return _without_id(experiment)
    versions = [_new(version) for version in experiment["variations"]]
    return _without_id(experiment) | {"variations": versions}


def _without_id(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    return {key: held for key, held in value.items() if key != "id"}
