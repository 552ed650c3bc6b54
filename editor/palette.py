"""Every step that can be put into a flow: drag it to a +, or click to put it in."""

from __future__ import annotations

from nicegui import ui

from editor import widgets
from editor.session import EditorSession
from editor.skeleton import TRIGGER
from editor.view import Choice, choices
from flows.document import Flow
from flows.edits import ENTRANCE, Slot, insert, new_action
from flows.edits.links import last_place
from flows.errors import FlowError
from flows.face import Group

GROUPS: dict[Group, str] = {
    "message": "Messages",
    "timing": "Timing",
    "logic": "Logic",
    "data": "Data",
}


class Palette:
    """The searchable list on the left."""

    def __init__(self, session: EditorSession) -> None:
        self._session = session
        with ui.element("aside").classes("rh-palette").props('aria-label="Steps"'):
            search = ui.input(placeholder="Find a step").classes("rh-palette-search")
            search.props('outlined dense clearable debounce=100 aria-label="Find a step"')
            with search.add_slot("prepend"):
                widgets.icon("search")
            search.on_value_change(lambda event: self._draw(event.value or ""))
            self._body = ui.element("div").classes("rh-palette-body")
        self._draw("")

    def _draw(self, asked: str) -> None:
        found = matching(asked)
        self._body.clear()
        with self._body:
            if not found:
                widgets.muted(f"No step is called “{asked}”.", small=True)
            for group, words in GROUPS.items():
                entries = [choice for choice in found if choice.group == group]
                if entries:
                    ui.label(words).classes("rh-overline rh-palette-group")
                for choice in entries:
                    self._draw_entry(choice)

    def _draw_entry(self, choice: Choice) -> None:
        button = ui.element("button").classes("rh-palette-entry")
        button.props(f"type=button data-palette-type={choice.type}")
        button.props["title"] = choice.help
        with button:
            widgets.tile(choice.icon, choice.group, small=True)
            ui.label(choice.label).classes("rh-palette-label")
        button.on("click", lambda: self._insert(choice))

    def _insert(self, choice: Choice) -> None:
        flow = self._session.flow
        try:
            action = new_action(choice.type, flow)
            changed = insert(flow, action, slot_after(flow, self._session.selection))
        except FlowError as refusal:
            widgets.toast(str(refusal))
            return
        self._session.apply(f"Insert {choice.label.lower()}", changed, select=action.key)


def matching(asked: str) -> list[Choice]:
    """The choices whose label or help has every word asked for."""
    words = asked.lower().split()
    return [
        choice
        for choice in choices()
        if all(word in f"{choice.label} {choice.help}".lower() for word in words)
    ]


def slot_after(flow: Flow, selection: str | None) -> Slot:
    """Behind the selected step; without one at the end of the path of first ways."""
    if selection == TRIGGER or flow.entry_action_id not in flow.by_id:
        return ENTRANCE
    if selection and (ways := flow.action(selection).ways()):
        return Slot(selection, ways[0].name)
    return last_place(flow, flow.entry_action_id)
