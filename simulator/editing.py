"""Flows that are edited in the middle of a run: their versions, and who waits for what then.

Who waits is attached to the next step, not to the wait (semantics B.8): an edit leaves the time
of waiting people as it is, and moves them on where their step is gone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flows.actions.base import Action
from flows.columns import LONG_AGO
from flows.document import Flow
from flows.graph import cycles, incoming
from flows.moments import micros
from simulator.errors import UneditableFlowError, UnrunnableFlowError
from simulator.scenario import Scenario

END: None = None
REMOVED = "\0removed"
"""Stands for a step: whoever waits there leaves the flow."""


@dataclass(frozen=True, slots=True, eq=False)
class Version:
    """A flow as it stands from a moment on, in µs, until the next version."""

    flow: int
    """Which flow of the run."""
    since: int
    document: Flow


def versions_of(flows: Sequence[Flow], scenario: Scenario) -> tuple[Version, ...]:
    """The flows as they begin, in their order, then what edits make of them, by time.

    UnrunnableFlowError for a version that goes round in circles, UneditableFlowError for an edit
    that no flow of the run allows.
    """
    first = [Version(i, LONG_AGO, flow) for i, flow in enumerate(flows)]
    later = sorted(_edited(flows, scenario), key=lambda version: version.since)
    for version in (*first, *later):
        for cycle in cycles(version.document):
            raise UnrunnableFlowError(version.document.name, tuple(cycle))
    return (*first, *later)


def _edited(flows: Sequence[Flow], scenario: Scenario) -> Iterator[Version]:
    numbers = {flow.key: i for i, flow in enumerate(flows)}
    for place, edit in enumerate(scenario.edits):
        key = edit.flow.key
        if key not in numbers:
            raise UneditableFlowError(place, "flow.id", f"no flow of the run is called “{key}”")
        before = flows[numbers[key]]
        if [t.to_json() for t in before.triggers] != [t.to_json() for t in edit.flow.triggers]:
            why = f"the trigger of “{before.name}” cannot change while it runs"
            raise UneditableFlowError(place, "flow.triggers", why)
        yield Version(numbers[key], micros(edit.at), edit.flow)


def moved(old: Flow, new: Flow) -> dict[str, str | None]:
    """For each step of the old version where those who wait there stand in the new one.

    None is the end. A step that is still there keeps its people, wherever it stands now.
    """
    delays = _delays_before(old)
    return {key: _stands(key, delays.get(key), old, new) for key in old.by_id}


def _stands(key: str | None, delay: str | None, old: Flow, new: Flow) -> str | None:
    """Where those go who wait for this step behind this delay, if it is gone the next one."""
    if key is None or key not in old.by_id:
        return END
    if key in new.by_id:
        return key
    targets = [way.target for way in old.action(key).ways()]
    if len(targets) < 2:
        return _stands(targets[0] if targets else None, delay, old, new)
    if delay is None:
        return REMOVED
    if delay in new.by_id:
        return _behind(new.action(delay), old, new)
    found = (_stands(target, delay, old, new) for target in targets)
    return next((place for place in found if place is not None), END)


def _behind(delay: Action, old: Flow, new: Flow) -> str | None:
    """The first step behind a delay that is not new itself: a new one is not for who waits."""
    step: Action | None = delay
    while step is not None:
        target = next((way.target for way in step.ways()), None)
        step = new.by_id.get(target or "")
        if step is not None and step.key in old.by_id:
            return step.key
    return END


def _delays_before(flow: Flow) -> dict[str, str]:
    """By step the first delay that leads to it directly."""
    found = {}
    for key, slots in incoming(flow).items():
        ids = [slot.action_id for slot in slots if slot.action_id is not None]
        delays = [one for one in ids if flow.action(one).face.group == "timing"]
        if delays:
            found[key] = delays[0]
    return found
