"""The canvas element: shows a session's flow in the browser and brings its gestures back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from nicegui import ui
from nicegui.events import GenericEventArguments

from editor import messages
from editor.counts import Counts
from editor.errors import CanvasNotBuiltError
from editor.gestures import perform
from editor.layout import lay_out
from editor.patches import difference
from editor.session import EditorSession, SessionEvent
from editor.view import View, choices, picture
from flows.edits import DROP_ALL

DIST = Path(__file__).parent / "dist"


class FlowCanvas(ui.element, component="canvas.js", esm={"flow-canvas": "dist"}):
    """One tab's window on a session; a session may have several.

    The browser holds a copy of the picture with its revision. Every change goes there as a patch;
    a page whose revision does not fit asks for the whole picture. Any element of the page with the
    attribute `data-palette-type="<action type>"` can be dragged onto a +.
    """

    def __init__(self, session: EditorSession, *, memory: str = "", readonly: bool = False) -> None:
        """`memory` names the flow in the tab's storage, so that a reload finds the same place."""
        if not (DIST / "index.js").exists():
            raise CanvasNotBuiltError(DIST)
        super().__init__()
        self.session = session
        self.readonly = readonly
        self._view: View | None = None
        self._counts = Counts()
        self._path: tuple[str, ...] = ()
        self._chosen: str | None = None
        """What the page shows as selected, so that it never hears its own choice come back late."""
        self._props["name"] = session.flow.name
        self._props["choices"] = [asdict(choice) for choice in choices()]
        self._props["drop-all"] = DROP_ALL
        self._props["memory"] = memory
        self._props["readonly"] = readonly
        self.style("width: 100%; height: 100%")
        self.on("intent", self._hear)
        self._leave = session.subscribe(self._session_changed)

    def show_counts(self, counts: Counts) -> None:
        """Show the numbers of a run; only what changed travels: ten times a second is fine."""
        news = counts.since(self._counts)
        self._counts = counts
        if news and self._view:
            self.run_method("setNumbers", news)

    def clear_counts(self) -> None:
        """Show no numbers."""
        self.show_counts(Counts())

    def highlight(self, path: Sequence[str]) -> None:
        """Light the cards of a person's path and the links between them; an empty path ends it."""
        self._path = tuple(path)
        if self._view:
            pairs = set(zip(self._path, self._path[1:], strict=False))
            edges = self._view.edges.values()
            lit = [edge.id for edge in edges if (edge.source, edge.target) in pairs]
            self.run_method("light", [*self._path, *lit])

    def fit(self) -> None:
        """Bring the whole flow into sight."""
        self.run_method("fit")

    def zoom_to(self, action_id: str) -> None:
        """Bring one card to the middle, large enough to read."""
        self.run_method("zoomTo", action_id)

    def open_inserter(self, action_id: str | None = None) -> None:
        """Open the list of steps behind a card's first way out; None: at the entry."""
        self.run_method("openInserter", action_id)

    def focus(self) -> None:
        """Give the canvas the keyboard."""
        self.run_method("focusCanvas")

    def say(self, text: str) -> None:
        """Show a sentence at the canvas's lower border for a while."""
        self.run_method("say", text)

    def _hear(self, event: GenericEventArguments) -> None:
        message = messages.read(event.args)
        if isinstance(message, messages.Select | messages.Inspect):
            self._chosen = message.action_id
        if isinstance(message, messages.Ready):
            self._send_all()
        elif message and (not self.readonly or isinstance(message, messages.LOOKING)):
            refusal = perform(self.session, message)
            if refusal:
                self.say(refusal)

    def _send_all(self) -> None:
        self._view = None
        self._send_patch()
        numbers = self._counts.since(Counts())
        if numbers:
            self.run_method("setNumbers", {"reset": True, **numbers})
        if self._path:
            self.highlight(self._path)

    def _send_patch(self) -> None:
        session = self.session
        layout = lay_out(session.flow)
        view = picture(session.flow, layout, session.problems, session.revision)
        steps = len(session.flow.by_id)
        rest = {"select": session.selection, "steps": steps}
        self._chosen = session.selection
        self.run_method("applyPatch", difference(self._view, view) | rest)
        self._view = view

    def _session_changed(self, event: SessionEvent) -> None:
        if self._view is None:
            return
        if event.kind == "flow":
            self._send_patch()
        elif event.kind == "selection" and self.session.selection != self._chosen:
            self._chosen = self.session.selection
            self.run_method("setSelection", self._chosen)

    def _handle_delete(self) -> None:
        self._leave()
        super()._handle_delete()
