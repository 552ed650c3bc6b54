"""What the command line changes in a run beside its setting: people from before, and edits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from app.commands.files import load_flow
from app.commands.refusals import UnusableError
from simulator.scenario import Edit, Scenario


def changed(scenario: Scenario, *, add_past: bool, edits: Sequence[str]) -> Scenario:
    """The scenario with people from before added, and with these edits of its flows."""
    more = (*scenario.edits, *(_inside(edit_of(text), text, scenario) for text in edits))
    past = scenario.add_past or ({"*": "relative"} if add_past else {})
    return scenario.model_copy(update={"edits": more, "add_past": past})


def _inside(edit: Edit, text: str, scenario: Scenario) -> Edit:
    end = scenario.start + timedelta(days=scenario.days)
    if not scenario.start <= edit.at < end:
        raise UnusableError(
            f"--edit is {text}, but the run is from {scenario.start:%Y-%m-%d} to {end:%Y-%m-%d}."
        )
    return edit


def edit_of(text: str) -> Edit:
    """`2026-02-01=new.json`: from that moment on the flow is as the file has it."""
    moment, equals, path = text.partition("=")
    try:
        at = datetime.fromisoformat(moment.strip())
    except ValueError:
        at = None
    if at is None or not equals or not path:
        raise UnusableError(f"--edit is {text}, but it has to be like 2026-02-01=new.json.")
    return Edit(at=at if at.tzinfo else at.replace(tzinfo=UTC), flow=load_flow(Path(path)))
