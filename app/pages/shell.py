"""The frame around every page: the rail on the left, the page's head, and the look."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from nicegui import ui
from nicegui.element import Element

from editor import theme, widgets

Place = Literal["flows", "runs", "inbox", "settings", "elsewhere"]
STATIC = Path(__file__).parent.parent / "static"


@dataclass(frozen=True, slots=True)
class Stop:
    """One entry of the rail."""

    place: Place
    label: str
    icon: str
    address: str


STOPS = (
    Stop("flows", "Flows", "account_tree", "/"),
    Stop("runs", "Runs", "play_circle", "/runs"),
    Stop("inbox", "Inbox", "inbox", "/inbox"),
    Stop("settings", "Settings", "tune", "/settings"),
)


@cache
def logo() -> str:
    """The product's mark, as SVG."""
    return (STATIC / "logo.svg").read_text(encoding="utf-8")


@cache
def _styles() -> str:
    return (STATIC / "pages.css").read_text(encoding="utf-8")


@contextmanager
def frame(here: Place, title: str, *, unread: int = 0, bleed: bool = False) -> Iterator[Element]:
    """A page with the rail; draw its content inside. `bleed`: it takes all the space there is."""
    theme.install()
    ui.add_head_html(f"<style>{_styles()}</style>")
    ui.page_title(f"{title} · Rehearsal" if title else "Rehearsal")
    with ui.element("div").classes("rp-shell"):
        _rail(here, unread)
        with ui.element("main").classes("rp-main rp-main-bleed" if bleed else "rp-main"):
            if bleed:
                yield ui.context.slot.parent
            else:
                with ui.element("div").classes("rh-page") as column:
                    yield column


@contextmanager
def head(title: str, text: str = "", *, back: tuple[str, str] | None = None) -> Iterator[Element]:
    """The page's head: a way back, title and one line; draw what can be done inside."""
    with ui.element("header").classes("rp-head"):
        with widgets.column(gap=4, classes="rh-grow"):
            if back:
                crumb(*back)
            widgets.title(title).classes("rp-title")
            if text:
                widgets.muted(text)
        with widgets.row(classes="rh-wrap rh-fixed") as actions:
            yield actions


def crumb(label: str, address: str) -> None:
    """A way back to the page this one hangs under."""
    with ui.element("a").classes("rp-crumb").props(f'href="{address}"'):
        widgets.icon("chevron_left")
        ui.label(label)


def _rail(here: Place, unread: int) -> None:
    with ui.element("nav").classes("rp-rail").props('aria-label="Main"'):
        with ui.element("a").classes("rp-logo").props('href="/" aria-label="Rehearsal"'):
            ui.html(logo(), sanitize=False)
        for stop in STOPS:
            _stop(stop, stop.place == here, unread if stop.place == "inbox" else 0)
        ui.element("div").classes("rh-grow")
        widgets.theme_button()


def _stop(stop: Stop, here: bool, badge: int) -> None:
    made = ui.element("a").classes("rp-nav").props(f'href="{stop.address}"')
    if here:
        made.classes("rp-nav-here").props('aria-current="page"')
    with made:
        widgets.icon(stop.icon)
        ui.label(stop.label)
        if badge:
            ui.label(str(min(badge, 99))).classes("rp-badge")
