"""Leaving, choosing, and the message as a page: `/unsubscribe`, `/preferences`, `/view`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from html import escape
from typing import Annotated

import nicegui
from fastapi import Cookie, Form
from fastapi.responses import HTMLResponse

from app.desk import Desk
from app.public.paper import HEADERS, THEME, paper
from app.public.readers import Reader, reader
from app.standing import Topic
from editor import theme, words

Look = Annotated[str, Cookie(alias=THEME)]
ONE_CLICK = "One-Click"
"""What RFC 8058 lets mail programs send."""
VIEW = (
    "sandbox allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation; "
    "default-src 'none'; style-src 'unsafe-inline'; img-src data: https: http:; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)


def register(desk: Desk) -> None:
    """Serve the public pages."""
    theme.serve()
    _register_leaving(desk)
    _register_choosing(desk)

    @nicegui.app.get("/view/{key}", response_class=HTMLResponse)
    def view(key: str, look: Look = "") -> HTMLResponse:
        who = reader(desk, key)
        mail = desk.mail.find(who.link.message_id) if who else None
        if mail is None:
            return _lost(look)
        page = mail.html or f"<pre>{escape(mail.text)}</pre>"
        return HTMLResponse(page, headers=HEADERS | {"Content-Security-Policy": VIEW})


def _register_leaving(desk: Desk) -> None:
    @nicegui.app.get("/unsubscribe/{key}", response_class=HTMLResponse)
    def ask(key: str, look: Look = "") -> HTMLResponse:
        who = reader(desk, key)
        if who is None:
            return _lost(look)
        return _asked(who, look) if who.email.wanted else _gone(who, look)

    @nicegui.app.post("/unsubscribe/{key}", response_class=HTMLResponse)
    def leave(
        key: str,
        look: Look = "",
        again: Annotated[str, Form()] = "",
        one_click: Annotated[str, Form(alias="List-Unsubscribe")] = "",
    ) -> HTMLResponse:
        who = reader(desk, key)
        if who is None:
            return _lost(look)
        if who.email.wanted is not bool(again):
            how = "one-click" if one_click == ONE_CLICK else "page"
            who.choose({"email": bool(again)}, how)  # type: ignore[arg-type]
        return _back(who, look) if again else _gone(who, look)


def _register_choosing(desk: Desk) -> None:
    @nicegui.app.get("/preferences/{key}", response_class=HTMLResponse)
    def show(key: str, look: Look = "") -> HTMLResponse:
        who = reader(desk, key)
        return _choices(who, who.topics(), look) if who else _lost(look)

    @nicegui.app.post("/preferences/{key}", response_class=HTMLResponse)
    def save(
        key: str, look: Look = "", wanted: Annotated[list[str] | None, Form()] = None
    ) -> HTMLResponse:
        who = reader(desk, key)
        if who is None:
            return _lost(look)
        asked = set(wanted or ())
        changed = {
            one.key: one.key in asked
            for one in who.topics()
            if one.wanted is not (one.key in asked)
        }
        who.choose(changed, "preferences")
        return _choices(who, who.topics(), look, saved=True)


def _asked(who: Reader, look: str) -> HTMLResponse:
    name = _sender(who)
    body = (
        f"<p><strong>{escape(who.link.address)}</strong> will get no more marketing emails"
        f"{' from ' + escape(name) if name else ''}. Receipts and other notes about orders still "
        "come.</p>"
        f'<form method="post"><button>Unsubscribe</button></form>{_instead(who)}'
    )
    return paper("Unsubscribe?", body, sign="mail", sender=name, look=look)


def _gone(who: Reader, look: str) -> HTMLResponse:
    since = who.email.since
    when = f" You left {words.ago(since, datetime.now(UTC))}." if since else ""
    body = (
        f"<p><strong>{escape(who.link.address)}</strong> gets no more marketing emails.{when}</p>"
        '<form method="post"><input type="hidden" name="again" value="1">'
        f'<button class="quiet">Subscribe again</button></form>{_instead(who)}'
    )
    return paper("You are unsubscribed", body, sign="done", sender=_sender(who), look=look)


def _back(who: Reader, look: str) -> HTMLResponse:
    body = (
        f"<p><strong>{escape(who.link.address)}</strong> is subscribed again. Good to have you "
        f"back.</p>{_instead(who)}"
    )
    return paper("Welcome back", body, sign="done", sender=_sender(who), look=look)


def _choices(
    who: Reader, topics: Sequence[Topic], look: str, *, saved: bool = False
) -> HTMLResponse:
    channels = [one for one in topics if not one.is_list]
    lists = [one for one in topics if one.is_list]
    note = '<p class="note" role="status">Saved. We will keep to it from now on.</p>'
    body = (
        f"<p>Choose what reaches <strong>{escape(who.link.address)}</strong>.</p>"
        f"{note if saved else ''}"
        f'<form method="post">{_group("How we may write to you", channels)}'
        f"{_group('What you hear about', lists)}"
        '<button class="after">Save</button></form>'
    )
    return paper("Your preferences", body, sign="tune", sender=_sender(who), look=look)


def _group(title: str, topics: Sequence[Topic]) -> str:
    if not topics:
        return ""
    rows = "".join(
        f'<label class="topic"><span><b>{escape(one.title)}</b>'
        f"{f'<small>{escape(one.text)}</small>' if one.text else ''}</span>"
        f'<input type="checkbox" name="wanted" value="{escape(one.key)}"'
        f"{' checked' if one.wanted else ''}></label>"
        for one in topics
    )
    return f'<fieldset><legend>{title}</legend><div class="topics">{rows}</div></fieldset>'


def _lost(look: str) -> HTMLResponse:
    body = (
        "<p>The link may be incomplete, or it belongs to a message that is no longer kept.</p>"
        "<p>Please try the link in a newer message, or answer the message to be taken off.</p>"
    )
    return paper("This link leads nowhere", body, sign="lost", look=look)


def _instead(who: Reader) -> str:
    key = escape(who.link.key)
    return f'<p class="also"><a href="/preferences/{key}">Choose what you get</a></p>'


def _sender(who: Reader) -> str:
    return who.desk.preferences.account.name
