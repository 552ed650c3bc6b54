"""The inbox: every message that the embedded server took, to be read as its reader would."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from nicegui import events, ui

from app.desk import Desk
from app.pages import shell
from app.pages.mail_view import MailView, addresses
from editor import widgets, words
from storage.choice_store import plain_address
from storage.errors import UnknownMessageError
from storage.mail_store import MailHead, MailQuery

LOOK = 1.5
"""Seconds between two looks for new mail."""
PAGE = 40


def register(desk: Desk) -> None:
    """Serve `/inbox`."""

    @ui.page("/inbox")
    def inbox_page(message: int = 0, run: str = "") -> None:
        with shell.frame("inbox", "Inbox", bleed=True):
            InboxPage(desk, run).draw(message)


class InboxPage:
    """One visit of the page: a list on the left, a message on the right."""

    def __init__(self, desk: Desk, run_id: str) -> None:
        self._desk = desk
        self._query = MailQuery(run_id=run_id, limit=PAGE)
        self._seen = (-1, -1, -1)
        self._open = 0

    def draw(self, message: int) -> None:
        """Both halves; the message asked for is open, else the latest."""
        with ui.element("div").classes("rp-inbox"):
            with ui.element("section").classes("rp-mails").props('aria-label="Messages"'):
                self._draw_head()
                self._list = ui.element("div").classes("rp-mail-list rh-scroll")
            self._detail = ui.element("section").classes("rp-mail").props('aria-label="Message"')
        self._fill()
        first = message or next((mail.id for mail in self._shown), 0)
        self._show(first, look=bool(message))
        ui.timer(LOOK, self._look)

    def _draw_head(self) -> None:
        with ui.element("header").classes("rp-mails-head"):
            with widgets.row(classes="rh-between"):
                widgets.title("Inbox").classes("rp-inbox-title")
                with (
                    widgets.icon_button("more_horiz", "More", tip=False),
                    ui.menu().props("auto-close"),
                ):
                    ui.menu_item("Delete all messages", self._delete_all).classes("rh-danger-text")
            search = ui.input(placeholder="Search messages", on_change=self._search)
            search.props('outlined dense clearable debounce=250 aria-label="Search messages"')
            with widgets.row(classes="rh-between"):
                widgets.segmented(
                    {False: "All", True: "Unread"}, False, on_change=self._only_unread
                )
                self._found = widgets.muted("", small=True)
            if self._query.run_id:
                self._of_one_run()

    def _of_one_run(self) -> None:
        with widgets.row(classes="rh-between"):
            widgets.pill("From one run", "accent")
            widgets.ghost_button("Show all", lambda: ui.navigate.to("/inbox"), small=True)

    def _search(self, event: events.ValueChangeEventArguments[str | None]) -> None:
        self._query = replace(self._query, search=event.value or "", limit=PAGE)
        self._fill()

    def _only_unread(self, only: bool) -> None:
        self._query = replace(self._query, only_unread=only, limit=PAGE)
        self._fill()

    def _more(self) -> None:
        self._query = replace(self._query, limit=self._query.limit + PAGE)
        self._fill()

    def _look(self) -> None:
        before = self._seen
        if self._stand() != before:
            self._fill()
            if self._open and self._seen[2] != before[2]:
                self._show(self._open, look=False)
            if not self._open and self._shown:
                self._show(self._shown[0].id)

    def _stand(self) -> tuple[int, int, int]:
        """What the list depends on: it is drawn anew when any of it changes."""
        mail = self._desk.mail
        return mail.count(), mail.unread(), self._desk.choices.latest()

    def _fill(self) -> None:
        page = self._desk.mail.list(self._query)
        self._seen = self._stand()
        self._shown: tuple[MailHead, ...] = page.rows
        self._found.text = words.number_of(page.total, "message")
        readers = {one for mail in page.rows for one in addresses(mail.recipients)}
        self._left = self._desk.choices.left(readers)
        self._list.clear()
        with self._list:
            for mail in page.rows:
                self._row(mail)
            if page.total > len(page.rows):
                widgets.ghost_button("Show more", self._more).classes("rp-more")
            if not page.rows and self._seen[0]:
                widgets.empty_state("search", "No such message", "Nothing here fits the search.")

    def _row(self, mail: MailHead) -> None:
        classes = "rp-mail-row" + (" rp-mail-unread" if mail.unread else "")
        classes += " rp-mail-open" if mail.id == self._open else ""
        with ui.element("button").classes(classes).props("type=button") as made:
            with widgets.row(classes="rh-between"):
                ui.label(mail.recipients or "–").classes("rp-mail-to rh-ellipsis")
                widgets.muted(words.ago(mail.received_at, datetime.now(UTC)), small=True)
            ui.label(mail.subject or "(no subject)").classes("rp-mail-subject rh-ellipsis")
            with widgets.row(classes="rh-between"):
                widgets.muted(f"from {mail.sender}", small=True).classes("rh-ellipsis")
                for one in addresses(mail.recipients):
                    if left := self._left.get(plain_address(one)):
                        text = f"Unsubscribed {words.ago(left, datetime.now(UTC))}"
                        widgets.muted(text, small=True).classes("rp-left rh-warn-text rh-fixed")
        made.on("click", lambda: self._choose(mail.id))

    def _choose(self, number: int) -> None:
        """Open another message; the one that is open stays as it is being read."""
        if number != self._open:
            self._show(number)

    def _show(self, number: int, *, look: bool = True) -> None:
        self._open = number
        self._detail.clear()
        with self._detail:
            if not self._desk.mail.count():
                self._empty()
                return
            try:
                mail = self._desk.mail.get(number)
            except UnknownMessageError:
                widgets.empty_state("mail", "No message is open", "Choose one on the left.")
                return
            MailView(self._desk, mail, on_change=self._changed).draw()
        if look and mail.head.unread:
            self._desk.mail.mark(number)
        self._fill()

    def _changed(self) -> None:
        """The open message was deleted or marked: show what is left."""
        self._fill()
        known = {mail.id for mail in self._shown}
        if self._open not in known:
            self._show(next((mail.id for mail in self._shown), 0), look=False)

    async def _delete_all(self) -> None:
        number = words.number_of(self._desk.mail.count(), "message")
        text = f"{number} will be gone for good."
        if await widgets.confirm("Empty the inbox?", text, yes="Delete all", danger=True):
            self._desk.mail.delete_all()
            self._fill()
            self._show(0)

    def _empty(self) -> None:
        with widgets.empty_state(
            "inbox",
            "No mail yet",
            "Messages that you deliver from a run arrive here, and nowhere else. "
            "Open a finished run and press “Deliver a sample”.",
        ):
            widgets.primary_button("Go to your runs", lambda: ui.navigate.to("/runs"))
            if address := self._desk.inbox_address:
                with widgets.row(classes="rp-smtp-hint"):
                    widgets.muted("Other programs may send here too:", small=True)
                    ui.label(address).classes("rh-mono")
