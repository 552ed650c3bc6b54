"""The engine beside SimPy: the same flow, the same people, the same counts."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeAlias

import pyarrow as pa
import pyarrow.parquet as pq

from app.commands.files import load_flow
from flows.document import Flow
from flows.people import Population
from simulator.engine import Engine
from simulator.plan import Plan, make_plan
from simulator.rehearse import rehearse
from simulator.report import Summary
from simulator.scenario import Scenario
from simulator.source import GivenAudience
from simulator.synthetic.for_run import audience_for
from tests.benchmarks.commands import SAMPLES
from tests.benchmarks.measurement import Measurement, Wanted
from tests.benchmarks.simpy_counts import counts, wanted_counts
from tests.benchmarks.simpy_peer import Event, Logs, Model
from tests.benchmarks.simpy_people import events_within, people_of

SAMPLE = "abandoned-checkout"
ROUNDS = 3
PEOPLE = 250_000
"""Fewer make the engine's fixed cost a wave weigh more: 38 times at 100,000."""


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


Side: TypeAlias = Callable[[Task], Took]


def measure(*, quick: bool = False) -> Measurement:
    """How many times as many steps a second, by processor time; each the best of its rounds.

    Both start from people who are ready in memory and end with every row logged in memory.
    ValueError where the two disagree, for then there is nothing to compare.
    """
    return _measure("simpy", (loop, peer), "from people in memory to rows in memory", quick=quick)


def measure_files(*, quick: bool = False) -> Measurement:
    """The same from the arrays of people to Parquet files, making things ready on both sides."""
    return _measure("simpy-files", (engine, peer_files), "from arrays to files", quick=quick)


def _measure(name: str, both: tuple[Side, Side], what: str, *, quick: bool) -> Measurement:
    task = prepare(10_000 if quick else PEOPLE)
    agree(engine_summary(task), peer_logs(task))
    ours, theirs = ([side(task) for _ in range(1 if quick else ROUNDS)] for side in both)
    best, slow = (min(took.processor for took in some) for some in (ours, theirs))
    clock = min(took.clock for took in theirs) / min(took.clock for took in ours)
    steps = engine_summary(task).steps
    return Measurement(
        name=name,
        figure=slow / best,
        wanted=Wanted(40, at_least=True),
        unit="times",
        ratio=f"{steps / best:,.0f} steps/s beside SimPy's {steps / slow:,.0f}",
        note=f"{SAMPLE}, {len(task.population.profiles):,} people, {steps:,} steps, the same "
        f"counts; one process, all logs, {what}; by processor time ({clock:.1f} by the clock)",
    )


def prepare(people: int) -> Task:
    """The flow with people who answer nothing."""
    flow = load_flow(SAMPLES / f"{SAMPLE}.json")
    scenario = Scenario(profiles=people, behaviour=None)
    population = audience_for([flow], scenario).shard(0, people)
    return Task(flow, scenario, make_plan([flow], scenario), population)


def loop(task: Task) -> Took:
    """The engine's waves, every step logged in columns."""
    clock, processor = time.perf_counter(), time.process_time()
    running = Engine(task.plan, task.population, None)
    while running.wave():
        pass
    return _since(clock, processor)


def engine(task: Task) -> Took:
    """A whole rehearsal into a folder, from arrays to files."""
    clock, processor = time.perf_counter(), time.process_time()
    engine_summary(task)
    return _since(clock, processor)


def engine_summary(task: Task) -> Summary:
    """What a whole rehearsal comes to."""
    with TemporaryDirectory() as folder:
        return rehearse([task.flow], GivenAudience(task.population), task.scenario, Path(folder))


def peer(task: Task) -> Took:
    """The SimPy model over people who are ready."""
    model, given = _ready(task)
    clock, processor = time.perf_counter(), time.process_time()
    model.simulate(given)
    return _since(clock, processor)


def peer_files(task: Task) -> Took:
    """The same with making ready before it and Parquet files of all rows behind it."""
    with TemporaryDirectory() as folder:
        clock, processor = time.perf_counter(), time.process_time()
        logs = peer_logs(task)
        for name in ("enrolments", "steps", "sends", "events"):
            columns = zip(*getattr(logs, name), strict=True)
            table = pa.table({str(i): pa.array(column) for i, column in enumerate(columns)})
            pq.write_table(table, Path(folder) / f"{name}.parquet")
        return _since(clock, processor)


def peer_logs(task: Task) -> Logs:
    """What the SimPy model writes down."""
    model, given = _ready(task)
    return model.simulate(given)


def _ready(task: Task) -> tuple[Model, list[Event]]:
    rules, start, end = task.scenario.rules, task.plan.start, task.plan.end
    people = people_of(task.population, rules.account_timezone)
    given = events_within(task.population, people, start, end)
    return Model(task.flow, rules, start, end), given


def agree(summary: Summary, logs: Logs) -> None:
    """ValueError unless both counted the same."""
    ours, theirs = wanted_counts(summary), counts(logs)
    if ours != theirs:
        raise ValueError(f"The counts differ: {_differences(ours, theirs)}")


def _since(clock: float, processor: float) -> Took:
    return Took(time.perf_counter() - clock, time.process_time() - processor)


def _differences(ours: dict[str, Any], theirs: dict[str, Any]) -> str:
    return json.dumps({k: (v, theirs.get(k)) for k, v in ours.items() if v != theirs.get(k)})
