"""The public Klaviyo flow definition, read and written without loss."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flows.document import STASH, Flow
from flows.envelopes import HEAD, Form, hidden, native, wrapped
from flows.errors import FlowError
from flows.kept import remember


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
    """Whether this is a definition: bare, with a name and status, or as the API has it."""
    known = {"definition", "data", "triggers", "actions", "entry_action_id"}
    return "rehearsal" not in document and not known.isdisjoint(document)


def open_definition(document: Any) -> Opened:
    """Take a definition out of what it came in; NotAFlowError where it is not there."""
    whole = _object(document, "$", "a flow definition")
    if "data" in whole:
        data = _object(whole["data"], "$.data", "the flow that the API answered with")
        attributes = _object(data.get("attributes"), "$.data.attributes", "the flow's attributes")
        definition = _definition(attributes, "$.data.attributes")
        emptied = {**data, "attributes": {**attributes, "definition": None}}
        form: Form = "response" if "id" in data else "request"
        content = native(definition, form, {**whole, "data": emptied})
        return Opened(content, "$.data.attributes", "$.data.attributes.definition")
    if "definition" in whole:
        definition = _definition(whole, "$")
        content = native(definition, "definition", {**whole, "definition": None})
        return Opened(content, "$", "$.definition")
    return Opened(native(whole, "bare", None))


def from_klaviyo(document: Any) -> Flow:
    """The flow of a definition in any of its forms; pydantic's error for a wrong shape."""
    content = open_definition(document).content
    flow = Flow.model_validate(content)
    remember(flow, content)
    return flow


def to_klaviyo(flow: Flow, form: Form | None = "definition") -> dict[str, Any]:
    """The flow in one of the public forms, None for the one that it came in.

    What came from a definition stands there as it came. The native document's own keys
    (templates, stubs, names, description) stay behind.
    """
    written = flow.to_json()
    return wrapped(written, definition_of(written), form)


def definition_of(written: Mapping[str, Any]) -> dict[str, Any]:
    """The definition inside a native document, its keys in the order in which they came."""
    found = {key: value for key, value in written.items() if not hidden(key)}
    stash = written.get(STASH)
    held = stash.get("definition") if isinstance(stash, dict) else None
    if not isinstance(held, dict):
        return found
    whole = found | held
    order = stash.get("order") if isinstance(stash, dict) else None
    known = [key for key in order if key in whole] if isinstance(order, list) else []
    return {key: whole[key] for key in (*known, *whole)}


def _definition(outer: Mapping[str, Any], head: str) -> dict[str, Any]:
    return _object(
        outer.get("definition"),
        f"{head}.definition",
        "the flow's definition",
        "Ask the API for it with additional-fields[flow]=definition.",
    )


def _object(value: Any, where: str, meaning: str, fix: str = "") -> dict[str, Any]:
    if not isinstance(value, dict):
        raise NotAFlowError(where, f"Here must stand {meaning} as an object in braces.", fix)
    return value


__all__ = ["HEAD", "NotAFlowError", "Opened", "from_klaviyo", "open_definition", "to_klaviyo"]
