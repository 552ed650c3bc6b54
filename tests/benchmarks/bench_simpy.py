"""The engine beside SimPy: the same flow, the same people, the same counts."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from app.commands.files import load_flow
from flows.document import Flow
from flows.people import Population
from simulator.plan import Plan, make_plan
from simulator.rehearse import rehearse
from simulator.report import Summary
from simulator.scenario import Scenario
from simulator.source import GivenAudience
from simulator.synthetic.for_run import audience_for
from tests.benchmarks.commands import SAMPLES
from tests.benchmarks.measurement import Measurement, Wanted
from tests.benchmarks.simpy_counts import counts, wanted_counts
from tests.benchmarks.simpy_peer import Logs, Model
from tests.benchmarks.simpy_people import events_within, people_of

SAMPLE = "abandoned-checkout"
ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Task:
    """What both run."""

    flow: Flow
    scenario: Scenario
    plan: Plan
    population: Population


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds by the clock and of processor time."""

    clock: float
    processor: float


def measure(*, quick: bool = False) -> Measurement:
    """How many times as many steps a second, by processor time; each the best of its rounds.

    Making people up is left out on both sides. Ours ends with Parquet files, SimPy with rows in
    memory. ValueError where the two disagree, for then there is nothing to compare.
    """
    task = prepare(10_000 if quick else 100_000)
    ours, theirs = [], []
    for _ in range(1 if quick else ROUNDS):
        summary, took = engine(task)
        ours.append(took)
        logs, took = peer(task)
        theirs.append(took)
        agree(summary, logs)
    best, slow = (min(t.processor for t in some) for some in (ours, theirs))
    clock = min(t.clock for t in theirs) / min(t.clock for t in ours)
    return Measurement(
        name="simpy",
        figure=slow / best,
        wanted=Wanted(40, at_least=True),
        unit="times",
        ratio=f"{summary.steps / best:,.0f} steps/s beside SimPy's {summary.steps / slow:,.0f}",
        note=f"{SAMPLE}, {summary.profiles:,} people, {summary.steps:,} steps, the same counts; "
        f"one process, all tables written; by processor time ({clock:.1f} times by the clock)",
    )


def prepare(people: int) -> Task:
    """The flow with people who answer nothing."""
    flow = load_flow(SAMPLES / f"{SAMPLE}.json")
    scenario = Scenario(profiles=people, behaviour=None)
    population = audience_for([flow], scenario).shard(0, people)
    return Task(flow, scenario, make_plan([flow], scenario), population)


def engine(task: Task) -> tuple[Summary, Took]:
    """A whole rehearsal into a folder, from arrays to files."""
    with TemporaryDirectory() as folder:
        clock, processor = time.perf_counter(), time.process_time()
        source = GivenAudience(task.population)
        summary = rehearse([task.flow], source, task.scenario, Path(folder))
        return summary, _since(clock, processor)


def peer(task: Task) -> tuple[Logs, Took]:
    """The SimPy model over the same people."""
    rules, start, end = task.scenario.rules, task.plan.start, task.plan.end
    people = people_of(task.population, rules.account_timezone)
    given = events_within(task.population, people, start, end)
    clock, processor = time.perf_counter(), time.process_time()
    logs = Model(task.flow, rules, start, end).simulate(given)
    return logs, _since(clock, processor)


def agree(summary: Summary, logs: Logs) -> None:
    """ValueError unless both counted the same."""
    ours, theirs = wanted_counts(summary), counts(logs)
    if ours != theirs:
        raise ValueError(f"The counts differ: {_differences(ours, theirs)}")


def _since(clock: float, processor: float) -> Took:
    return Took(time.perf_counter() - clock, time.process_time() - processor)


def _differences(ours: dict[str, Any], theirs: dict[str, Any]) -> str:
    return json.dumps({k: (v, theirs.get(k)) for k, v in ours.items() if v != theirs.get(k)})
