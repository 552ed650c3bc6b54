"""What a run assumed about people, with its sources, and a way to assume something else."""

from __future__ import annotations

from app.desk import Desk
from editor import widgets
from simulator.scenario import Scenario
from storage.run_store import Run


class AssumptionsView:
    """The assumptions of one run."""

    def __init__(self, desk: Desk, run: Run, scenario: Scenario) -> None:
        self._desk = desk
        self._run = run
        self._scenario = scenario

    def draw(self) -> None:
        """A table."""
        widgets.muted("")
