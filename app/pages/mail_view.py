"""One message: as its reader sees it, as text, with its headers, and as it was sent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.utils import getaddresses
from urllib.parse import quote

from nicegui import ui

from app.desk import Desk
from app.pages import parts
from app.pages.parts import Cell, Head
from editor import widgets, words
from simulator.channels.links import HEADER
from storage.errors import StorageError
from storage.mail_store import Mail

PHONE = "390px"
LONGEST = 300_000
"""Characters of a source that are shown."""


class MailView:
    """Draws a message; `on_change` is called after it was deleted or marked."""

    def __init__(self, desk: Desk, mail: Mail, *, on_change: Callable[[], None]) -> None:
        self._desk = desk
        self._mail = mail
        self._on_change = on_change
        self._zone = desk.preferences.rules.account_timezone
        self._width = "100%"
        self._images = False

    def draw(self) -> None:
        """The head, the tabs and what is open."""
        self._draw_head()
        views = {"text": "Text", "headers": "Headers", "source": "Source"}
        if self._mail.html:
            views = {"html": "Message"} | views
        with ui.element("div").classes("rp-mail-bar"):
            widgets.segmented(views, next(iter(views)), on_change=self._show)
            self._tools = widgets.row()
        self._body = ui.element("div").classes("rp-mail-body rh-scroll")
        self._show(next(iter(views)))

    def _draw_head(self) -> None:
        head = self._mail.head
        with ui.element("header").classes("rp-mail-head"):
            with widgets.row(classes="rh-between rh-top"):
                widgets.heading(head.subject or "(no subject)").classes("rp-mail-title")
                with widgets.row(gap=4, classes="rh-fixed"):
                    widgets.icon_button("mark_email_unread", "Mark as unread", self._unread)
                    widgets.icon_button("delete", "Delete", self._delete)
            for label, text in (("From", head.sender), ("To", head.recipients)):
                with widgets.row(gap=8):
                    ui.label(label).classes("rh-muted rh-small rp-mail-label")
                    ui.label(text or "–").classes("rh-ellipsis")
            with widgets.row(gap=8, classes="rh-wrap"):
                when = head.sent_at or head.received_at
                widgets.muted(words.moment(when, self._zone), small=True)
                self._draw_links()

    def _draw_links(self) -> None:
        head = self._mail.head
        if head.copies > 1:
            widgets.pill(f"came {head.copies} times", "warn")
        self._draw_choice()
        if key := link_key(self._mail.raw):
            _link("tune", "Preferences", f"/preferences/{key}", new=True)
            _link("open_in_new", "As a page", f"/view/{key}", new=True)
        if head.run_id and head.profile_id and self._has_run(head.run_id):
            person = f"/runs/{head.run_id}/people/{quote(head.profile_id, safe='')}"
            _link("person", "Why they got it", person)
            _link("play_circle", "The run", f"/runs/{head.run_id}")

    def _draw_choice(self) -> None:
        """What its readers chose on the pages that its links lead to."""
        for left in self._desk.choices.left(addresses(self._mail.head.recipients)).values():
            text = f"Unsubscribed {words.ago(left, datetime.now(UTC))}"
            widgets.pill(text, "warn", dot=True).classes("rp-left")

    def _has_run(self, run_id: str) -> bool:
        try:
            self._desk.runs.get(run_id)
        except StorageError:
            return False
        return True

    def _show(self, view: str) -> None:
        self._tools.clear()
        self._body.clear()
        with self._body:
            if view == "html":
                self._draw_html()
            elif view == "text":
                _plain(self._mail.text or "This message has no text of its own.")
            elif view == "headers":
                parts.table((Head("Header"), Head("Value")), header_rows(self._mail.raw))
            else:
                _plain(self._mail.raw.decode("utf-8", "replace")[:LONGEST])

    def _draw_html(self) -> None:
        with self._tools:
            pictures = ui.checkbox("Load pictures", value=self._images)
            pictures.props("dense").on_value_change(lambda event: self._load(event.value))
            widths = {"100%": "Desktop", PHONE: "Phone"}
            widgets.segmented(widths, self._width, on_change=self._widen)
        self._frame = ui.element("iframe").classes("rp-mail-frame")
        self._frame.props(
            'sandbox="allow-popups allow-popups-to-escape-sandbox" referrerpolicy=no-referrer '
            'title="The message"'
        )
        self._frame.style(f"width:{self._width}")
        self._load(self._images)

    def _load(self, images: bool) -> None:
        self._images = images
        number = self._mail.head.id
        self._frame.props(f'src="/api/mail/{number}/html?images={int(images)}"')

    def _widen(self, width: str) -> None:
        self._width = width
        self._frame.style(f"width:{width}")

    def _unread(self) -> None:
        self._desk.mail.mark(self._mail.head.id, unread=True)
        self._on_change()

    def _delete(self) -> None:
        self._desk.mail.delete(self._mail.head.id)
        self._on_change()


def _link(symbol: str, label: str, address: str, *, new: bool = False) -> None:
    tab = ' target="_blank" rel="noopener"' if new else ""
    with (
        ui.element("a").classes("rh-link rh-row rh-gap-4 rh-small").props(f'href="{address}"{tab}')
    ):
        widgets.icon(symbol)
        ui.label(label)


def link_key(raw: bytes) -> str:
    """The key of the message's links; nothing where it has none of ours."""
    key = str(message_from_bytes(raw).get(HEADER, "")).strip()
    return key if key.isalnum() else ""


def addresses(recipients: str) -> list[str]:
    """Each address of a list of recipients."""
    return [address for _, address in getaddresses([recipients]) if address]


def _plain(text: str) -> None:
    with ui.element("pre").classes("rp-pre rh-mono"):
        ui.label(text).classes("rp-pre-text")


def header_rows(raw: bytes) -> list[list[Cell]]:
    """The headers in their order, decoded."""
    rows = []
    for name, value in message_from_bytes(raw).items():
        try:
            text = str(make_header(decode_header(value)))
        except (LookupError, ValueError):
            text = str(value)
        rows.append([Cell(name), Cell(" ".join(text.split()))])
    return rows
