"""One flow being edited: its value, undo, selection and problems. Knows no widget.

Everything that changes goes through `apply`, `undo`, `redo` or `select`; each emits one event,
after which views draw what the session now holds.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from editor.errors import SaveRefusedError
from editor.skeleton import TRIGGER
from flows.actions.base import Action
from flows.actions.messages import Template
from flows.document import Flow
from flows.problem import Problem
from flows.stubs import CodeStub

HISTORY = 500
"""How many edits can be taken back."""

EventKind = Literal["flow", "selection", "inspect", "conflict"]


@dataclass(frozen=True, slots=True)
class SessionEvent:
    """What has changed: the flow (selection included), or only the selection.

    `inspect` asks for the selection's fields; `conflict` says that a save was refused.
    """

    kind: EventKind
    label: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """An edit that can be taken back: its name, and what was there before it."""

    label: str
    flow: Flow
    selection: str | None


@dataclass(frozen=True, slots=True)
class Clip:
    """A copied step, with the templates and stubs of the flow it came from."""

    action: Action
    templates: dict[str, Template]
    stubs: dict[str, CodeStub]


class Keep:
    """The wish to leave the selection as it is."""


KEEP: Final = Keep()
Check: TypeAlias = Callable[[Flow], tuple[Problem, ...]]
Saver: TypeAlias = Callable[[Flow, str], None]
"""Called at every commit with the edit's name; raises SaveRefusedError to refuse."""
Subscriber: TypeAlias = Callable[[SessionEvent], None]


class EditorSession:
    """The truth of the desk. `revision` grows with every change of the flow."""

    def __init__(
        self, flow: Flow, *, check: Check | None = None, saver: Saver | None = None
    ) -> None:
        self._check, self._saver = check, saver
        self._undo: list[Entry] = []
        self._redo: list[Entry] = []
        self._coalesce: str | None = None
        self._subscribers: list[Subscriber] = []
        self.flow = flow
        self.revision = 0
        self.selection: str | None = None
        """The id of the selected step, TRIGGER, or None."""
        self.clipboard: Clip | None = None
        self.conflict: str | None = None
        """Why the last save was refused; the flow in memory is then ahead of the stored one."""
        self.problems = check(flow) if check else ()

    @property
    def undo_label(self) -> str | None:
        """The name of the edit that `undo` takes back; None where there is none."""
        return self._undo[-1].label if self._undo else None

    @property
    def redo_label(self) -> str | None:
        """The name of the edit that `redo` does again; None where there is none."""
        return self._redo[-1].label if self._redo else None

    def apply(
        self,
        label: str,
        flow: Flow,
        *,
        select: str | Keep | None = KEEP,
        coalesce: str | None = None,
    ) -> None:
        """Commit an edit. Edits in a row with one `coalesce` key are taken back as one."""
        selection = self.selection if isinstance(select, Keep) else select
        if flow == self.flow:
            self.select(selection)
            return
        if not (coalesce and coalesce == self._coalesce and self._undo):
            self._undo.append(Entry(label, self.flow, self.selection))
            del self._undo[:-HISTORY]
        self._redo.clear()
        self._coalesce = coalesce
        self._commit(label, flow, selection)

    def undo(self) -> None:
        """Take the last edit back, with the selection as it was."""
        self._step(self._undo, self._redo, "Undo")

    def redo(self) -> None:
        """Do again what was taken back last."""
        self._step(self._redo, self._undo, "Redo")

    def settle(self) -> None:
        """End the typing in a field: what comes next is an edit of its own."""
        self._coalesce = None

    def select(self, action_id: str | None) -> None:
        """Select a step or TRIGGER; an id that the flow does not hold selects nothing."""
        known = self._known(action_id)
        if known != self.selection:
            self.selection = known
            self.settle()
            self._emit(SessionEvent("selection"))

    def inspect(self, action_id: str | None) -> None:
        """Select, and ask whoever shows fields to bring them up."""
        self.select(action_id)
        self._emit(SessionEvent("inspect"))

    def replace(self, flow: Flow) -> None:
        """Begin anew with another flow, such as the stored one after a conflict; saves nothing."""
        self._undo.clear()
        self._redo.clear()
        self.settle()
        self.conflict = None
        self._show("Load", flow, self.selection)

    def recheck(self) -> None:
        """Find the problems again, for a check whose answer depends on more than the flow."""
        self._show("Check", self.flow, self.selection)

    def subscribe(self, callback: Subscriber) -> Callable[[], None]:
        """Call back at every event, in order of subscription; the answer ends it."""
        self._subscribers.append(callback)

        def leave() -> None:
            if callback in self._subscribers:
                self._subscribers.remove(callback)

        return leave

    def _step(self, source: list[Entry], other: list[Entry], verb: str) -> None:
        if not source:
            return
        entry = source.pop()
        other.append(Entry(entry.label, self.flow, self.selection))
        self.settle()
        self._commit(f"{verb}: {entry.label}", entry.flow, entry.selection)

    def _commit(self, label: str, flow: Flow, selection: str | None) -> None:
        before = self.conflict
        self.conflict = self._save(flow, label)
        self._show(label, flow, selection)
        if self.conflict != before:
            self._emit(SessionEvent("conflict", label))

    def _show(self, label: str, flow: Flow, selection: str | None) -> None:
        self.flow = flow
        self.revision += 1
        self.selection = self._known(selection)
        self.problems = self._check(flow) if self._check else ()
        self._emit(SessionEvent("flow", label))

    def _save(self, flow: Flow, label: str) -> str | None:
        try:
            if self._saver:
                self._saver(flow, label)
        except SaveRefusedError as refusal:
            return refusal.reason
        return None

    def _known(self, action_id: str | None) -> str | None:
        return action_id if action_id == TRIGGER or action_id in self.flow.by_id else None

    def _emit(self, event: SessionEvent) -> None:
        for callback in tuple(self._subscribers):
            callback(event)
