"""Flows made ready to run together: every action a numbered place, every name resolved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from flows.actions.base import Action
from flows.decisions import Decision
from flows.document import Flow
from flows.graph import cycles, order
from flows.needs import all_needs
from flows.triggers.metric import STARTS_NOTHING, MetricTrigger
from simulator.errors import UnrunnableFlowError
from simulator.scenario import Scenario

MICROSECONDS = 1_000_000
DAY = 24 * 3600 * MICROSECONDS
END = -1
"""The place behind the last action."""


def microseconds(when: datetime) -> int:
    """A moment as µs since 1970 UTC; one without a zone counts as UTC."""
    aware = when if when.tzinfo else when.replace(tzinfo=UTC)
    return int(aware.timestamp() * MICROSECONDS)


def names_of(flows: Sequence[Flow], scenario: Scenario) -> dict[str, str]:
    """Readable names by id: the scenario's own before those that the flows bring."""
    names: dict[str, str] = {}
    for flow in flows:
        names |= flow.names
    return names | scenario.names


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
    return flow.id or flow.name


def make_plan(
    flows: Sequence[Flow], scenario: Scenario, decisions: tuple[Decision, ...] = ()
) -> Plan:
    """Compile flows for a run; UnrunnableFlowError for one that goes round in circles.

    Places are numbered so that links lead from lower to higher ones.
    """
    for flow in flows:
        for cycle in cycles(flow):
            raise UnrunnableFlowError(flow.name, tuple(cycle))
    numbers: dict[tuple[int, str], int] = {}
    for i, flow in enumerate(flows):
        for key in order(flow):
            numbers[i, key] = len(numbers)
    names = names_of(flows, scenario)
    start = microseconds(scenario.start)
    needed = all_needs(flows)
    return Plan(
        flows=tuple(flows),
        scenario=scenario,
        places=tuple(_place(numbers, i, flows[i].action(key)) for i, key in numbers),
        entries=tuple(numbers.get((i, f.entry_action_id or ""), END) for i, f in enumerate(flows)),
        names=names,
        start=start,
        end=start + scenario.days * DAY,
        watched=frozenset(names.get(n.name, n.name) for n in needed if n.kind == "metric"),
        decisions=decisions,
    )


def _place(numbers: dict[tuple[int, str], int], flow: int, action: Action) -> Place:
    ways = action.ways()
    targets = [numbers.get((flow, way.target or ""), END) for way in ways]
    return Place(
        number=numbers[flow, action.key],
        flow=flow,
        action=action,
        way_names=(*(way.name for way in ways), "exit") if ways else ("exit", "exit"),
        targets=np.asarray([*targets, END, END][: max(len(ways), 1) + 1], dtype=np.int16),
        onward=tuple(sorted(set(targets or [END]))),
    )
