"""One drawing function per way of asking a question of a form."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from nicegui import ui

from editor import choosers, widgets
from editor.form import Form, Sentence
from editor.form_checks import fault
from editor.forms import FormField
from flows.timing import WEEKDAYS

Draw = Callable[[Form, FormField], None]
DEBOUNCE = "debounce=200"
_FEW = 3
"""Up to so many choices all stand in sight."""


def _checked(form: Form, field: FormField, draw: Callable[[Callable[[Any], None]], None]) -> None:
    """Draw a control with the line below it that says what is wrong with its answer."""
    sentence: list[Sentence] = []

    def change(value: Any) -> None:
        sentence[0].say(form.put(field, value))

    draw(change)
    sentence.append(Sentence(fault(field, form.answer(field))))


def text(form: Form, field: FormField) -> None:
    """A line of text."""

    def draw(change: Callable[[Any], None]) -> None:
        widgets.text_field(
            field.label, form.answer(field), on_change=change, help_text=field.help
        ).props(DEBOUNCE)

    _checked(form, field, draw)


def long(form: Form, field: FormField) -> None:
    """Text that may need a second line."""

    def draw(change: Callable[[Any], None]) -> None:
        made = widgets.text_area(
            field.label, form.answer(field), on_change=change, help_text=field.help, lines=1
        )
        made.props(DEBOUNCE)

    _checked(form, field, draw)


def number(form: Form, field: FormField) -> None:
    """A number of zero or more."""

    def draw(change: Callable[[Any], None]) -> None:
        def said(value: float | None) -> None:
            change(None if value is None else choosers.whole(value))

        widgets.number_field(
            field.label,
            form.answer(field),
            on_change=said,
            unit=_unit(form, field),
            bounds=(field.least, None),
        ).props(DEBOUNCE)
        if field.help:
            widgets.help_line(field.help).classes("rh-help-close")

    _checked(form, field, draw)


def _unit(form: Form, field: FormField) -> str:
    """What the number counts: the lesser unit for the second value of a delay."""
    if field.path[-1] == "secondary_value":
        return {"hours": "minutes", "days": "hours"}.get(form.subject.at(("data", "unit")), "hours")
    return field.unit


def choice(form: Form, field: FormField) -> None:
    """One of several values."""
    options = dict(field.options)
    value = form.answer(field)
    if len(options) <= _FEW:
        with widgets.field("" if field.beside else field.label, field.help):
            widgets.segmented(
                options,
                value if value in options else None,
                on_change=lambda chosen: form.put(field, chosen),
            )
        return
    widgets.select_field(
        field.label,
        options if value in options or value is None else {**options, value: str(value)},
        value,
        on_change=lambda chosen: form.put(field, chosen),
        help_text=field.help,
    )


def choices(form: Form, field: FormField) -> None:
    """Any of several values."""
    order = [value for value, _ in field.options]
    widgets.select_field(
        field.label,
        dict(field.options),
        list(form.answer(field) or ()),
        on_change=lambda chosen: form.put(field, sorted(chosen or (), key=order.index)),
        help_text=field.help,
    )


def switch(form: Form, field: FormField) -> None:
    """Yes or no."""
    widgets.switch(
        field.label,
        bool(form.answer(field)),
        on_change=lambda value: form.put(field, value),
        help_text=field.help,
    )


def time(form: Form, field: FormField) -> None:
    """A time of day, or none."""

    def draw(change: Callable[[Any], None]) -> None:
        with widgets.field(field.label, field.help):
            value = str(form.answer(field) or "")[:5]
            made = choosers.plain(
                value, lambda said: change(_clock(said)), field.label, kind="time"
            )
            if field.optional:
                made.props("clearable")

    _checked(form, field, draw)


def _clock(said: str | None) -> str:
    return f"{said[:5]}:00" if said else ""


def weekdays(form: Form, field: FormField) -> None:
    """Days of the week; none means any day."""
    chosen = set(form.answer(field) or ())

    def toggle(day: str, button: ui.button) -> None:
        chosen.symmetric_difference_update({day})
        button.classes(toggle="rh-day-on")
        button.props(f"aria-pressed={'true' if day in chosen else 'false'}")
        kept = [name for name in WEEKDAYS if name in chosen]
        form.put(field, kept if kept else None)

    frame = widgets.field(field.label, field.help or "Any day while none is chosen.")
    with frame, widgets.row(gap=4, classes="rh-days"):
        for day in WEEKDAYS:
            _day(day, day in chosen, toggle)


def _day(day: str, on: bool, toggle: Callable[[str, ui.button], None]) -> None:
    button = widgets.ghost_button(day[:2].title(), small=True).classes("rh-day")
    button.props(f'aria-label="{day.title()}" aria-pressed={"true" if on else "false"}')
    button.on_click(lambda: toggle(day, button))
    if on:
        button.classes("rh-day-on")


def zone(form: Form, field: FormField) -> None:
    """The person's own zone, or a named one."""
    options = {"profile": "Each person's own"} | {name: name for name in zones()}
    with widgets.field(field.label, field.help):
        choosers.combo(
            options,
            form.answer(field),
            lambda chosen: form.put(field, chosen or "profile"),
            field.label,
        )


@cache
def zones() -> tuple[str, ...]:
    """The zones that a person may choose: those named after places, and UTC."""
    placed = (name for name in available_timezones() if "/" in name and name[:4] != "Etc/")
    return ("UTC", *sorted(placed))


def named(form: Form, field: FormField) -> None:
    """A metric, a list or segment, or a property."""
    with widgets.field(field.label, field.help):
        choosers.combo(
            form.catalogue.named(field.kind),
            form.answer(field),
            lambda chosen: form.put(field, chosen),
            field.label,
        )
