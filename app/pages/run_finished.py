"""A finished run: its figures, its map, its people, what was assumed, and what was left out."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable

from nicegui import ui
from nicegui.element import Element

from app.comparison import Rehearsed
from app.desk import Desk
from app.given import REJECTED
from app.pages import parts
from app.pages.assumed import AssumptionsView
from app.pages.parts import Cell, Head
from app.pages.people import PeopleTable
from app.pages.run_map import RunMap
from app.pages.run_summary import draw_flow, draw_tiles, draw_whole
from app.sources import PeopleFiles, files_of
from editor import widgets, words
from simulator.report import FlowReport
from storage.run_store import Run

SHOWN_REJECTED = 500
Fill = Callable[[], Awaitable[None]]


class FinishedView:
    """Tabs of which each is drawn when it is first opened."""

    def __init__(self, desk: Desk, run: Run, tab: str) -> None:
        self._desk = desk
        self._run = run
        self._done: Rehearsed = desk.rehearsed(run.id)
        self._rejected = read_rejected(run, files_of(self._done.scenario))
        self._fills: dict[str, tuple[str, Fill]] = {
            "overview": ("Overview", self._overview),
            "map": ("Map", self._map),
            "people": ("People", self._people),
            "assumptions": ("Assumptions", self._assumptions),
        }
        if self._rejected:
            title = f"Left out ({words.count(len(self._rejected))})"
            self._fills["rejected"] = (title, self._left_out)
        self._tab = tab if tab in self._fills else "overview"
        self._panels: dict[str, Element] = {}

    async def draw(self) -> None:
        """The tabs and the one that is open."""
        with ui.tabs().classes("rp-tabs") as tabs:
            for name, (label, _) in self._fills.items():
                ui.tab(name, label)
        tabs.value = self._tab
        for name in self._fills:
            self._panels[name] = ui.element("div").classes("rh-col rh-gap-24")
        tabs.on_value_change(lambda event: self._open(event.value))
        await self._open(self._tab)

    async def _open(self, name: str) -> None:
        for other, panel in self._panels.items():
            panel.set_visibility(other == name)
        panel = self._panels[name]
        if not panel.default_slot.children:
            with panel:
                await self._fills[name][1]()
        ui.run_javascript(f'history.replaceState(null, "", "?tab={name}")')

    async def _overview(self) -> None:
        summary = self._done.summary
        draw_tiles(summary)
        several = len(summary.flows) > 1
        if several:
            _flows_table(summary.flows)
        for report, flow in zip(summary.flows, self._done.flows, strict=True):
            if several:
                widgets.heading(report.name)
            draw_flow(report, flow)
        draw_whole(summary)

    async def _map(self) -> None:
        shown = RunMap(self._done.flows)
        shown.draw()
        shown.show_summary(self._done.summary)

    async def _people(self) -> None:
        await PeopleTable(self._desk, self._run.id).draw()

    async def _assumptions(self) -> None:
        AssumptionsView(self._desk, self._run, self._done).draw()

    async def _left_out(self) -> None:
        widgets.muted("Rows of your files that could not be used; all others took part.")
        heads = (Head("Where"), Head("Why"), Head("Row"))
        shown = self._rejected[:SHOWN_REJECTED]
        parts.table(heads, [[Cell(cell) for cell in row] for row in shown])
        if len(self._rejected) > SHOWN_REJECTED:
            more = len(self._rejected) - SHOWN_REJECTED
            widgets.muted(f"and {words.number_of(more, 'more row')}")


def _flows_table(reports: tuple[FlowReport, ...]) -> None:
    heads = (
        Head("Flow"),
        Head("Entered", right=True),
        Head("Finished", right=True),
        Head("Still in the flow", right=True),
        Head("Turned away", right=True),
    )
    with widgets.section("Flows"):
        parts.table(heads, [_flow_cells(report) for report in reports])


def _flow_cells(report: FlowReport) -> list[Cell]:
    away = sum(report.turned_away.values())
    numbers = (report.enrolled, report.finished, report.waiting, away)
    return [Cell(report.name), *(Cell(words.count(number)) for number in numbers)]


def read_rejected(run: Run, files: PeopleFiles | None) -> list[tuple[str, str, str]]:
    """The rows that could not be used: where (by the file's own name), why, and the row itself."""
    uploads = [one for one in (files.profiles, files.events) if one] if files else []
    called = {one.file: one.name for one in uploads}
    path = run.folder / REJECTED
    if not path.is_file():
        return []
    found = []
    for text in path.read_text("utf-8").splitlines():
        line = json.loads(text)
        row = line["row"] if isinstance(line["row"], str) else json.dumps(line["row"])
        file, _, place = str(line["where"]).rpartition(":")
        where = f"{called.get(file, file)}, line {place}"
        found.append((where, str(line["reason"]).replace("`", "“", 1).replace("`", "”"), row[:200]))
    return found
