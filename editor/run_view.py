"""Rehearsing from the editor: the setting, the run with its numbers on the canvas, the outcome."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Literal, Protocol

from nicegui import ui

from editor import choosers, widgets
from editor.counts import Counts
from editor.run_summary import draw_summary
from editor.session import EditorSession
from flows.document import Flow
from simulator.behaviour import Behaviour
from simulator.report import Progress, Summary
from simulator.scenario import Scenario

BEAT = 0.1
"""Seconds between two looks at a run."""
MOST_PEOPLE, MOST_DAYS = 2_000_000, 1_100


@dataclass(frozen=True, slots=True)
class Standing:
    """How a run stands: `share` from 0 to 1, `text` says why where it failed."""

    state: Literal["queued", "running", "done", "failed", "cancelled", "cut-off"]
    progress: Progress | None = None
    text: str = ""


class RehearsalDesk(Protocol):
    """Who carries rehearsals out for the editor."""

    def scenario(self) -> Scenario:
        """What a rehearsal begins with before anybody changes it."""
        ...

    def start(self, flow_id: str, scenario: Scenario) -> str:
        """Begin a run of the flow as it is saved; its id."""
        ...

    def standing(self, run_id: str) -> Standing:
        """How the run stands."""
        ...

    def under_way(self, flow_id: str) -> str | None:
        """The run of this flow alone that has not ended yet, if there is one."""
        ...

    def cancel(self, run_id: str) -> None:
        """Ask the run to end."""
        ...

    def summary(self, run_id: str) -> Summary:
        """What a finished run came to."""
        ...

    def address(self, run_id: str) -> str:
        """Where the run's own page is."""
        ...


