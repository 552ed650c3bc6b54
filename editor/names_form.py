"""The form of the readable names behind the ids of an imported flow."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from nicegui import ui

from editor import choosers, widgets
from editor.catalogue import METRICS
from editor.subject import Subject
from flows.conditions.base import Need
from flows.edits import name_id
from flows.needs import ids, numbered

KINDS = {"metric": "Metric", "list": "List", "segment": "Segment", "group": "List or segment",
         "object": "Type of object"}  # fmt: skip


def draw_names(subject: Subject, redraw: Callable[[], None]) -> None:
    """A field for each id that the flow uses; nothing where it uses names alone."""
    flow = subject.session.flow
    found, properties = ids(flow), numbered(flow)
    if not found and not properties:
        return
    with ui.element("section").classes("rh-form-group"):
        with widgets.column(gap=4):
            ui.label("Names").classes("rh-section-title")
            widgets.help_line(
                "This flow uses ids. Say what they stand for, and it reads well; for metrics such "
                "as Placed Order, made-up people then do what real ones do."
            )
        for identifier, need in found.items():
            _draw_one(subject, identifier, need, redraw)
        for key, (kind, number) in properties.items():
            label = f"Property {number} of {flow.names.get(kind, kind) or 'an object'}"
            with widgets.field(label):
                choosers.plain(flow.names.get(key, ""), partial(_give, subject, key), label).props(
                    'placeholder="What it is called"'
                )


def _draw_one(subject: Subject, identifier: str, need: Need, redraw: Callable[[], None]) -> None:
    label = f"{KINDS[need.kind]} {identifier}"
    name = subject.session.flow.names.get(identifier, "")

    def choose(new: str) -> None:
        _give(subject, identifier, new)
        redraw()

    with widgets.field(label):
        if need.kind == "metric":
            made = choosers.combo({one: one for one in METRICS}, name, choose, label)
            made.props("clearable")
        else:
            choosers.plain(name, partial(_give, subject, identifier), label).props(
                'placeholder="What it is called"'
            )


def _give(subject: Subject, identifier: str, name: str) -> None:
    subject.edit(
        f"Name {identifier}",
        lambda flow: name_id(flow, identifier, name or ""),
        ("names", identifier),
    )
