"""Draws a form: its questions in groups, each by the control for its kind."""

from __future__ import annotations

from collections.abc import Callable

from nicegui import ui

from editor import controls, widgets
from editor.catalogue import catalogue
from editor.filter_controls import event_filter, output_filter, profile_filter
from editor.form import Form
from editor.form_words import GROUPS, Kind
from editor.forms import FormField, is_shown
from editor.hierarchy_controls import hierarchy
from editor.message_controls import json, sms, template
from editor.path_controls import paths
from editor.push_controls import badge, buttons
from editor.row_controls import operations, pairs, parameters
from editor.service_controls import addresses, service
from editor.stub_controls import stub
from editor.subject import Subject
from editor.variation_controls import message, variations
from simulator.channels.account import Account

_CONTROLS: dict[Kind, controls.Draw] = {
    "text": controls.text,
    "long": controls.long,
    "number": controls.number,
    "choice": controls.choice,
    "choices": controls.choices,
    "switch": controls.switch,
    "time": controls.time,
    "weekdays": controls.weekdays,
    "zone": controls.zone,
    "metric": controls.named,
    "group": controls.named,
    "property": controls.named,
    "filter": profile_filter,
    "event-filter": event_filter,
    "template": template,
    "sms": sms,
    "json": json,
    "pairs": pairs,
    "parameters": parameters,
    "operations": operations,
    "badge": badge,
    "buttons": buttons,
    "addresses": addresses,
    "service": service,
    "stub": stub,
    "output-filter": output_filter,
    "hierarchy": hierarchy,
    "paths": paths,
    "message": message,
    "variations": variations,
}
"""The control for each kind of question."""


def form_for(
    subject: Subject,
    fields: tuple[FormField, ...],
    redraw: Callable[[], None],
    account: Account | None = None,
) -> Form:
    """A form of these questions about the subject."""
    known = catalogue(subject.session.flow)
    return Form(subject, fields, known, redraw, draw_fields, account or Account())


def draw_form(form: Form) -> None:
    """All questions that make sense now, group by group; the advanced ones folded away."""
    shown = form.shown()
    for group in GROUPS:
        fields = tuple(field for field in shown if field.group == group)
        if not fields:
            continue
        if group == "Advanced":
            with ui.expansion("Advanced").classes("rh-fold"):
                draw_fields(form, fields)
        else:
            with ui.element("section").classes("rh-form-group"):
                draw_fields(form, fields)


def draw_fields(form: Form, fields: tuple[FormField, ...]) -> None:
    """These questions, one below the other; some stand beside the one before."""
    written = form.subject.json()
    with widgets.column(gap=16):
        for line in lines([field for field in fields if is_shown(field, written)]):
            with ui.element("div").classes("rh-form-line" if len(line) > 1 else "rh-form-single"):
                for field in line:
                    _CONTROLS[field.kind](form, field)


def lines(fields: list[FormField]) -> list[list[FormField]]:
    """The questions line by line."""
    made: list[list[FormField]] = []
    for field in fields:
        if field.beside and made:
            made[-1].append(field)
        else:
            made.append([field])
    return made
