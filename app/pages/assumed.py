"""What a run assumed about people, with sources, and a way to assume something else."""

from __future__ import annotations

from nicegui import ui

from app.comparison import Rehearsed
from app.desk import Desk
from app.pages.assumption_list import AssumptionList
from app.sources import files_of
from editor import widgets, words
from flows.needs import all_needs
from simulator.plan import names_of
from storage.run_store import Run


class AssumptionsView:
    """The assumptions of one run; changing some offers another rehearsal with them."""

    def __init__(self, desk: Desk, run: Run, done: Rehearsed) -> None:
        self._desk = desk
        self._run = run
        self._done = done
        self._list = AssumptionList(
            done.scenario,
            needs=all_needs(done.flows),
            names=names_of(done.flows, done.scenario),
            on_change=self._changed,
        )

    def draw(self) -> None:
        """What they are for, the list, and the bar that appears once something was changed."""
        widgets.muted(
            "A rehearsal is as good as what it assumes. Change a figure you know better, "
            "and rehearse again to see what it does."
        )
        if self._done.scenario.behaviour is None:
            widgets.banner("In this run nobody answered messages, so no such figure was used.")
        if files_of(self._done.scenario):
            widgets.banner("The people came from your files; figures about made-up people rest.")
        self._list.draw()
        self._bar = ui.element("div")

    def _changed(self) -> None:
        self._bar.clear()
        number = self._list.changed
        if not number:
            return
        with self._bar, ui.element("div").classes("rp-picked-bar"):
            ui.label(f"{words.number_of(number, 'figure')} changed").classes("rh-strong")
            widgets.primary_button("Rehearse with these", self._again, icon="replay")

    def _again(self) -> None:
        run_id = self._desk.rehearse(self._run.flow_ids, self._list.scenario)
        ui.navigate.to(f"/runs/{run_id}")
