"""Small controls that forms and sentences share: choosers that take new words, dates, texts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from nicegui import ui
from nicegui.element import Element

Change = Callable[[Any], Any]


def combo(options: Mapping[str, str], value: str | None, change: Change, label: str) -> ui.select:
    """A choice that may be searched and takes a word that is not there yet."""
    known = dict(options)
    if value and value not in known:
        known[value] = value
    made = ui.select(
        known,
        value=value or None,
        with_input=True,
        new_value_mode="add-unique",
        key_generator=str,
    )
    _dress(made, label, "options-dense")
    made.props("behavior=menu hide-selected fill-input input-debounce=0")
    made.props('placeholder="Choose or type"' if not value else "")
    made.on_value_change(lambda event: change(event.value or ""))
    return made


def texts(value: list[Any] | None, change: Change, label: str) -> ui.input_chips:
    """Several words, each entered with Enter."""
    made = ui.input_chips(value=[str(item) for item in value or []])
    _dress(made, label, 'placeholder="Add, Enter"')
    made.on_value_change(lambda event: change(list(event.value or [])))
    return made


def plain(value: Any, change: Change, label: str, *, kind: str = "text") -> ui.input:
    """A bare input of an HTML kind: text, date, time."""
    made = ui.input(value="" if value is None else str(value))
    _dress(made, label, f"debounce=200 type={kind}")
    made.on_value_change(lambda event: change(event.value))
    return made


def number(value: float | None, change: Change, label: str) -> ui.number:
    """A bare number; whole ones stay whole."""
    made = ui.number(value=value)
    _dress(made, label, "debounce=200")
    made.on_value_change(lambda event: _said(event.value, change))
    return made


def choose(options: Mapping[Any, str], value: Any, change: Change, label: str) -> ui.select:
    """A bare choice."""
    known = dict(options)
    made = ui.select(known, value=value if value in known else None)
    _dress(made, label, "options-dense behavior=menu")
    made.on_value_change(lambda event: change(event.value))
    return made


def _dress(made: Element, label: str, more: str) -> None:
    """The look of all of them; a label may hold any character."""
    made.props(f"outlined dense hide-bottom-space {more}")
    made.props["aria-label"] = label


def _said(value: float | None, change: Change) -> None:
    """An emptied number waits for its new digits."""
    if value is not None:
        change(whole(value))


def whole(value: float) -> int | float:
    """Browsers send 3 as 3.0; what is whole is written without a fraction."""
    return int(value) if value == int(value) else value
