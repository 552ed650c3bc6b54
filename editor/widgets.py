"""One drawing function per way of asking or showing, in the product's look.

    with widgets.column(gap=16):
        widgets.heading("Audience")
        widgets.text_field("Name", flow.name, on_change=rename, help_text="Shown in lists.")
        widgets.number_field("Days", 90, on_change=set_days, unit="days", bounds=(1, 365))
        widgets.select_field("Status", {"draft": "Draft", "live": "Live"}, "draft", on_change=...)
        widgets.switch("Smart sending", True, on_change=..., help_text="...")
        with widgets.row():
            widgets.quiet_button("Cancel", dialog.close)
            widgets.primary_button("Rehearse", start, icon="play_arrow")

A field's `on_change` gets the new value. Icons are Material Symbols names without a prefix.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from nicegui import ui
from nicegui.element import Element

from editor import theme
from editor.fields import (
    field,
    help_line,
    number_field,
    segmented,
    select_field,
    switch,
    text_area,
    text_field,
)

__all__ = [
    "field",
    "help_line",
    "number_field",
    "segmented",
    "select_field",
    "switch",
    "text_area",
    "text_field",
]

Click = Callable[[], Any] | None
Tone = Literal["neutral", "accent", "ok", "warn", "danger"]


def row(*, gap: int = 8, classes: str = "") -> Element:
    """A line of things, centred on it; `gap` is of the scale 0, 4, 8, 12, 16, 24."""
    return ui.element("div").classes(f"rh-row rh-gap-{gap} {classes}")


def column(*, gap: int = 8, classes: str = "") -> Element:
    """A stack of things as wide as it is; `gap` is of the scale 0, 4, 8, 12, 16, 24."""
    return ui.element("div").classes(f"rh-col rh-gap-{gap} {classes}")


def card(classes: str = "") -> Element:
    """A surface with a hairline."""
    return ui.element("div").classes(f"rh-card {classes}")


def icon(name: str, classes: str = "") -> ui.icon:
    """A Material Symbol by its plain name."""
    return ui.icon(f"sym_o_{name}").classes(classes)


def tile(name: str, group: str = "other", *, small: bool = False) -> Element:
    """The tinted square with an icon that stands for a kind of step."""
    with ui.element("span").classes(f"rh-tile rh-tile-{group}") as made:
        icon(name)
    return made.classes("rh-tile-small") if small else made


def title(text: str) -> ui.label:
    """The one title of a page."""
    return _text(text, "rh-title").props('role="heading" aria-level="1"')


def heading(text: str) -> ui.label:
    """The title of a part."""
    return _text(text, "rh-heading").props('role="heading" aria-level="2"')


def muted(text: str, *, small: bool = False) -> ui.label:
    """A line of lesser weight."""
    return _text(text, "rh-muted rh-small" if small else "rh-muted")


def primary_button(text: str, on_click: Click = None, *, icon: str = "") -> ui.button:
    """The one thing to do next."""
    return _button(text, on_click, icon).classes("rh-btn-primary")


def quiet_button(
    text: str, on_click: Click = None, *, icon: str = "", small: bool = False
) -> ui.button:
    """Any other thing to do."""
    made = _button(text, on_click, icon).classes("rh-btn-quiet")
    return made.classes("rh-btn-small") if small else made


def ghost_button(
    text: str, on_click: Click = None, *, icon: str = "", small: bool = False
) -> ui.button:
    """A thing to do that should not draw the eye."""
    made = _button(text, on_click, icon).classes("rh-btn-ghost")
    return made.classes("rh-btn-small") if small else made


def danger_button(text: str, on_click: Click = None, *, icon: str = "") -> ui.button:
    """A thing that destroys something."""
    return _button(text, on_click, icon).classes("rh-btn-danger")


def icon_button(
    name: str, label: str, on_click: Click = None, *, small: bool = False, tip: bool = True
) -> ui.button:
    """A button that is an icon; `label` is what a screen reader says, and the tooltip if `tip`."""
    made = _button("", on_click, name).classes("rh-icon-btn")
    made.props["aria-label"] = label
    if tip:
        with made:
            ui.tooltip(label).props("delay=400")
    return made.classes("rh-btn-small") if small else made


def theme_button() -> ui.button:
    """Changes between light and dark."""
    made = icon_button("contrast", "Light or dark")
    made.on("click", js_handler=theme.TOGGLE)
    return made


def pill(text: str, tone: Tone = "neutral", *, dot: bool = False) -> Element:
    """A word on a tinted ground: a status, a count."""
    with ui.element("span").classes(f"rh-pill rh-pill-{tone}") as made:
        if dot:
            ui.element("span").classes("rh-dot")
        ui.label(text)
    return made


def section(text: str) -> Element:
    """A titled part; what is drawn inside stands under the title."""
    made = ui.element("section").classes("rh-section")
    with made, ui.element("div").classes("rh-section-head"):
        _text(text, "rh-section-title").props('role="heading" aria-level="3"')
    return made


def stat(label: str, value: str, note: str = "") -> Element:
    """A figure with its name and, if it helps, what to compare it with."""
    with ui.element("div").classes("rh-stat") as made:
        _text(label, "rh-stat-label")
        _text(value, "rh-stat-value")
        if note:
            _text(note, "rh-stat-note")
    return made


def empty_state(name: str, heading: str, text: str) -> Element:
    """What stands where there is nothing yet; draw its action inside."""
    with ui.element("div").classes("rh-empty") as made:
        with ui.element("span").classes("rh-empty-icon"):
            icon(name)
        _text(heading, "rh-heading")
        _text(text, "rh-empty-text")
    return made


def banner(text: str, tone: Tone = "neutral", *, symbol: str = "info") -> Element:
    """A sentence that should be read before going on."""
    with ui.element("div").classes(f"rh-banner rh-banner-{tone}").props("role=status") as made:
        icon(symbol)
        ui.label(text)
    return made


def kbd(keys: str) -> Element:
    """A key or a chord, as in a shortcut's hint."""
    with ui.element("kbd").classes("rh-kbd") as made:
        ui.label(keys)
    return made


def toast(text: str) -> None:
    """A short word that something was done."""
    ui.notification(text, position="bottom", timeout=4.0)


async def confirm(heading_text: str, text: str, *, yes: str, danger: bool = False) -> bool:
    """Ask once; True when the person says yes, False when they say no or go away."""
    with ui.dialog() as dialog, ui.element("div").classes("rh-dialog"):
        heading(heading_text)
        muted(text)
        with row(classes="rh-end"):
            quiet_button("Cancel", lambda: dialog.submit(False))
            draw = danger_button if danger else primary_button
            draw(yes, lambda: dialog.submit(True))
    answer = bool(await dialog)
    dialog.delete()
    return answer


def _text(text: str, classes: str) -> ui.label:
    return ui.label(text).classes(classes)


def _button(text: str, on_click: Click, name: str) -> ui.button:
    made = ui.button(text, on_click=on_click, icon=f"sym_o_{name}" if name else None, color=None)
    return made.props("flat no-caps :ripple=false")
