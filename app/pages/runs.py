"""Every run, the latest first."""

from __future__ import annotations

from datetime import UTC, datetime

from nicegui import ui

from app import figures
from app.desk import Desk
from app.figures import Totals
from app.pages import parts, shell
from app.sources import files_of
from editor import widgets, words
from simulator.report import Summary
from simulator.scenario import Scenario
from storage.run_store import UNDER_WAY, Run

PAGE = 50
LOOK = 1.0
"""Seconds between two looks at runs that are under way."""


def register(desk: Desk) -> None:
    """Serve `/runs`."""

    @ui.page("/runs")
    def runs_page() -> None:
        with shell.frame("runs", "Runs", unread=desk.unread()):
            RunsPage(desk).draw()


class RunsPage:
    """One visit of the page."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._picked: list[str] = []
        self._totals: dict[str, Totals] = {}
        self._most = PAGE

    def draw(self) -> None:
        """The head and the list, which follows runs that are under way."""
        with shell.head("Runs", "Each rehearsal with its figures, people and stories."):
            self._compare = widgets.quiet_button(
                "Compare two", self._go_compare, icon="compare_arrows"
            )
        self._list = ui.element("div")
        self._fill()
        ui.timer(LOOK, self._look)

    def _look(self) -> None:
        if self._under_way:
            self._fill()

    def _fill(self) -> None:
        runs = self._desk.runs.list()
        self._under_way = any(run.state in UNDER_WAY for run in runs)
        self._compare.set_visibility(sum(run.state == "done" for run in runs) > 1)
        self._list.clear()
        with self._list:
            if runs:
                self._table(runs)
            else:
                _empty()

    def _table(self, runs: list[Run]) -> None:
        with widgets.card("rp-table-card"), ui.element("div").classes("rp-runs").props("role=list"):
            for run in runs[: self._most]:
                self._row(run)
        if len(runs) > self._most:
            widgets.quiet_button("Show more", self._more).classes("rp-more")

    def _row(self, run: Run) -> None:
        with ui.element("div").classes("rp-run-row").props("role=listitem"):
            box = ui.checkbox(value=run.id in self._picked).props('dense aria-label="Pick"')
            box.on_value_change(lambda event: self._pick(run.id, event.value))
            box.set_enabled(run.state == "done")
            with ui.element("a").classes("rp-run-link").props(f'href="/runs/{run.id}"'):
                with widgets.column(gap=0, classes="rh-grow"):
                    ui.label(run.title).classes("rh-strong rh-ellipsis")
                    widgets.muted(_when(run), small=True)
                self._outcome(run)

    def _outcome(self, run: Run) -> None:
        live = self._desk.runner.live(run.id)
        if live and live.progress:
            bar = ui.linear_progress(live.progress.share, size="6px", show_value=False)
            bar.classes("rp-run-bar")
        if run.summary:
            if run.id not in self._totals:
                summary = Summary.model_validate_json(run.summary)
                self._totals[run.id] = figures.totals(summary)
            _figures(self._totals[run.id])
        else:
            parts.state_pill("running" if live and live.state == "running" else run.state)
        widgets.icon("chevron_right").classes("rh-faint")

    def _more(self) -> None:
        self._most += PAGE
        self._fill()

    def _pick(self, run_id: str, on: bool) -> None:
        if on and run_id not in self._picked:
            self._picked.append(run_id)
        elif not on and run_id in self._picked:
            self._picked.remove(run_id)

    def _go_compare(self) -> None:
        order = [run.id for run in self._desk.runs.list()]
        chosen = sorted(self._picked[-2:], key=order.index, reverse=True)
        first, second = chosen if len(chosen) == 2 else ("", "")
        ui.navigate.to(f"/compare?a={first}&b={second}")


def _when(run: Run) -> str:
    scenario = Scenario.model_validate_json(run.scenario)
    files = files_of(scenario)
    people = (
        files.profiles.name if files else words.number_of(scenario.profiles, "person", "people")
    )
    days = words.number_of(scenario.days, "day")
    return f"{words.ago(run.created_at, datetime.now(UTC))} · {people} · {days}"


def _figures(total: Totals) -> None:
    for label, value in (
        ("entered", words.count(total.entered)),
        ("messages", words.count(total.sent)),
        ("orders", words.count(total.orders)),
        ("revenue", words.money(total.revenue)),
    ):
        with ui.element("div").classes("rp-run-figure"):
            ui.label(value).classes("rh-number rh-strong")
            widgets.muted(label, small=True)


def _empty() -> None:
    with (
        widgets.card(),
        widgets.empty_state(
            "play_circle",
            "Nothing has been rehearsed yet",
            "Open a flow and press Rehearse: thousands of people go through it in seconds, "
            "and you see who gets what, when, and why.",
        ),
    ):
        widgets.primary_button("Go to your flows", lambda: ui.navigate.to("/"))
