"""How problems name steps and places, in a marketer's words."""

from __future__ import annotations

from flows.actions.base import Action
from flows.actions.experimenting import ExperimentAction
from flows.document import Flow
from flows.edits.links import stem
from flows.graph import Slot


def called(flow: Flow, action: Action) -> str:
    """A step by its label and, where it has one, the name its owner gave it."""
    name = title(action)
    label = action.face.label if action.known else f"Step of the type “{action.type}”"
    return f"{label} “{name}”" if name else f"{label} {_number(flow, action)}".rstrip()


def _number(flow: Flow, action: Action) -> str:
    """What tells a step without a name apart: its id, of one that the editor made its number."""
    made = f"{stem(action.type)}-"
    if not action.key.startswith(made):
        return action.key
    alike = [one for one in flow.actions if one.type == action.type and not title(one)]
    return action.key.removeprefix(made) if len(alike) > 1 else ""


def title(action: Action) -> str:
    """The name that the owner gave a message or a split; empty for none."""
    data = getattr(action, "data", None)
    if isinstance(action, ExperimentAction):
        return title(action.main)
    message = getattr(data, "message", None)
    name = getattr(message, "name", None) or getattr(data, "name", None)
    return name if isinstance(name, str) else ""


def place_of(flow: Flow, slot: Slot) -> str:
    """A place as in “The NO path of Conditional split 7”, or the start of the flow."""
    if slot.action_id is None:
        return "The start of the flow"
    action = flow.action(slot.action_id)
    ways = action.ways()
    if len(ways) < 2:
        return called(flow, action)
    label = next((way.label for way in ways if way.name == slot.way), "") or slot.way
    return f"The {label} path of {called(flow, action)}"
