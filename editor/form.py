"""A form on the page: what each control needs, and how the answer to a question is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from nicegui import ui

from editor.catalogue import Catalogue
from editor.form_checks import fault
from editor.forms import FormField, is_shown
from editor.preview import View
from editor.subject import Subject
from flows.document import Flow
from simulator.channels.account import Account


@dataclass(frozen=True, slots=True)
class Form:
    """One subject's form. `redraw` draws it anew, after a change that adds or takes questions."""

    subject: Subject
    fields: tuple[FormField, ...]
    catalogue: Catalogue
    redraw: Callable[[], None]
    draw: Callable[[Form, tuple[FormField, ...]], None]
    """Draws some of the questions, for a control that asks those of a part."""
    account: Account = field(default_factory=Account)
    """Who sends the messages that the form shows."""

    @property
    def view(self) -> View:
        """For whom messages are shown."""
        return View(self.flow, self.account)

    @property
    def flow(self) -> Flow:
        """The flow as it stands now."""
        return self.subject.session.flow

    def answer(self, field: FormField) -> Any:
        """The value in the JSON, else the default."""
        return self.subject.at(field.path, field.default)

    def put(self, field: FormField, value: Any) -> str:
        """Write an answer that stands; the sentence says what is wrong with another one."""
        wrong = fault(field, value)
        keeps = field.kind in {"text", "json"} and not field.needed
        if wrong and not keeps:
            return wrong
        written = None if value == "" and field.optional else value
        before = self.shown()
        refused = self.subject.put(field.path, written, f"Change {field.label.lower()}")
        if field.redraws or before != self.shown():
            self.redraw()
        return refused or wrong

    def shown(self) -> tuple[FormField, ...]:
        """The questions that make sense beside the present answers."""
        written = self.subject.json()
        return tuple(field for field in self.fields if is_shown(field, written))


class Sentence:
    """The line under a control that says what is wrong, empty while all is well."""

    def __init__(self, text: str = "") -> None:
        self._label = ui.label(text).classes("rh-fault").props("role=alert")
        self.say(text)

    def say(self, text: str) -> None:
        """Show this sentence, or nothing."""
        self._label.set_text(text)
        self._label.set_visibility(bool(text))
