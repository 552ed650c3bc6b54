"""Controls for what a message says: SMS text with its parts, JSON bodies, and email content."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from nicegui import ui

from editor import widgets
from editor.content_dialog import open_content
from editor.form import Form, Sentence
from editor.form_checks import fault
from editor.forms import FormField
from editor.preview import page, text_message
from editor.sms_length import sms_length
from flows.actions.messages import Template
from flows.edits import set_template

THUMB = 360
"""Pixels of the content's preview in the form."""


def sms(form: Form, field: FormField) -> None:
    """The text, what a person gets of it, and the parts it is sent in."""

    def show(text: str) -> None:
        message = form.subject.at(field.path[:-1], {})
        shown = text_message({**message, "body": text}, form.view)
        bubble.set_text(shown.text)
        bubble.set_visibility(bool(shown.text))
        count.set_text(sms_words(shown.text))
        sentence.say(shown.problem)

    def said(text: str) -> None:
        form.put(field, text)
        show(text)

    text = str(form.answer(field) or "")
    widgets.text_area(field.label, text, on_change=said, lines=4).props("debounce=150")
    bubble = ui.label().classes("rh-bubble")
    count = ui.label().classes("rh-help rh-number")
    sentence = Sentence()
    show(text)


def sms_words(text: str) -> str:
    """“82 of 160 characters, 1 part”; a longer text says what fits into its parts."""
    length = sms_length(text)
    room = length.units + length.left
    parts = "1 part" if length.parts == 1 else f"{length.parts} parts"
    alphabet = ", in Unicode because of its characters" if length.alphabet == "Unicode" else ""
    return f"{length.units} of {room} characters, {parts}{alphabet}"


def json(form: Form, field: FormField) -> None:
    """JSON text in an editor that knows its grammar."""
    with widgets.field(field.label, field.help or "JSON with template tags."):
        sentence: list[Sentence] = []
        code_editor(
            str(form.answer(field) or ""),
            "JSON",
            lambda text: sentence[0].say(form.put(field, text)),
        ).classes("rh-code-small")
        sentence.append(Sentence(fault(field, form.answer(field))))


def code_editor(text: str, language: Any, said: Callable[[str], None]) -> ui.codemirror:
    """A code editor in the product's colours."""
    made = ui.codemirror(text, language=language, line_wrapping=True, indent="  ")
    made.classes("rh-code").on_value_change(lambda event: said(event.value or ""))
    return made


def template(form: Form, field: FormField) -> None:
    """The email's content as it looks, small; a click opens it for editing."""
    with widgets.field(field.label):
        template_id = form.answer(field)
        body = form.flow.templates.get(template_id) if template_id else None
        if body is None:
            _no_content(form, field)
            return
        shown = page(body.html, form.view)
        with ui.element("div").classes("rh-thumb"):
            if shown.problem:
                widgets.banner(shown.problem, "danger", symbol="error")
            else:
                frame(shown.text, "The content, small").classes("rh-thumb-frame")
        widgets.quiet_button(
            "Edit content", lambda: _edit(form, field), icon="edit", small=True
        ).classes("rh-start")


def frame(text: str, title: str) -> ui.element:
    """A sandboxed frame: no scripts, no forms, no origin."""
    made = ui.element("iframe").props(f'sandbox="" title="{title}" tabindex=-1')
    made.props["srcdoc"] = text
    return made


def _no_content(form: Form, field: FormField) -> None:
    known = bool(form.answer(field))
    words = (
        "This template is not part of the flow, so its content cannot be shown."
        if known
        else "This email has no content yet."
    )
    widgets.muted(words, small=True)
    widgets.quiet_button(
        "Write content", lambda: _edit(form, field), icon="edit", small=True
    ).classes("rh-start")


def _edit(form: Form, field: FormField) -> None:
    """Open the content; a message without any gets a template named after itself."""
    template_id = str(form.answer(field) or "")
    if not template_id:
        template_id = f"{form.subject.key.replace(':', '-')}-content"
        form.put(field, template_id)
    old = form.flow.templates.get(template_id, Template())

    def said(html: str) -> None:
        new = form.flow.templates.get(template_id, old).model_copy(update={"html": html})
        form.subject.edit(
            "Change content",
            lambda flow: set_template(flow, template_id, new),
            ("templates", template_id),
        )

    open_content(form.view, old.html, said, form.redraw)
