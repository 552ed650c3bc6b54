"""One visit to one flow, and the way of those who come into the midst of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from tests.reference.asking import Asking
from tests.reference.done import next_of
from tests.reference.flow import STATUSED, Flow
from tests.reference.log import Entry, StepLine
from tests.reference.person import Event, Thing
from tests.reference.steps import step


@dataclass
class Run:
    """One visit to one flow."""

    flow: int
    entry: Entry
    event: Event | None
    occurrence: date | None
    earlier: tuple[Entry, ...]
    thing: Thing | None = None
    """The object whose date started it."""
    action: str | None = None
    given: dict[str, dict[str, Any]] = field(default_factory=dict)
    """What each code step gave."""
    line: StepLine | None = None


def walked(
    flow: Flow, run: Run, asking: Callable[[Run, datetime], Asking], now: datetime
) -> list[StepLine] | None:
    """The steps that would lie behind by now, the last a wait that lasts; None if all is over.

    Splits and waits decide as of the time at which they would have been come to; nothing is done.
    """
    at, run.action = run.entry.entered_at, flow.document.get("entry_action_id")
    lines: list[StepLine] = []
    while at <= now:
        if run.action not in flow.actions:
            return None
        action = flow.actions[str(run.action)]
        line = StepLine(run.entry.flow, run.entry.visit, str(run.action), at)
        lines.append(line)
        if action["type"] in STATUSED:
            line.left_at, line.way_out, run.action = at, "next", next_of(action)
            continue
        done = step(flow, action, asking(run, at))
        if done.ended or done.leaves_at is None:
            return None
        if done.outputs is not None:
            run.given[str(run.action)] = done.outputs
        line.left_at, line.way_out, run.action = done.leaves_at, done.way, done.following
        at = done.leaves_at
    return lines
