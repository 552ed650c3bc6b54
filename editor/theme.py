"""The product's look: every page calls `install()` once before it draws anything.

Styles live in `editor/static`: tokens (CSS variables `--rh-*`, light and dark), base (type and
layout classes `.rh-row`, `.rh-col`, ...), quasar (the base widgets, made ours), parts (cards,
pills, tables, empty states), editor (the editing page). `editor/widgets.py` draws with them.
Dark follows the system until the person chooses; the choice is kept in the cookie `rh-theme`.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

import nicegui
from nicegui import ui

STATIC = Path(__file__).parent / "static"
FONTS = Path(__file__).parent / "dist"
STATIC_URL = "/_rehearsal/static"
FONTS_URL = "/_rehearsal/fonts"
FACES = "theme-font.css"
"""The `@font-face` rules for Inter that the front end's build leaves there."""
SHEETS = ("tokens", "base", "quasar", "parts", "editor")
ACCENT = "#5B5BD6"
TOGGLE = "() => rehearsalTheme.toggle()"
"""A JavaScript handler that changes between light and dark, for `js_handler=`."""


def install(dark: bool | None = None) -> None:
    """Give the page this look; None follows the remembered choice, else the system."""
    serve()
    ui.add_head_html(_head(dark))
    ui.colors(primary=ACCENT)


def serve() -> None:
    """Serve the styles and fonts, for pages that are not drawn by NiceGUI."""
    _serve(STATIC_URL, STATIC)
    _serve(FONTS_URL, FONTS)


def _serve(url: str, folder: Path) -> None:
    """Serve the folder, once a process (tests start several apps in one)."""
    known = {getattr(route, "path", "") for route in nicegui.app.routes}
    if url not in known and folder.is_dir():
        nicegui.app.add_static_files(url, folder)


@cache
def _head(dark: bool | None) -> str:
    """The page's head: the theme before the first paint, then fonts and styles."""
    forced = "" if dark is None else f' data-theme="{"dark" if dark else "light"}"'
    lines = [f'<script src="{_address("theme.js")}"{forced}></script>']
    if (FONTS / FACES).exists():
        lines.append(f'<link rel="stylesheet" href="{FONTS_URL}/{FACES}">')
    lines += [f'<link rel="stylesheet" href="{_address(f"{sheet}.css")}">' for sheet in SHEETS]
    return "\n".join(lines)


def _address(name: str) -> str:
    """A static file's address, which changes with its content so that browsers may cache it."""
    mark = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:10]
    return f"{STATIC_URL}/{name}?{mark}"