class RunView:
    """The panel in the inspector's place. `show` puts numbers on the canvas."""

    def __init__(
        self, session: EditorSession, desk: RehearsalDesk, show: Callable[[Counts], None]
    ) -> None:
        self._session, self._desk, self._show = session, desk, show
        self._scenario = desk.scenario()
        self._run_id = ""
        self._flow: Flow = session.flow
        self._seen: Progress | None = None
        self._wanted = False
        with ui.element("section").classes("rh-run").props('aria-label="Rehearse"') as self._panel:
            with ui.element("div").classes("rh-run-head"):
                widgets.tile("play_arrow", "message")
                widgets.heading("Rehearse").classes("rh-grow")
                widgets.icon_button("close", "Close", self.close, small=True)
            self._body = ui.element("div").classes("rh-run-body")
            self._foot = ui.element("div").classes("rh-run-foot")
        self._timer = ui.timer(BEAT, self._look, active=False)
        self._panel.set_visibility(False)
        self._resume()

    def open(self) -> None:
        """Bring the panel up and rehearse at once, unless a run is under way."""
        self._session.select(None)
        self._bring_up()
        if not self._timer.active:
            self._start()

    def _resume(self) -> None:
        """Follow a run that was started before the page was loaded."""
        run_id = self._desk.under_way(self._session.flow.id)
        if run_id:
            self._bring_up()
            self._follow(run_id)

    def _bring_up(self) -> None:
        self._wanted = True
        self._panel.set_visibility(True)

    def make_room(self) -> None:
        """Let the fields of a chosen step be seen, and come back once none is chosen."""
        self._panel.set_visibility(self._wanted and self._session.selection is None)

    def step_aside(self) -> None:
        """Let the fields be seen; the numbers stay on the canvas."""
        self._panel.set_visibility(False)

    def close(self) -> None:
        """Put the panel and its numbers away; a run under way goes on."""
        self._wanted = False
        self._panel.set_visibility(False)
        self._show(Counts())

    def _draw_setting(self) -> None:
        """Ask who takes part and for how long."""
        self._body.clear()
        self._foot.clear()
        now = self._scenario
        with self._body:
            widgets.muted(
                "Made-up people with histories of their own walk through this flow, and answer "
                "its messages as real ones would."
            )
            with ui.element("div").classes("rh-run-two"):
                self._ask("People", now.profiles, (1, MOST_PEOPLE), "profiles")
                self._ask("Days", now.days, (1, MOST_DAYS), "days")
                with widgets.field("First day"):
                    day = now.start.date().isoformat()
                    choosers.plain(day, self._set_start, "First day", kind="date")
                self._ask("Chance", now.seed, (0, 2**53), "seed")
            widgets.muted("The same chance number gives the same people and luck.", small=True)
            self._draw_switches(now)
            self._draw_warning()
        with self._foot:
            widgets.primary_button("Start", self._start, icon="play_arrow")

    def _draw_switches(self, now: Scenario) -> None:
        widgets.switch(
            "People open, click and order",
            now.behaviour is not None,
            on_change=lambda on: self._set(behaviour=Behaviour() if on else None),
            help_text="Off: nobody answers a message.",
        )
        widgets.switch(
            "Treat every step as live",
            now.rules.as_live,
            on_change=lambda on: self._set(rules=now.rules.model_copy(update={"as_live": on})),
            help_text="Off: draft steps are passed by, as they would be today.",
        )

    def _draw_warning(self) -> None:
        errors = sum(problem.severity == "error" for problem in self._session.problems)
        if errors:
            words = "1 error" if errors == 1 else f"{errors} errors"
            text = f"This flow has {words}. It can be rehearsed, but may not do what you mean."
            widgets.banner(text, "warn", symbol="warning")

    def _ask(self, label: str, value: int, bounds: tuple[int, int], name: str) -> None:
        def said(number: float | None) -> None:
            if number is not None and bounds[0] <= number <= bounds[1]:
                self._set(**{name: int(number)})

        widgets.number_field(label, value, on_change=said, bounds=bounds)

    def _set_start(self, text: str) -> None:
        try:
            first = date.fromisoformat(text or "")
        except ValueError:
            return
        self._set(start=datetime(first.year, first.month, first.day, tzinfo=UTC))

    def _set(self, **values: object) -> None:
        self._scenario = self._scenario.model_copy(update=values)

    def _start(self) -> None:
        self._follow(self._desk.start(self._session.flow.id, self._scenario))

    def _follow(self, run_id: str) -> None:
        self._flow = self._session.flow
        self._run_id = run_id
        self._seen = None
        self._draw_running()
        self._timer.activate()

    def _draw_running(self) -> None:
        self._body.clear()
        self._foot.clear()
        with self._body:
            self._title = widgets.heading("Getting ready …")
            with ui.element("div").classes("rh-run-bar"):
                self._bar = ui.element("div").style("width: 0%")
            self._note = widgets.muted("Inviting the people.", small=True)
        with self._foot:
            self._cancel = widgets.quiet_button("Cancel", self._stop, icon="stop")

    def _stop(self) -> None:
        self._desk.cancel(self._run_id)
        self._cancel.disable()
        self._title.set_text("Stopping …")

    def _look(self) -> None:
        standing = self._desk.standing(self._run_id)
        if standing.state in {"queued", "running"}:
            self._show_progress(standing)
            return
        self._timer.deactivate()
        if standing.state == "done":
            self._draw_finished(self._desk.summary(self._run_id))
        else:
            self._draw_ended(standing)

    def _show_progress(self, standing: Standing) -> None:
        progress = standing.progress
        if standing.state == "queued":
            self._note.set_text("Another run comes first.")
        if progress is None or progress is self._seen:
            return
        self._seen = progress
        self._title.set_text(f"Rehearsing, {progress.share:.0%}")
        self._bar.style(f"width: {progress.share:.1%}")
        self._note.set_text(f"{progress.steps:,} steps taken, {progress.sent:,} messages sent.")
        self._show(Counts.of_progress(progress, 0, self._flow.entry_action_id))

    def _draw_finished(self, summary: Summary) -> None:
        report = summary.flows[0]
        self._show(Counts.of_report(report))
        self._body.clear()
        with self._body:
            draw_summary(summary, report, self._flow)
        self._draw_after()

    def _draw_ended(self, standing: Standing) -> None:
        self._show(Counts())
        self._body.clear()
        with self._body:
            if standing.state == "cancelled":
                widgets.banner("The rehearsal was cancelled.", symbol="stop_circle")
            else:
                text = standing.text or "The rehearsal was cut off."
                widgets.banner(text, "danger", symbol="error")
        self._draw_after()

    def _draw_after(self) -> None:
        self._foot.clear()
        address = self._desk.address(self._run_id)
        with self._foot:
            widgets.quiet_button("People and days", self._draw_setting, icon="tune")
            widgets.primary_button("Open the run", lambda: ui.navigate.to(address))
