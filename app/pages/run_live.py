"""A run under way: how far it is, what it has done so far, and a way to stop it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from nicegui import ui

from app.desk import Desk
from app.pages.run_map import RunMap
from app.runner import Live
from editor import widgets, words
from simulator.report import Progress
from storage.run_store import Run

BEAT = 0.1
"""Seconds between two looks at the run."""


class LiveView:
    """Draws a live run and follows it; `on_end` is called once when it is over."""

    def __init__(self, desk: Desk, run: Run, *, on_end: Callable[[], Awaitable[None]]) -> None:
        self._runner = desk.runner
        self._run_id = run.id
        self._map = RunMap(desk.flows_of(run))
        self._on_end = on_end
        self._shown: Progress | None = None

    def draw(self) -> None:
        """The bar, three figures and Cancel."""
        with widgets.card("rp-live").mark("run-live"):
            with widgets.row(classes="rh-between"):
                with widgets.column(gap=0):
                    self._title = widgets.heading("Getting ready …")
                    self._text = widgets.muted("", small=True)
                self._cancel = widgets.quiet_button("Cancel", self._stop, icon="stop")
            self._bar = ui.linear_progress(0, size="8px", show_value=False)
            self._bar.props("rounded instant-feedback").classes("rp-live-bar")
            with ui.element("div").classes("rp-tiles"):
                self._figures = [
                    _figure(label) for label in ("Done", "Steps taken", "Messages sent")
                ]
        self._map.draw()
        self._timer = ui.timer(BEAT, self._look)

    def _stop(self) -> None:
        self._runner.cancel(self._run_id)
        self._cancel.disable()
        self._title.text = "Stopping …"

    async def _look(self) -> None:
        live = self._runner.live(self._run_id)
        if live is None:
            self._timer.deactivate()
            await self._on_end()
        elif not live.cancelled.is_set():
            self._show(live)

    def _show(self, live: Live) -> None:
        if live.state == "queued":
            ahead = self._runner.ahead(self._run_id)
            self._title.text = "Waiting its turn"
            self._text.text = f"{words.number_of(ahead, 'run')} first."
        elif live.progress is None or not live.progress.steps:
            self._title.text = "Getting ready …"
            self._text.text = "Inviting the people."
        elif live.progress is not self._shown:
            self._shown = live.progress
            self._progress(live.progress)

    def _progress(self, progress: Progress) -> None:
        self._title.text = f"Rehearsing, {progress.passes}" if progress.passes else "Rehearsing"
        self._text.text = "You may leave this page; the run goes on."
        self._bar.value = progress.share
        texts = (f"{progress.share:.0%}", words.count(progress.steps), words.count(progress.sent))
        for label, text in zip(self._figures, texts, strict=True):
            label.text = text
        self._map.show_progress(progress)


def _figure(label: str) -> ui.label:
    with ui.element("div").classes("rh-stat"):
        ui.label(label).classes("rh-stat-label")
        return ui.label("–").classes("rh-stat-value")
