"""The dialog that delivers a sample of a run: whose messages, how far it is, where they went."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from nicegui import run, ui

from app.delivery import How, Sender, Written, choose_people, links_of, respecting, write_sample
from app.desk import Desk
from editor import widgets, words
from simulator.channels.base import Receipt
from simulator.channels.deliver import Deliverer, Delivery
from simulator.errors import SimulatorError
from storage.errors import StorageError
from storage.run_store import Run
from storage.run_tables import PeopleQuery

MOST = 200
PICKED = "picked"


def deliver_sample(desk: Desk, stored: Run, people: Sequence[str] = ()) -> None:
    """Ask whose messages to deliver, and deliver; for `people` without asking."""
    _Delivering(desk, stored, people).draw()


class _Delivering:
    """The dialog, from the question to the answer."""

    def __init__(self, desk: Desk, stored: Run, people: Sequence[str]) -> None:
        self._desk = desk
        self._run = stored
        self._picked: dict[str, str] = {person: person for person in people}
        self._how: How | str = PICKED if people else "first"
        self._number = 5
        self._deliverer: Deliverer | None = None

    def draw(self) -> None:
        """The question."""
        with ui.dialog(value=True) as self._dialog, ui.element("div").classes("rh-dialog"):
            widgets.heading("Deliver a sample")
            widgets.muted(self._where())
            self._body = widgets.column(gap=16)
            self._foot = widgets.row(classes="rh-end")
        with self._body:
            self._ask()
        with self._foot:
            widgets.quiet_button("Cancel", self._dialog.close)
            widgets.primary_button("Deliver", self._deliver, icon="outgoing_mail")

    def _where(self) -> str:
        wanted = self._desk.preferences.outgoing
        if wanted.kind == "inbox":
            return "Their emails are written and delivered into the inbox here, and nowhere else."
        return f"Their emails go out through {wanted.smtp.host} to the addresses of these people."

    def _ask(self) -> None:
        kinds = {"first": "First", "random": "Random", PICKED: "Picked"}
        kind = widgets.segmented(kinds, self._how, on_change=self._choose)
        with ui.element("div") as number:
            widgets.number_field(
                "How many people", 5, on_change=self._count, unit="people", bounds=(1, MOST)
            )
        with widgets.column(gap=8) as picking:
            search = ui.input(placeholder="Search by name, email or id", on_change=self._search)
            search.props('outlined dense clearable debounce=250 aria-label="Search people"')
            self._found = ui.element("div").classes("rp-found")
            self._chosen = widgets.row(classes="rh-wrap")
        number.bind_visibility_from(kind, "value", lambda how: how != PICKED)
        picking.bind_visibility_from(kind, "value", value=PICKED)
        self._show_chosen()

    def _choose(self, how: str) -> None:
        self._how = how

    def _count(self, number: float | None) -> None:
        self._number = max(1, min(MOST, int(number or 1)))

    async def _search(self, event: Any) -> None:
        query = PeopleQuery(search=event.value or "", order="sent", descending=True, limit=5)
        page = await run.io_bound(self._desk.runs.people, self._run.id, query)
        self._found.clear()
        with self._found:
            for person in page.rows if page and event.value else ():
                names = " ".join(n for n in (person.first_name, person.last_name) if n)
                label = names or person.email or person.profile
                text = f"{label} · {words.number_of(person.sent, 'message')}"
                pick = widgets.ghost_button(text, icon="add", small=True)
                pick.on_click(lambda key=person.profile, label=label: self._pick(key, label))

    def _pick(self, profile_id: str, label: str) -> None:
        self._picked[profile_id] = label
        self._found.clear()
        self._show_chosen()

    def _show_chosen(self) -> None:
        self._chosen.clear()
        with self._chosen:
            for label in self._picked.values():
                widgets.pill(label, "accent")

    async def _people(self) -> tuple[str, ...]:
        if self._how == PICKED:
            return tuple(self._picked)
        how: How = "random" if self._how == "random" else "first"
        found = await run.io_bound(choose_people, self._desk.runs, self._run.id, how, self._number)
        return found or ()

    async def _deliver(self) -> None:
        try:
            people = await self._people()
            if not people:
                self._say("Nobody of these got a message in this run.")
                return
            self._draw_progress(len(people))
            written = await self._write(people)
            if written is not None:
                await self._hand_over(written)
        except (StorageError, SimulatorError) as error:
            self._say(str(error))

    def _draw_progress(self, people: int) -> None:
        self._body.clear()
        self._foot.clear()
        with self._body:
            text = f"Writing to {words.number_of(people, 'person', 'people')} …"
            self._text = widgets.muted(text)
            self._bar = ui.linear_progress(0, size="8px", show_value=False).props("rounded")
        with self._foot:
            widgets.quiet_button("Stop", self._stop, icon="stop")

    def _stop(self) -> None:
        if self._deliverer:
            self._deliverer.cancel()
        self._dialog.close()

    async def _write(self, people: Sequence[str]) -> Written | None:
        share = [0.0]
        with self._body:
            timer = ui.timer(0.1, lambda: self._bar.set_value(share[0] / 2))
        try:
            return await run.io_bound(
                write_sample,
                self._run.folder,
                people,
                Sender(self._desk.preferences.account, self._desk.links()),
                run_id=self._run.id,
                watch=lambda done: share.__setitem__(0, done),
            )
        finally:
            timer.deactivate()

    async def _hand_over(self, written: Written) -> None:
        written = respecting(written, self._desk.choices)
        total = len(written.emails)
        self._desk.choices.keep_links(links_of(written.emails))
        channel, ledger = self._desk.outgoing()
        self._deliverer = Deliverer(channel, ledger)

        def watch(delivery: Delivery, _: Receipt | None) -> None:
            self._text.text = f"{delivery.done:,} of {words.number_of(total, 'email')} delivered"
            self._bar.value = 0.5 + 0.5 * delivery.done / max(total, 1)

        self._draw_end(await self._deliverer.run(written.emails, watch), written)

    def _draw_end(self, delivery: Delivery, written: Written) -> None:
        self._body.clear()
        self._foot.clear()
        with self._body:
            tone = "ok" if delivery.sent and not delivery.failed else "warn"
            text = f"{words.number_of(delivery.sent, 'email')} delivered."
            widgets.banner(text, "ok" if tone == "ok" else "warn", symbol="mark_email_read")
            for note in _notes(delivery, written):
                widgets.muted(note, small=True)
        with self._foot:
            widgets.quiet_button("Close", self._dialog.close)
            if self._desk.preferences.outgoing.kind == "inbox":
                address = f"/inbox?run={self._run.id}"
                widgets.primary_button(
                    "Open the inbox", lambda: ui.navigate.to(address), icon="inbox"
                )

    def _say(self, text: str) -> None:
        self._body.clear()
        with self._body:
            widgets.banner(text, "danger", symbol="error")


def _notes(delivery: Delivery, written: Written) -> list[str]:
    """What did not go out, and why."""
    notes = [*written.left[:5], *written.refused[:5]]
    if written.texts:
        texts = words.number_of(written.texts, "text message")
        notes.append(f"{texts} left out: a sample holds emails only.")
    if delivery.known:
        notes.append(f"{words.number_of(delivery.known, 'email')} had gone out before.")
    if delivery.failed:
        notes.append(f"{words.number_of(delivery.failed, 'email')} refused by the mail server.")
    if delivery.unknown:
        notes.append(
            f"{words.number_of(delivery.unknown, 'email')} without an answer: perhaps delivered."
        )
    return notes
