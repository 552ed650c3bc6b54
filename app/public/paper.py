"""How the public pages look: one card on a quiet ground, without scripts, light or dark."""

from __future__ import annotations

import re
from functools import cache
from html import escape
from pathlib import Path
from typing import Literal

from fastapi.responses import HTMLResponse

from editor import theme

THEME = "rh-theme"
"""The cookie in which this browser keeps whether it wants light or dark."""
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self' 'unsafe-inline'; "
    "font-src 'self'; "
    "img-src data:; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
    "Cache-Control": "no-store",
}
Sign = Literal["mail", "done", "tune", "lost"]
_STYLE = Path(__file__).parent.parent / "static" / "public.css"
_DARK = re.compile(r':root\[data-rh-theme="dark"\] \{([^}]*)\}')
_SIGNS = {
    "mail": "M4 6h16v12H4z M4 7l8 6 8-6",
    "done": "M5 12.5l4.5 4.5L19 7.5",
    "tune": "M4 8h9 M17 8h3 M4 16h3 M11 16h9 M13 8a2 2 0 1 0 4 0a2 2 0 1 0-4 0 "
    "M7 16a2 2 0 1 0 4 0a2 2 0 1 0-4 0",
    "lost": "M9.5 9a2.6 2.6 0 1 1 3.6 2.4c-.8.4-1.1.9-1.1 1.8 M12 16.6v.1 "
    "M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18",
}


@cache
def _styles() -> str:
    """The product's colours, by the reader's choice or else the system's, and the page's look."""
    tokens = (theme.STATIC / "tokens.css").read_text("utf-8")
    dark = _DARK.search(tokens)
    by_system = (
        "@media (prefers-color-scheme: dark) "
        f'{{ :root:not([data-rh-theme="light"]) {{{dark[1]}}} }}'
        if dark
        else ""
    )
    return f"{tokens}\n{by_system}\n{_STYLE.read_text('utf-8')}"


@cache
def _faces() -> str:
    """The product's letters, where they are installed."""
    known = (theme.FONTS / theme.FACES).exists()
    return f'<link rel="stylesheet" href="{theme.FONTS_URL}/{theme.FACES}">' if known else ""


def paper(title: str, body: str, *, sign: Sign, sender: str = "", look: str = "") -> HTMLResponse:
    """A whole page: the sender's name, a sign, the title, and `body`, which is HTML already.

    One that is lost is not found.
    """
    chosen = f' data-rh-theme="{look}"' if look in {"light", "dark"} else ""
    name = f'<p class="sender">{escape(sender)}</p>' if sender else ""
    page = (
        f'<!doctype html><html lang="en"{chosen}><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title>{_faces()}<style>{_styles()}</style></head>"
        f'<body>{name}<main class="card"><div class="sign sign-{sign}">{_drawn(sign)}</div>'
        f"<h1>{escape(title)}</h1>{body}</main></body></html>"
    )
    return HTMLResponse(page, status_code=404 if sign == "lost" else 200, headers=HEADERS)


def _drawn(sign: str) -> str:
    return (
        '<svg viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor" '
        'stroke-width="1.7" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">'
        f'<path d="{_SIGNS[sign]}"/></svg>'
    )
