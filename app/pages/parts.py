"""Parts that several pages draw: tables of figures, bar lists, states of runs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape

from nicegui import ui
from nicegui.client import ClientConnectionTimeout
from nicegui.element import Element

from app.figures import Bar
from editor import widgets, words
from editor.widgets import Tone

STATES: dict[str, tuple[str, Tone]] = {
    "queued": ("Waiting its turn", "neutral"),
    "running": ("Running", "accent"),
    "done": ("Finished", "ok"),
    "failed": ("Failed", "danger"),
    "cancelled": ("Cancelled", "neutral"),
    "cut-off": ("Interrupted", "warn"),
}
"""Each state of a run in words, with its tone."""
CONNECTS = 60.0
"""Seconds in which a browser that was sent a page asks for the rest of it."""


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a table's column."""

    text: str
    right: bool = False
    help: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: text, a lesser note after it, a link, a tone (`ok`, `warn`, `danger`, `faint`)."""

    text: str
    note: str = ""
    href: str = ""
    tone: str = ""
    icon: str = ""


def table(heads: Sequence[Head], rows: Sequence[Sequence[Cell]]) -> Element:
    """A table that fits its card and scrolls sideways where it must; one element, any size."""
    top = "".join(_head(head) for head in heads)
    body = "".join(
        "<tr>" + "".join(_cell(head, cell) for head, cell in zip(heads, row, strict=True)) + "</tr>"
        for row in rows
    )
    inner = f"<thead><tr>{top}</tr></thead><tbody>{body}</tbody>"
    with widgets.card("rp-table-card") as made, ui.element("div").classes("rp-table-scroll"):
        ui.html(f'<table class="rh-table rp-table">{inner}</table>', sanitize=False)
    return made


def _head(head: Head) -> str:
    align = ' class="rh-right"' if head.right else ""
    tip = f' title="{escape(head.help)}"' if head.help else ""
    return f'<th scope="col"{align}{tip}>{escape(head.text)}</th>'


def _cell(head: Head, cell: Cell) -> str:
    tone = {"": "", "faint": "rh-faint"}.get(cell.tone, f"rh-{cell.tone}-text")
    classes = " ".join(filter(None, ["rh-right rh-number" if head.right else "", tone]))
    text = escape(cell.text)
    if cell.href:
        text = f'<a class="rp-cell-link" href="{escape(cell.href)}">{text}</a>'
    if cell.icon:
        text = (
            f'<span class="rp-cell-icon material-symbols-outlined">{escape(cell.icon)}</span>{text}'
        )
    note = f'<span class="rp-note">{escape(cell.note)}</span>' if cell.note else ""
    return f'<td class="{classes}">{text}{note}</td>'


def bar_list(bars: Sequence[Bar], *, empty: str, tone: str = "accent") -> Element:
    """Counts as bars, the longest first."""
    with ui.element("div").classes("rp-bars") as made:
        if not bars:
            widgets.muted(empty)
        for bar in bars:
            with ui.element("div").classes("rp-bar"):
                with widgets.row(classes="rh-between"):
                    ui.label(bar.label).classes("rh-ellipsis")
                    ui.label(words.count(bar.count)).classes("rh-number rh-strong")
                with ui.element("div").classes("rp-bar-track"):
                    ui.element("div").classes(f"rp-bar-fill rp-fill-{tone}").style(
                        f"width:{max(100 * bar.share, 1):.1f}%"
                    )
    return made


def state_pill(state: str) -> Element:
    """A run's state."""
    text, tone = STATES.get(state, (state.capitalize(), "neutral"))
    return widgets.pill(text, tone, dot=True)


@contextmanager
def panel(title: str, text: str = "") -> Iterator[Element]:
    """A card with a title; draw its content inside."""
    with widgets.card() as made:
        with widgets.column(gap=0):
            widgets.heading(title)
            if text:
                widgets.muted(text, small=True)
        yield made


@contextmanager
def folded(title: str, text: str = "", *, is_open: bool = False) -> Iterator[Element]:
    """A card that shows its content when its head is pressed; draw the content inside."""
    with widgets.card("rp-table-card rp-fold"):
        head = ui.element("button").classes("rp-group-head").props("type=button")
        with head:
            sign = widgets.icon("chevron_right").classes("rp-group-sign")
            with widgets.column(gap=0):
                ui.label(title).classes("rh-strong")
                if text:
                    widgets.muted(text, small=True)
        with ui.element("div").classes("rp-folded") as body:
            yield body

    def show(on: bool) -> None:
        body.set_visibility(on)
        head.props(f'aria-expanded="{str(on).lower()}"')
        sign.classes(**{"add" if on else "remove": "rp-group-open"})

    head.on("click", lambda: show(not body.visible))
    show(is_open)


def refused(symbol: str, title: str, text: str, *, back: tuple[str, str] = ("", "")) -> None:
    """A page's middle where the page itself cannot be shown, with a way on."""
    with ui.element("div").classes("rp-middle"), widgets.empty_state(symbol, title, text):
        label, address = back if back[0] else ("Go to your flows", "/")
        widgets.primary_button(label, lambda: ui.navigate.to(address))


async def shown() -> bool:
    """Send the page as it stands, so that what takes longer cannot hold it up.

    A page that is not sent within three seconds is an error to the browser. Whether anybody is
    there to see what comes next.
    """
    client = ui.context.client
    try:
        await client.connected(CONNECTS)
    except ClientConnectionTimeout:
        return False
    return not client.is_deleted


def waiting(lines: int = 3) -> Element:
    """Grey bars where something is still being fetched."""
    with widgets.column(gap=12, classes="rp-waiting") as made:
        for line in range(lines):
            ui.skeleton().style(f"height:16px;width:{92 - 14 * line}%")
    return made
