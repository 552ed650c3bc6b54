"""The panel on the right: the fields of what is selected, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from nicegui import ui

from editor import widgets
from editor.delay_preview import departures, moment
from editor.flow_form import draw_flow, draw_trigger
from editor.form_view import draw_form, form_for
from editor.forms import form_fields
from editor.problem_list import TONES, draw_finding
from editor.session import EditorSession, SessionEvent
from editor.skeleton import TRIGGER
from editor.subject import Subject, step_subject
from flows.actions.base import Action
from flows.actions.time_delay import TimeDelay
from flows.conditions.base import Names
from flows.document import Flow
from flows.edits import duplicate, remove
from flows.errors import FlowError
from flows.titles import plain
from simulator.channels.account import Account

__all__ = ["TONES", "Inspector"]
_FOCUS = "document.querySelector('.rh-inspector-body :is(input, textarea, button)')?.focus()"
_STEPS = {"actions", "entry_action_id", "templates"}
"""What the flow's own form does not show."""


class Inspector:
    """Draws itself anew when something else is selected or changed from outside.

    While a person types here the fields stay as they are, and only what follows from them (the
    sentence, findings, dates) is drawn again.
    """

    def __init__(
        self,
        session: EditorSession,
        *,
        account_zone: str,
        account: Account | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._session, self._zone, self._now = session, account_zone, now
        self._account = account or Account()
        self._subject: Subject | None = None
        self._shown: Any = None
        with ui.element("aside").classes("rh-inspector").props('aria-label="Inspector"'):
            self._head = ui.element("div").classes("rh-inspector-head")
            self._body = ui.element("div").classes("rh-inspector-body")
        self._draw()

    def on_session(self, event: SessionEvent) -> None:
        """Follow the session; the page subscribes this."""
        if event.kind == "selection":
            self._draw()
        elif event.kind == "flow":
            self._follow()

    def focus(self) -> None:
        """Put the cursor into the first field, in the tab whose person asked for the fields."""
        if ui.context.client is self._body.client:
            ui.run_javascript(_FOCUS)

    def _follow(self) -> None:
        """Redraw after a change from elsewhere; after one's own only what follows from it."""
        subject = self._subject
        if subject and subject.speaking:
            self._remember()
            self._draw_head()
            self._draw_notes()
        elif self._present() != self._shown:
            self._draw()
        else:
            self._draw_notes()

    def _present(self) -> Any:
        """What the panel shows, to be compared with what it showed."""
        flow, selected = self._session.flow, self._session.selection
        if selected is None or selected == TRIGGER:
            return selected, _settings(flow)
        action = flow.by_id.get(selected)
        templates = {key: body.to_json() for key, body in flow.templates.items()}
        stub = flow.stubs.get(selected)
        shown = (part.to_json() if part else None for part in (action, stub))
        return selected, *shown, templates

    def _remember(self) -> None:
        self._shown = self._present()

    def _draw(self) -> None:
        self._remember()
        self._body.clear()
        with self._body:
            self._notes = ui.element("div").classes("rh-inspector-notes")
            self._subject = self._draw_fields()
            self._dates = ui.element("div")
        self._draw_head()
        self._draw_notes()

    def _draw_fields(self) -> Subject | None:
        session, selected = self._session, self._session.selection
        if selected is None:
            return draw_flow(session, self._draw)
        if selected == TRIGGER:
            return draw_trigger(session, self._draw)
        action = session.flow.action(selected)
        subject = step_subject(session, selected)
        if not action.known:
            _draw_unknown(action)
            return subject
        fields = form_fields(type(action))
        draw_form(form_for(subject, fields, self._draw, self._account))
        return subject

    def _draw_head(self) -> None:
        self._head.clear()
        flow, selected = self._session.flow, self._session.selection
        names = Names(flow.names)
        with self._head:
            if selected is None:
                _title("tune", "other", "Flow settings", flow.name)
            elif selected == TRIGGER:
                trigger = flow.trigger
                words = trigger.sentence(names) if trigger else "Choose what starts this flow"
                _title(trigger.face.icon if trigger else "bolt", "trigger", "Trigger", words)
            elif action := flow.by_id.get(selected):
                face = action.face
                _title(face.icon, face.group, face.label, plain(action.sentence(names)))
                self._draw_actions(selected)

    def _draw_actions(self, action_id: str) -> None:
        with widgets.row(gap=0, classes="rh-fixed"):
            widgets.icon_button(
                "content_copy", "Duplicate", lambda: self._duplicate(action_id), small=True
            )
            widgets.icon_button("delete", "Remove", lambda: self._remove(action_id), small=True)
            widgets.icon_button("close", "Close", lambda: self._session.select(None), small=True)

    def _duplicate(self, action_id: str) -> None:
        try:
            self._session.apply("Duplicate step", duplicate(self._session.flow, action_id))
        except FlowError as refusal:
            widgets.toast(str(refusal))

    def _remove(self, action_id: str) -> None:
        try:
            flow = remove(self._session.flow, action_id)
        except FlowError as refusal:
            widgets.toast(str(refusal))
        else:
            self._session.apply("Remove step", flow, select=None)

    def _draw_notes(self) -> None:
        selected = self._session.selection
        self._notes.clear()
        self._dates.clear()
        with self._notes:
            for problem in self._session.problems:
                if selected and problem.action_id == selected:
                    draw_finding(problem)
        action = self._session.flow.by_id.get(selected or "")
        if isinstance(action, TimeDelay):
            with self._dates:
                _draw_departures(action, self._now(), self._zone)


def _title(icon: str, group: str, title: str, words: str) -> None:
    widgets.tile(icon, group)
    with widgets.column(gap=0, classes="rh-grow"):
        ui.label(title).classes("rh-heading")
        ui.label(words).classes("rh-muted rh-small rh-clamp")


def _draw_unknown(action: Action) -> None:
    widgets.banner(
        "This kind of step is not known here. It stays exactly as it came, and people pass it by.",
        "warn",
        symbol="help_center",
    )
    ui.label(str(action.to_json())).classes("rh-mono rh-unknown")


def _draw_departures(action: TimeDelay, now: datetime, zone: str) -> None:
    """The next five days' arrivals and when each goes on."""
    with widgets.section("If someone arrives …"), ui.element("div").classes("rh-departures"):
        for arrived, left in departures(action.data, now, zone):
            ui.label(moment(arrived)).classes("rh-muted rh-number")
            widgets.icon("arrow_right_alt", "rh-faint")
            ui.label(moment(left)).classes("rh-number")


def _settings(flow: Flow) -> dict[str, Any]:
    return {key: value for key, value in flow.to_json().items() if key not in _STEPS}
