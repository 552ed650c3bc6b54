"""The app's runs as the editor sees them."""

from __future__ import annotations

from app.desk import Desk
from editor.run_view import Standing
from simulator.report import Summary
from simulator.scenario import Scenario


class Rehearsals:
    """Starts and follows runs of one flow through the desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def scenario(self) -> Scenario:
        """What a rehearsal begins with."""
        return self._desk.scenario()

    def start(self, flow_id: str, scenario: Scenario) -> str:
        """Begin a run of the flow as it is saved; its id."""
        return self._desk.rehearse([flow_id], scenario)

    def standing(self, run_id: str) -> Standing:
        """From the runner while the run lives, else from the store."""
        if live := self._desk.runner.live(run_id):
            return Standing(live.state, live.progress)
        run = self._desk.runs.get(run_id)
        return Standing(run.state, text=run.error)

    def under_way(self, flow_id: str) -> str | None:
        """The latest run of this flow alone, if it is queued or running."""
        for run in self._desk.runs.list(flow_id=flow_id):
            if self._desk.runner.live(run.id) and len(run.flows) == 1:
                return run.id
        return None

    def cancel(self, run_id: str) -> None:
        """Ask the run to end."""
        self._desk.runner.cancel(run_id)

    def summary(self, run_id: str) -> Summary:
        """What a finished run came to."""
        return Summary.model_validate_json(self._desk.runs.get(run_id).summary or "")

    def address(self, run_id: str) -> str:
        """The run's page."""
        return f"/runs/{run_id}"
