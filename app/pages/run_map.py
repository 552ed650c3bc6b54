"""The flows of a run as pictures with the numbers of those who passed."""

from __future__ import annotations

from collections.abc import Sequence

from nicegui import ui

from editor import widgets
from editor.canvas import FlowCanvas
from editor.counts import Counts
from editor.session import EditorSession
from flows.document import Flow
from simulator.report import Progress, Summary


class RunMap:
    """One flow of the run at a time, with its numbers; nothing on it can be changed."""

    def __init__(self, flows: Sequence[Flow]) -> None:
        self._flows = flows
        self._shown = 0
        self._counts = [Counts() for _ in flows]

    def draw(self) -> None:
        """The choice among flows where there are several, and the picture."""
        if len(self._flows) > 1:
            names = {i: flow.name or "Untitled flow" for i, flow in enumerate(self._flows)}
            widgets.segmented(names, 0, on_change=self._choose)
        self._frame = ui.element("div").classes("rp-map").mark("run-map")
        self._choose(0)

    def show_progress(self, progress: Progress) -> None:
        """The numbers of a run under way."""
        self._show(
            [
                Counts.of_progress(progress, i, flow.entry_action_id)
                for i, flow in enumerate(self._flows)
            ]
        )

    def show_summary(self, summary: Summary) -> None:
        """The numbers of a finished run."""
        self._show([Counts.of_report(report) for report in summary.flows])

    def _show(self, counts: list[Counts]) -> None:
        self._counts = counts
        self._canvas.show_counts(counts[self._shown])

    def _choose(self, place: int) -> None:
        self._shown = place
        self._frame.clear()
        with self._frame:
            self._canvas = FlowCanvas(EditorSession(self._flows[place]), readonly=True)
        self._canvas.show_counts(self._counts[place])
