"""The first page: every flow, and what can be done with one or with several."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from nicegui import ui

from app.desk import Desk
from app.gallery import FlowCard
from app.pages import flow_dialogs, shell
from app.pages.flow_cards import Doings, LastRun, Picking, gallery
from app.pages.setting_out import ask_scenario
from app.pages.toasts import undo_toast
from editor import widgets, words
from flows.document import Flow
from simulator.report import Summary
from storage.flow_store import FlowSummary

PAGE = 48
"""Flows that are drawn at once."""


def register(desk: Desk) -> None:
    """Serve `/`."""

    @ui.page("/")
    def flows_page() -> None:
        with shell.frame("flows", "Flows", unread=desk.unread()):
            FlowsPage(desk).draw()


class FlowsPage:
    """One visit of the page."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._picking = Picking()
        self._wanted = ""
        self._most = PAGE

    def draw(self) -> None:
        """The head, a search field where it helps, the gallery and the bar for picked flows."""
        stored = self._desk.flows.list()
        with shell.head("Flows", "Design a flow, then rehearse it on thousands of people."):
            if len(stored) > 6:
                search = ui.input(placeholder="Search flows", on_change=self._search)
                search.props('outlined dense clearable aria-label="Search flows"')
                search.classes("rp-search")
            widgets.quiet_button("Import", self._import, icon="upload")
            widgets.primary_button("New flow", self._new, icon="add")
        self._list = ui.element("div")
        self._foot = widgets.row(classes="rh-between")
        self._bar = ui.element("div")
        self._dialogs = ui.element("div")
        self._fill(stored)

    def _fill(self, stored: Sequence[FlowSummary] | None = None) -> None:
        every = self._desk.flows.list() if stored is None else stored
        found = [one for one in every if self._wanted in one.name.lower()]
        self._list.clear()
        self._fill_foot(len(found))
        with self._list:
            if not every:
                self._empty()
            elif not found:
                widgets.empty_state("search", "No flow has this name", "Try a shorter word.")
            else:
                doings = Doings(
                    rename=self._rename,
                    duplicate=self._duplicate,
                    remove=self._remove,
                    picked=self._picked,
                )
                gallery(
                    self._desk.cards(found[: self._most]),
                    last_runs(self._desk),
                    doings=doings,
                    picking=self._picking,
                )

    def _fill_foot(self, found: int) -> None:
        self._foot.clear()
        if found > self._most:
            with self._foot:
                widgets.quiet_button("Show more", self._more)
        if number := len(self._desk.flows.list(trashed=True)):
            with self._foot:
                widgets.ghost_button(f"Trash ({number})", self._open_trash, icon="delete")

    def _more(self) -> None:
        self._most += PAGE
        self._fill()

    def _open_trash(self) -> None:
        with self._dialogs:
            flow_dialogs.show_trash(self._desk.flows, self._fill)

    def _empty(self) -> None:
        with (
            widgets.empty_state(
                "account_tree",
                "No flows yet",
                "A flow is what happens after somebody signs up, leaves a cart or has a birthday: "
                "messages, waits and choices. Start with an empty one, or bring one along.",
            ),
            widgets.row(),
        ):
            widgets.quiet_button("Import", self._import, icon="upload")
            widgets.primary_button("New flow", self._new, icon="add")

    def _search(self, event: object) -> None:
        self._wanted = (getattr(event, "value", "") or "").strip().lower()
        self._fill()

    def _new(self) -> None:
        flow_dialogs.new_flow(self._desk.samples(), self._create)

    def _import(self) -> None:
        flow_dialogs.import_flow(self._create)

    def _create(self, flow: Flow, label: str) -> None:
        ui.navigate.to(f"/flows/{self._desk.flows.create(flow, label).id}")

    def _rename(self, card: FlowCard) -> None:
        def change(name: str) -> None:
            self._desk.flows.rename(card.id, name)
            self._fill()

        flow_dialogs.rename("Rename flow", card.name, change)

    def _duplicate(self, card: FlowCard) -> None:
        copy = self._desk.flows.duplicate(card.id)
        self._fill()
        widgets.toast(f"“{copy.name}” was made.")

    def _remove(self, card: FlowCard) -> None:
        self._desk.flows.delete(card.id)
        self._picking.ids.discard(card.id)
        self._picked(self._picking.ids)
        self._fill()

        def undo() -> None:
            self._desk.flows.restore(card.id)
            self._fill()

        undo_toast(f"“{card.name}” is in the trash.", undo)

    def _picked(self, ids: set[str]) -> None:
        self._list.classes(**{"add" if ids else "remove": "rp-picking"})
        self._bar.clear()
        if not ids:
            return
        with self._bar, ui.element("div").classes("rp-picked-bar"):
            ui.label(f"{words.number_of(len(ids), 'flow')} picked").classes("rh-strong")
            widgets.ghost_button("Clear", self._clear)
            label = "Rehearse together" if len(ids) > 1 else "Rehearse"
            widgets.primary_button(label, self._rehearse, icon="play_arrow")

    def _clear(self) -> None:
        self._picking.ids.clear()
        self._picked(self._picking.ids)
        self._fill()

    async def _rehearse(self) -> None:
        ids = [one.id for one in self._desk.flows.list() if one.id in self._picking.ids]
        scenario = await ask_scenario(self._desk, self._desk.scenario())
        if scenario is not None:
            ui.navigate.to(f"/runs/{self._desk.rehearse(ids, scenario)}")


def last_runs(desk: Desk) -> dict[str, LastRun]:
    """The latest run of each flow, by flow id."""
    found: dict[str, LastRun] = {}
    now = datetime.now(UTC)
    for run in desk.runs.list():
        when = words.ago(run.created_at, now)
        for place, flow_id in enumerate(run.flow_ids):
            if flow_id not in found:
                text = _outcome(run.summary, place) + when
                found[flow_id] = LastRun(id=run.id, state=run.state, text=text)
    return found


def _outcome(summary: str | None, place: int) -> str:
    """What the run came to for one of its flows."""
    if not summary:
        return ""
    report = Summary.model_validate_json(summary).flows[place]
    sent = sum(action.sent for action in report.actions.values())
    entered = f"{words.short(report.enrolled)} entered"
    return f"{entered} · {words.short(sent)} {'message' if sent == 1 else 'messages'} · "
