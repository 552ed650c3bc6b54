"""The editing page put together: bar, steps, canvas, fields, problems and rehearsing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from nicegui import ui
from nicegui.events import GenericEventArguments

from editor import theme, widgets
from editor.canvas import FlowCanvas
from editor.conflict_dialog import open_conflict
from editor.inspector import Inspector
from editor.palette import Palette
from editor.problem_list import ProblemList
from editor.run_view import RehearsalDesk, RunView
from editor.session import SessionEvent
from editor.sessions import Editing
from editor.skeleton import TRIGGER
from editor.top_bar import Doings, TopBar
from simulator.channels.account import Account

_UNDO_KEYS = """(event) => {
  const key = event.key.toLowerCase();
  const field = event.target.closest("input, textarea, select, [contenteditable]");
  if (field || !(event.ctrlKey || event.metaKey) || !(key === "z" || key === "y")) return;
  event.preventDefault();
  emit(key === "y" || event.shiftKey ? "redo" : "undo");
}"""
"""Says `undo` or `redo` for the usual keys, outside fields: these have an undo of their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What the page needs of the app around it."""

    rehearsals: RehearsalDesk
    account: Account
    account_zone: str
    back: str
    """The address of the page before."""
    address: str
    """The address of a flow's page, with `{}` for the flow's id."""
    download: Callable[[str, str], None]
    """Called with the flow's id and a form: `native` or `klaviyo`."""


class EditorPage:
    """One tab's view of a flow; draws itself once and then follows the session."""

    def __init__(self, editing: Editing, around: Surroundings) -> None:
        self._editing, self._around = editing, around
        self._session = editing.session
        theme.install()
        ui.page_title(f"{self._session.flow.name} · Rehearsal")
        with ui.element("div").classes("rh-editor").props("tabindex=-1") as root:
            bar = ui.element("div").classes("rh-bar-place")
            Palette(self._session)
            with ui.element("main").classes("rh-editor-canvas"):
                self._canvas = FlowCanvas(self._session, memory=editing.flow_id)
                self._lesson = ui.element("div")
            with ui.element("div").classes("rh-editor-problems") as self._drawer:
                self._problems = ProblemList(self._session, self._close_problems)
            self._inspector = Inspector(
                self._session, account_zone=around.account_zone, account=around.account
            )
            self._run = RunView(self._session, around.rehearsals, self._canvas.show_counts)
            with bar:
                self._bar = TopBar(editing, self._doings())
        self._drawer.set_visibility(False)
        self._teach()
        leave = self._session.subscribe(self._follow)
        ui.context.client.on_delete(leave)
        root.on("keydown", self._key, js_handler=_UNDO_KEYS)

    def _doings(self) -> Doings:
        around, flow_id = self._around, self._editing.flow_id
        return Doings(
            back=around.back,
            check=self._toggle_problems,
            rehearse=self._run.open,
            download=lambda form: around.download(flow_id, form),
            settings=lambda: self._session.inspect(None),
        )

    def _follow(self, event: SessionEvent) -> None:
        self._bar.on_session(event)
        self._inspector.on_session(event)
        self._problems.on_session(event)
        if event.kind == "flow":
            self._teach()
        if event.kind == "selection":
            self._run.make_room()
        if event.kind == "inspect":
            self._inspect()
        if event.kind == "conflict" and self._session.conflict:
            with self._lesson:
                open_conflict(self._editing, self._around.address)

    def _inspect(self) -> None:
        """Bring up the fields of what is selected, of the flow itself where nothing is."""
        self._run.step_aside()
        if self._session.selection:
            self._canvas.zoom_to(self._session.selection)
        self._inspector.focus()

    def _toggle_problems(self) -> None:
        self._drawer.set_visibility(not self._drawer.visible)

    def _close_problems(self) -> None:
        self._drawer.set_visibility(False)

    def _teach(self) -> None:
        """Three sentences over the canvas of an empty flow."""
        self._lesson.clear()
        flow = self._session.flow
        if flow.actions:
            return
        with self._lesson, ui.element("div").classes("rh-lesson"):
            widgets.heading("Three steps to a flow")
            _lesson_step(1, "Choose what starts it.", done=flow.trigger is not None)
            _lesson_step(2, "Drag a step from the left to the +, or click it.", done=False)
            _lesson_step(3, "Rehearse it on made-up people before anybody real gets a message.")
            if flow.trigger is None:
                widgets.primary_button(
                    "Choose what starts it", lambda: self._session.select(TRIGGER)
                ).classes("rh-start")

    def _key(self, event: GenericEventArguments) -> None:
        """Undo or redo; the canvas hears its own keys first and lets none of these through."""
        (self._session.redo if event.args == "redo" else self._session.undo)()


def _lesson_step(number: int, text: str, *, done: bool = False) -> None:
    with ui.element("div").classes("rh-lesson-step"):
        with ui.element("span").classes("rh-lesson-number"):
            if done:
                widgets.icon("check")
            else:
                ui.label(str(number))
        ui.label(text).classes("rh-muted" if done else "")
