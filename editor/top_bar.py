"""The line above the canvas: where one is, whether all is saved, and what can be done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from nicegui import ui

from editor import widgets
from editor.history_dialog import open_history
from editor.problem_list import summary
from editor.session import SessionEvent
from editor.sessions import Editing
from flows.edits import rename
from flows.errors import ImpossibleEditError

STATUS: dict[str, tuple[str, widgets.Tone]] = {
    "draft": ("Draft", "neutral"),
    "manual": ("Manual", "warn"),
    "live": ("Live", "ok"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Doings:
    """What the bar asks the page to do."""

    back: str
    """The address of the page before."""
    check: Callable[[], Any]
    rehearse: Callable[[], Any]
    download: Callable[[str], Any]
    """Called with `native` or `klaviyo`."""
    settings: Callable[[], Any]


class TopBar:
    """Follows the session."""

    def __init__(self, editing: Editing, doings: Doings) -> None:
        self._editing, self._doings = editing, doings
        self._session = editing.session
        with ui.element("header").classes("rh-bar"):
            self._draw_place()
            ui.element("div").classes("rh-grow")
            self._draw_history()
            ui.element("div").classes("rh-bar-rule")
            self._check = widgets.ghost_button("Check", doings.check, icon="rule")
            self._draw_export()
            widgets.theme_button()
            widgets.primary_button("Rehearse", doings.rehearse, icon="play_arrow")
        self._show()

    def on_session(self, event: SessionEvent) -> None:
        """Show what the session now holds."""
        if event.kind != "selection":
            self._show()

    def _draw_place(self) -> None:
        back = self._doings.back
        widgets.icon_button("arrow_back", "All flows", lambda: ui.navigate.to(back))
        self._name = ui.input(value=self._session.flow.name).classes("rh-bar-name")
        self._name.props('outlined dense aria-label="Name of the flow" maxlength=120')
        self._name.on("blur", self._rename)
        self._name.on("keydown.enter", js_handler="(event) => event.target.blur()")
        self._status = ui.element("span")
        self._saved = ui.element("span").classes("rh-bar-saved").props("role=status")

    def _draw_history(self) -> None:
        session = self._session
        self._undo = widgets.icon_button("undo", "Undo", session.undo)
        self._redo = widgets.icon_button("redo", "Redo", session.redo)
        widgets.icon_button("history", "Revisions", lambda: open_history(self._editing))

    def _draw_export(self) -> None:
        download = self._doings.download
        with widgets.icon_button("more_horiz", "More", tip=False), ui.menu():
            ui.menu_item("Flow settings", self._doings.settings)
            ui.separator()
            ui.menu_item("Download flow", lambda: download("native"))
            ui.menu_item("Download as Klaviyo JSON", lambda: download("klaviyo"))

    def _rename(self) -> None:
        written = str(self._name.value or "")
        if written.strip() == self._session.flow.name:
            return
        try:
            self._session.apply("Rename flow", rename(self._session.flow, written))
        except ImpossibleEditError as refusal:
            widgets.toast(str(refusal))
            self._name.set_value(self._session.flow.name)

    def _show(self) -> None:
        session = self._session
        if self._name.value != session.flow.name:
            self._name.set_value(session.flow.name)
        self._status.clear()
        with self._status:
            text, tone = STATUS.get(session.flow.status, (session.flow.status, "neutral"))
            widgets.pill(text, tone, dot=True)
        self._undo.set_enabled(session.undo_label is not None)
        self._redo.set_enabled(session.redo_label is not None)
        self._show_saved()
        self._show_check()

    def _show_saved(self) -> None:
        refused = self._session.conflict
        self._saved.clear()
        with self._saved:
            widgets.icon("cloud_off" if refused else "check")
            ui.label("Not saved" if refused else "Saved")
        self._saved.classes(
            add="rh-danger-text" if refused else "", remove="" if refused else "rh-danger-text"
        )

    def _show_check(self) -> None:
        problems = self._session.problems
        severities = {problem.severity for problem in problems}
        worst = next((one for one in ("error", "warning") if one in severities), "ok")
        self._check.set_text(summary(problems) or "No problems")
        self._check.classes(
            add=f"rh-check-{worst}", remove="rh-check-error rh-check-warning rh-check-ok"
        )
