"""Fields: one drawing function per way of asking; pages take them from `editor.widgets`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from nicegui import ui
from nicegui.element import Element
from nicegui.elements.mixins.value_element import ValueElement

Asking = TypeVar("Asking", bound=ValueElement[Any])


def text_field(
    label: str,
    value: str | None,
    *,
    on_change: Callable[[str], Any] | None = None,
    help_text: str = "",
    placeholder: str = "",
) -> ui.input:
    """Text of one line."""
    with field(label, help_text):
        made = ui.input(value=value or "", placeholder=placeholder)
    return _finish(made, label, on_change)


def text_area(
    label: str,
    value: str | None,
    *,
    on_change: Callable[[str], Any] | None = None,
    help_text: str = "",
    lines: int = 3,
) -> ui.textarea:
    """Text of several lines; the field grows with it."""
    with field(label, help_text):
        made = ui.textarea(value=value or "")
        made.props(f'autogrow input-style="min-height:{lines * 20 + 12}px"')
    return _finish(made, label, on_change)


def number_field(
    label: str,
    value: float | None,
    *,
    on_change: Callable[[float | None], Any] | None = None,
    unit: str = "",
    bounds: tuple[float | None, float | None] = (None, None),
) -> ui.number:
    """A number with its unit, within bounds (both included)."""
    with field(label):
        made = ui.number(value=value, min=bounds[0], max=bounds[1], suffix=unit or None)
    return _finish(made, label, on_change)


def help_line(text: str) -> ui.label:
    """A line below a control that says more than its label."""
    return ui.label(text).classes("rh-help")


def select_field(
    label: str,
    options: Mapping[Any, str],
    value: Any,
    *,
    on_change: Callable[[Any], Any] | None = None,
    help_text: str = "",
) -> ui.select:
    """A choice among options, value to text; a list as value lets several be chosen."""
    with field(label, help_text):
        made = ui.select(dict(options), value=value, multiple=isinstance(value, list))
        made.props("options-dense behavior=menu")
    return _finish(made, label, on_change)


def switch(
    label: str, value: bool, *, on_change: Callable[[bool], Any] | None = None, help_text: str = ""
) -> ui.switch:
    """Yes or no, with its meaning on the left."""
    with ui.element("div").classes("rh-switch"):
        with ui.element("div").classes("rh-col rh-gap-0"):
            ui.label(label).classes("rh-label")
            if help_text:
                ui.label(help_text).classes("rh-help")
        made = ui.switch(value=value)
    made.props["aria-label"] = label
    if on_change:
        made.on_value_change(lambda event: on_change(event.value))
    return made


def segmented(
    options: Mapping[Any, str], value: Any, *, on_change: Callable[[Any], Any] | None = None
) -> ui.toggle:
    """A choice among a few, all in sight."""
    with ui.element("div").classes("rh-segmented"):
        made = ui.toggle(dict(options), value=value).props(
            "unelevated no-caps toggle-color=rh-chosen toggle-text-color=rh-chosen"
        )
    if on_change:
        made.on_value_change(lambda event: on_change(event.value))
    return made


def field(label: str, help_text: str = "") -> Element:
    """The frame of one question: its label above, help below the control drawn inside."""
    with ui.element("div").classes("rh-field") as frame:
        if label:
            ui.label(label).classes("rh-label")
        slot = ui.element("div")
        if help_text:
            ui.label(help_text).classes("rh-help")
    frame.mark(f"field-{label}")
    return slot


def _finish(made: Asking, label: str, on_change: Callable[[Any], Any] | None) -> Asking:
    made.props("outlined dense hide-bottom-space")
    made.props["aria-label"] = label
    if on_change:
        made.on_value_change(lambda event: on_change(event.value))
    return made
