"""The public Klaviyo flow definition, read and written without loss."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flows.document import Flow
from flows.errors import FlowError

STASH = "klaviyo"
"""The key of a native document under which foreign keys wait that its own names would hide."""
HEAD = ("name", "status")
_OURS = frozenset({"rehearsal", "id", "description", "templates", "stubs", "names", STASH, *HEAD})


class NotAFlowError(FlowError):
    """JSON that is no flow definition: where that shows, and what was expected there."""

    def __init__(self, where: str, reason: str, fix: str = "") -> None:
        super().__init__(reason)
        self.where = where
        self.fix = fix


@dataclass(frozen=True, slots=True)
class Opened:
    """A definition laid out as a native document, and where its halves stood in the original."""

    content: dict[str, Any]
    head: str = "$"
    """The path of the object with the flow's name and status."""
    body: str = "$"
    """The path of the definition."""


def looks_like_klaviyo(document: Mapping[str, Any]) -> bool:
    """Whether this is a definition: bare, with a name and status, or as the API answers."""
    known = {"definition", "data", "triggers", "actions", "entry_action_id"}
    return "rehearsal" not in document and not known.isdisjoint(document)


def open_definition(document: Any) -> Opened:
    """Take a definition out of what it came in; NotAFlowError where it is not there."""
    whole = _object(document, "$", "a flow definition")
    if "data" in whole:
        data = _object(whole["data"], "$.data", "the flow that the API answered with")
        attributes = _object(data.get("attributes"), "$.data.attributes", "the flow's attributes")
        return _open(attributes, "$.data.attributes", {"id": data["id"]} if "id" in data else {})
    if "definition" in whole:
        others = {k: v for k, v in whole.items() if k not in {"definition", *HEAD}}
        return _open(whole, "$", {STASH: {"document": others}} if others else {})
    return Opened(_native(whole, {}))


def from_klaviyo(document: Any) -> Flow:
    """The flow of a definition in any of its three forms; pydantic's error for a wrong shape."""
    return Flow.model_validate(open_definition(document).content)


def to_klaviyo(flow: Flow) -> dict[str, Any]:
    """`{name, status, definition}`: what came from a definition stands there as it came.

    The native document's own keys (templates, names, description, id) stay behind.
    """
    written = flow.to_json()
    definition = {key: value for key, value in written.items() if key not in _OURS}
    return {
        **_stashed(written, "document"),
        "name": flow.name,
        "status": flow.status,
        "definition": definition | _stashed(written, "definition"),
    }


def _open(outer: dict[str, Any], head: str, more: dict[str, Any]) -> Opened:
    body = f"{head}.definition"
    definition = _object(
        outer.get("definition"),
        body,
        "the flow's definition",
        "Ask the API for it with additional-fields[flow]=definition.",
    )
    given = {key: outer[key] for key in HEAD if key in outer}
    return Opened(_native(definition, given | more), head, body)


def _native(definition: dict[str, Any], more: dict[str, Any]) -> dict[str, Any]:
    """Keys of a definition that the native document has other uses for go to the stash."""
    hidden = {key: value for key, value in definition.items() if key in _OURS}
    content = {key: value for key, value in definition.items() if key not in _OURS} | more
    if hidden:
        content[STASH] = {**content.get(STASH, {}), "definition": hidden}
    return content


def _stashed(written: Mapping[str, Any], part: str) -> dict[str, Any]:
    stash = written.get(STASH)
    held = stash.get(part) if isinstance(stash, dict) else None
    return held if isinstance(held, dict) else {}


def _object(value: Any, where: str, meaning: str, fix: str = "") -> dict[str, Any]:
    if not isinstance(value, dict):
        raise NotAFlowError(where, f"Here must stand {meaning} as an object in braces.", fix)
    return value
