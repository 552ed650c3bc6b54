"""One run: under way, ended badly, or finished with its figures, map and people."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial

from nicegui import ui
from nicegui.element import Element

from app.comparison import earlier_run
from app.desk import Desk
from app.pages import parts, shell
from app.pages.deliver import deliver_sample
from app.pages.flow_dialogs import rename
from app.pages.run_finished import FinishedView
from app.pages.run_live import LiveView
from app.pages.setting_out import ask_scenario
from app.sources import files_of
from editor import widgets, words
from simulator.errors import SimulatorError
from simulator.scenario import Scenario
from storage.errors import StorageError, UnknownRunError
from storage.run_store import UNDER_WAY, Run

ENDED_BADLY = {
    "failed": ("error", "This run did not work"),
    "cancelled": ("stop_circle", "This run was cancelled"),
    "cut-off": ("power_off", "This run was interrupted"),
}
NOT_OURS = "It was interrupted before it could end; nothing of it was kept."
WHY = {
    "cancelled": "You stopped it before it was done, so there are no figures.",
    "cut-off": "The program was closed, or ran out of memory, before it was done. "
    "Starting it again gives what it would have given.",
}


def register(desk: Desk) -> None:
    """Serve `/runs/{run_id}`."""

    @ui.page("/runs/{run_id}")
    async def run_page(run_id: str, tab: str = "overview") -> None:
        try:
            run = desk.runs.get(run_id)
        except UnknownRunError as error:
            with shell.frame("runs", "No such run", unread=desk.unread()):
                parts.refused("search_off", "No such run", str(error), back=("All runs", "/runs"))
            return
        with shell.frame("runs", run.title, unread=desk.unread()):
            await RunPage(desk, run, tab).draw()


class RunPage:
    """One visit of the page."""

    def __init__(self, desk: Desk, run: Run, tab: str) -> None:
        self._desk = desk
        self._run = run
        self._tab = tab

    async def draw(self) -> None:
        """The head, then what the run's state asks for."""
        with shell.head(self._run.title, back=("Runs", "/runs")) as self._actions:
            pass
        self._facts = ui.element("div").classes("rp-run-facts")
        self._body = ui.element("div").classes("rh-col rh-gap-24")
        await self._fill()

    async def _fill(self) -> None:
        # In this order: a run's end is stored before the runner lets go of it.
        live = self._desk.runner.live(self._run.id)
        self._run = self._desk.runs.get(self._run.id)
        for place in (self._actions, self._facts, self._body):
            place.clear()
        with self._facts:
            _facts(self._run, live is not None)
        with self._actions:
            self._draw_actions(live is not None)
        with self._body:
            if live is not None:
                self._draw_live()
            elif self._run.state == "done":
                await FinishedView(self._desk, self._run, self._tab).draw()
            else:
                self._draw_ended()

    def _draw_live(self) -> None:
        view = LiveView(self._desk, self._run, on_end=self._ended)
        view.draw()

    async def _ended(self) -> None:
        await self._fill()

    def _draw_ended(self) -> None:
        symbol, title = ENDED_BADLY.get(self._run.state, ENDED_BADLY["cut-off"])
        text = self._run.error or WHY.get(self._run.state, NOT_OURS)
        with widgets.card(), widgets.empty_state(symbol, title, text), widgets.row():
            widgets.quiet_button("Change the setting", self._rehearse_again, icon="tune")
            widgets.primary_button("Start again", self._again, icon="replay")

    def _draw_actions(self, live: bool) -> None:
        if live:
            return
        if self._run.state == "done":
            widgets.quiet_button("Compare", self._compare, icon="compare_arrows")
            widgets.quiet_button("Deliver a sample", self._deliver, icon="outgoing_mail")
            widgets.primary_button("Rehearse again", self._rehearse_again, icon="replay")
        with widgets.icon_button("more_horiz", "More", tip=False), ui.menu().props("auto-close"):
            for flow in self._run.flows:
                ui.menu_item(f"Open “{flow.name}”", partial(ui.navigate.to, f"/flows/{flow.id}"))
            ui.separator()
            ui.menu_item("Rename", self._rename)
            if self._run.state == "done":
                address = f"/api/runs/{self._run.id}/summary"
                ui.menu_item("Download the figures", lambda: ui.download.from_url(address))
            ui.separator()
            ui.menu_item("Delete this run", self._delete).classes("rh-danger-text")

    def _compare(self) -> None:
        before = earlier_run(self._run, [one for one in self._desk.runs.list() if one.summary])
        ui.navigate.to(f"/compare?a={before}&b={self._run.id}")

    def _deliver(self) -> None:
        deliver_sample(self._desk, self._run)

    async def _rehearse_again(self) -> None:
        scenario = Scenario.model_validate_json(self._run.scenario)
        wanted = await ask_scenario(self._desk, scenario, title="Rehearse again")
        if wanted is not None:
            flow_ids = self._run.flow_ids
            ui.navigate.to(f"/runs/{self._desk.rehearse(flow_ids, wanted)}")

    async def _again(self) -> None:
        try:
            self._desk.again(self._run.id)
        except (StorageError, SimulatorError) as error:
            widgets.toast(str(error))
            return
        await self._fill()

    def _rename(self) -> None:
        def change(title: str) -> None:
            self._desk.runs.rename(self._run.id, title)
            ui.navigate.reload()

        rename("Rename run", self._run.title, change)

    async def _delete(self) -> None:
        text = "Its figures and everybody's stories go with it. The flows stay."
        if await widgets.confirm("Delete this run?", text, yes="Delete", danger=True):
            self._desk.runs.delete(self._run.id)
            ui.navigate.to("/runs")


def _facts(run: Run, live: bool) -> Element:
    """One line under the title: the state, the setting, when and how long."""
    scenario = Scenario.model_validate_json(run.scenario)
    files = files_of(scenario)
    people = (
        f"People from “{files.profiles.name}”"
        if files
        else words.number_of(scenario.profiles, "made-up person", "made-up people")
    )
    texts = [
        people,
        f"{words.number_of(scenario.days, 'day')} from {words.day(scenario.start)}",
        f"chance {scenario.seed}",
        words.ago(run.created_at, datetime.now(UTC)),
    ]
    if run.started_at and run.finished_at:
        seconds = (run.finished_at - run.started_at).total_seconds()
        texts.append(f"took {words.lasting(seconds)}")
    with widgets.row(classes="rh-wrap") as made:
        parts.state_pill("running" if live and run.state in UNDER_WAY else run.state)
        widgets.muted(" · ".join(texts))
    return made
