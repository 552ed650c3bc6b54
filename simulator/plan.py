"""Flows made ready to run together: every action a numbered place, every name resolved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from flows.actions.base import Action
from flows.columns import NEVER, Times
from flows.decisions import Decision
from flows.document import Flow
from flows.graph import order
from flows.moments import DAY, micros
from flows.needs import all_needs
from flows.triggers.metric import STARTS_NOTHING, MetricTrigger
from simulator.editing import REMOVED as TAKEN_OUT
from simulator.editing import Version, moved, versions_of
from simulator.errors import TooManyStepsError
from simulator.scenario import Scenario

MOST_PLACES = int(np.iinfo(np.int16).max)
"""Steps of a run, of all versions of all flows: logs and the agenda hold places in 16 bits."""
END = -1
"""The place behind the last action."""
REMOVED = -2
"""Where those go whose step is taken out of the flow so that they leave it."""


def names_of(flows: Sequence[Flow], scenario: Scenario) -> dict[str, str]:
    """Readable names by id: the scenario's own before those that the flows bring."""
    names: dict[str, str] = {}
    for flow in flows:
        names |= flow.names
    return names | scenario.names


@dataclass(frozen=True, slots=True)
class Edition:
    """For a place of a flow that is edited in the run: which version it is of, and what then."""

    version: int
    until: int
    """When the next version begins, in µs; NEVER for the last."""
    follows: int
    """The place of those who wait here at that moment, END or REMOVED."""


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """One action of one flow: where each of its ways leads."""

    number: int
    flow: int
    action: Action
    way_names: tuple[str, ...]
    """By way, then the name of EXIT."""
    targets: NDArray[np.int16]
    """The place behind each way, then END for EXIT."""
    onward: tuple[int, ...]
    """The places that ways lead to, each once, END among them."""
    edition: Edition | None = None
    """None where the flow stays as it is for the whole run."""


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """What every part of a run shares; the same in every process."""

    flows: tuple[Flow, ...]
    scenario: Scenario
    places: tuple[Place, ...]
    entries: tuple[int, ...]
    """The first place of each flow, END where it has none."""
    names: dict[str, str]
    start: int
    end: int
    watched: frozenset[str]
    """Metrics that some flow reads or starts by."""
    decisions: tuple[Decision, ...] = ()
    """What the crowd has settled, as far as it is known."""
    versions: tuple[Version, ...] = ()
    """The flows as they begin, then what edits make of them; see `editing.py`."""
    version_entries: tuple[int, ...] = ()
    """The first place of each version."""

    def at_version(self, version: int) -> Plan:
        """The plan as it is for people in this version of a flow: with it in the flow's place."""
        if version < len(self.flows):
            return self
        held = self.versions[version]
        flows, entries = list(self.flows), list(self.entries)
        flows[held.flow], entries[held.flow] = held.document, self.version_entries[version]
        return replace(self, flows=tuple(flows), entries=tuple(entries))

    def document(self, place: Place) -> Flow:
        """The version of the flow that the place is of."""
        return self.versions[place.edition.version if place.edition else place.flow].document

    def versions_at(self, flow: int, times: Times) -> list[tuple[int, NDArray[np.intp]]]:
        """The versions of a flow that hold at these times, each with the places of its times."""
        own = [i for i, version in enumerate(self.versions) if version.flow == flow]
        if len(own) == 1:
            return [(own[0], np.arange(len(times)))]
        begins = np.array([self.versions[i].since for i in own], dtype=np.int64)
        which = np.searchsorted(begins, times, side="right") - 1
        return [(own[i], np.flatnonzero(which == i)) for i in np.unique(which).tolist()]

    def metric(self, identifier: str) -> str:
        """The canonical name of a metric id."""
        return self.names.get(identifier, identifier)

    def started_by(self, metric: str) -> list[int]:
        """The flows that this metric starts."""
        if metric in STARTS_NOTHING:
            return []
        return [
            i
            for i, flow in enumerate(self.flows)
            if isinstance(flow.trigger, MetricTrigger)
            and flow.trigger.id
            and self.metric(flow.trigger.id) == metric
        ]


def flow_key(flow: Flow) -> str:
    """What chance and logs know the flow by: its id, else its name."""
    return flow.key


def make_plan(
    flows: Sequence[Flow], scenario: Scenario, decisions: tuple[Decision, ...] = ()
) -> Plan:
    """Compile flows for a run; UnrunnableFlowError for one that goes round in circles,
    TooManyStepsError for more steps than there are places.

    Places are numbered so that links lead from lower to higher ones, and so do edits.
    """
    versions = versions_of(flows, scenario)
    documents = [version.document for version in versions]
    steps = sum(len(document.actions) for document in documents)
    if steps > MOST_PLACES:
        raise TooManyStepsError(steps, MOST_PLACES)
    numbers: dict[tuple[int, str], int] = {}
    for i, document in enumerate(documents):
        for key in order(document):
            numbers[i, key] = len(numbers)
    names = names_of(documents, scenario)
    start = micros(scenario.start)
    needed = all_needs(documents)
    entries = [numbers.get((i, f.entry_action_id or ""), END) for i, f in enumerate(documents)]
    return Plan(
        flows=tuple(flows),
        scenario=scenario,
        places=tuple(_places(numbers, versions)),
        entries=tuple(entries[: len(flows)]),
        names=names,
        start=start,
        end=start + scenario.days * DAY,
        watched=frozenset(names.get(n.name, n.name) for n in needed if n.kind == "metric"),
        decisions=decisions,
        versions=versions,
        version_entries=tuple(entries),
    )


Numbers: TypeAlias = dict[tuple[int, str], int]
"""The number of each place, by version and action."""


def _places(numbers: Numbers, versions: tuple[Version, ...]) -> Iterator[Place]:
    """All places by number, those of edited flows with what edits make of them."""
    for i, version in enumerate(versions):
        own = [n for n, other in enumerate(versions) if other.flow == version.flow]
        following = own[own.index(i) + 1 :][:1]
        places = [_place(numbers, i, version, key) for at, key in numbers if at == i]
        if len(own) == 1:
            yield from places
        elif not following:
            last = Edition(i, NEVER, END)
            yield from (replace(place, edition=last) for place in places)
        else:
            yield from _handed_on(numbers, places, versions, (i, following[0]))


def _handed_on(
    numbers: Numbers, places: list[Place], versions: tuple[Version, ...], between: tuple[int, int]
) -> Iterator[Place]:
    """Places of a version that is followed by another."""
    before, after = (versions[i] for i in between)
    stands = moved(before.document, after.document)
    for place in places:
        key = stands[place.action.key]
        gone = REMOVED if key == TAKEN_OUT else END
        follows = numbers.get((between[1], key or ""), gone)
        yield replace(place, edition=Edition(between[0], after.since, follows))


def _place(numbers: Numbers, version: int, of: Version, key: str) -> Place:
    action = of.document.action(key)
    ways = action.ways()
    targets = [numbers.get((version, way.target or ""), END) for way in ways]
    return Place(
        number=numbers[version, key],
        flow=of.flow,
        action=action,
        way_names=(*(way.name for way in ways), "exit") if ways else ("exit", "exit"),
        targets=np.asarray([*targets, END, END][: max(len(ways), 1) + 1], dtype=np.int16),
        onward=tuple(sorted(set(targets or [END]))),
    )
