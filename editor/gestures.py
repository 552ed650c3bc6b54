"""What each message from the canvas does to the session: one function a message, one edit each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from editor import messages
from editor.session import Clip, EditorSession
from editor.skeleton import TRIGGER
from flows import edits
from flows.actions.base import Action
from flows.document import Flow
from flows.errors import FlowError, ImpossibleEditError
from flows.graph import ENTRANCE, Slot
from flows.titles import title


def perform(session: EditorSession, message: messages.Message) -> str | None:
    """Do what the message asks; the answer is why it could not be done, in words for the person."""
    try:
        _DEEDS[type(message)](session, message)
    except FlowError as refusal:
        return str(refusal)
    return None


def _select(session: EditorSession, message: messages.Select) -> None:
    session.select(message.action_id)


def _inspect(session: EditorSession, message: messages.Inspect) -> None:
    session.inspect(message.action_id)


def _insert(session: EditorSession, message: messages.Insert) -> None:
    action = edits.new_action(message.action, session.flow)
    if not action.known:
        raise ImpossibleEditError(f"There is no step of the type “{message.action}”.")
    flow = edits.insert(session.flow, action, message.slot.slot)
    session.apply(f"Insert {action.face.label}", flow, select=action.key)


def _move(session: EditorSession, message: messages.Move) -> None:
    name = title(session.flow.action(message.action_id))
    flow = edits.move(session.flow, message.action_id, message.slot.slot)
    session.apply(f"Move {name}", flow, select=message.action_id)


def _remove(session: EditorSession, message: messages.Remove) -> None:
    name = title(session.flow.action(message.action_id))
    flow = edits.remove(session.flow, message.action_id, message.keep_way)
    session.apply(f"Delete {name}", flow, select=_neighbour(session, message.action_id))


def _neighbour(session: EditorSession, action_id: str) -> str | None:
    """The step before: what a person is likely to look at after a deletion."""
    before = next((a.key for a in session.flow.actions if _leads(a, action_id)), None)
    return before or TRIGGER


def _leads(action: Action, action_id: str) -> bool:
    return any(way.target == action_id for way in action.ways())


def _duplicate(session: EditorSession, message: messages.Duplicate) -> None:
    name = title(session.flow.action(message.action_id))
    flow = edits.duplicate(session.flow, message.action_id)
    session.apply(f"Duplicate {name}", flow, select=_new_key(session, flow))


def _copy(session: EditorSession, message: messages.Copy) -> None:
    flow = session.flow
    session.clipboard = Clip(flow.action(message.action_id), flow.templates, flow.stubs)


def _paste(session: EditorSession, message: messages.Paste) -> None:
    clip = session.clipboard
    if clip is None:
        return
    at = message.slot.slot if message.slot else _behind(session)
    flow = edits.paste(session.flow, [clip.action], at, templates=clip.templates, stubs=clip.stubs)
    session.apply(f"Paste {title(clip.action)}", flow, select=_new_key(session, flow))


def _behind(session: EditorSession) -> Slot:
    """The first way out of the selected step, else the entrance."""
    action = session.flow.by_id.get(session.selection or "")
    ways = action.ways() if action else ()
    return Slot(action.key, ways[0].name) if action and ways else ENTRANCE


def _new_key(session: EditorSession, flow: Flow) -> str | None:
    known = session.flow.by_id
    return next((action.key for action in flow.actions if action.key not in known), None)


def _undo(session: EditorSession, message: messages.Undo) -> None:
    session.undo()


def _redo(session: EditorSession, message: messages.Redo) -> None:
    session.redo()


def _ready(session: EditorSession, message: messages.Ready) -> None:
    """The canvas itself answers by a snapshot."""


Deed: TypeAlias = Callable[[EditorSession, Any], None]
_DEEDS: dict[type[messages.Said], Deed] = {
    messages.Ready: _ready,
    messages.Select: _select,
    messages.Inspect: _inspect,
    messages.Insert: _insert,
    messages.Move: _move,
    messages.Remove: _remove,
    messages.Duplicate: _duplicate,
    messages.Copy: _copy,
    messages.Paste: _paste,
    messages.Undo: _undo,
    messages.Redo: _redo,
}
