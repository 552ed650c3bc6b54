"""One part of a run: some people through all flows, and the tables of what they did."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

import numpy as np
import pyarrow as pa

from flows.actions.reasons import SENT
from flows.columns import NEVER
from flows.decisions import Decision
from flows.document import Flow
from flows.metrics import PLACED_ORDER
from flows.people import Population
from simulator.behaviour import SimulatedWorld
from simulator.catalogue.for_run import shop_for
from simulator.counts import Counts
from simulator.deciding import Evidence
from simulator.engine import Engine
from simulator.errors import writing
from simulator.journal import Journal
from simulator.logs import ArrowArray, amounts, texts
from simulator.plan import make_plan
from simulator.scenario import Scenario
from simulator.source import Source

Keep = Literal["all", "sends", "summary"]
TABLES: dict[Keep, tuple[str, ...]] = {
    "all": ("profiles", "enrolments", "steps", "sends", "events", "changes"),
    "sends": ("profiles", "enrolments", "sends"),
    "summary": (),
}
Watch: TypeAlias = Callable[[Counts, float], None]
"""Told of a part's counts so far, and of how much of it is behind."""
REPORT_EVERY = 0.1
"""Seconds between two looks at the progress."""

_SHOWN = ("first_name", "last_name", "email", "phone_number", "country", "timezone")


@dataclass(frozen=True, slots=True)
class Job:
    """One part of a run; all that a worker needs."""

    flows: tuple[Flow, ...]
    scenario: Scenario
    source: Source
    start: int
    stop: int
    number: int
    folder: Path
    keep: Keep
    decisions: tuple[Decision, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """What came of a part: its counts, and its tables by name, each made or read when asked for."""

    counts: Counts
    tables: Iterator[tuple[str, pa.Table]]
    evidence: Evidence | None = None
    """What decisions of the whole crowd hang on, where there are any."""


def run_part(job: Job, watch: Watch | None = None) -> Part:
    """Run one part in this process."""
    plan = make_plan(job.flows, job.scenario, job.decisions)
    population = job.source.shard(job.start, job.stop)
    world = None
    if job.scenario.behaviour:
        world = SimulatedWorld(
            job.scenario.behaviour,
            job.scenario.seed,
            job.flows,
            job.stop - job.start,
            shop=shop_for(job.flows, job.scenario),
        )
    engine = Engine(plan, population, world)
    _run(engine, watch)
    journal, counts = engine.journal, engine.counts
    evidence = engine.settling.evidence(journal, engine.people)
    vars(engine).clear()  # its parts know each other and would wait for the collector
    return Part(counts, _tables(job.keep, population, journal), evidence)


def run_into_files(job: Job, watch: Watch | None = None) -> tuple[Counts, Evidence | None]:
    """Run one part for another process, which reads the tables out of the folder."""
    part = run_part(job, watch)
    with writing(job.folder.parent):
        for name, table in part.tables:
            path = str(_file(job, name))
            with pa.OSFile(path, "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
                writer.write_table(table)
    return part.counts, part.evidence


def read_tables(job: Job) -> Iterator[tuple[str, pa.Table]]:
    """The tables of a part that ran into files; each file goes when the next is asked for."""
    for name in TABLES[job.keep]:
        with pa.memory_map(str(_file(job, name))) as file:
            yield name, pa.ipc.open_file(file).read_all()
        _file(job, name).unlink()


def _file(job: Job, table: str) -> Path:
    return job.folder / f"{job.number:06d}.{table}.arrow"


def _run(engine: Engine, watch: Watch | None) -> None:
    last = time.monotonic()
    while engine.wave():
        if watch and time.monotonic() - last > REPORT_EVERY:
            watch(engine.counts, engine.share())
            last = time.monotonic()


def _tables(keep: Keep, population: Population, journal: Journal) -> Iterator[tuple[str, pa.Table]]:
    if not TABLES[keep]:
        return
    tables = journal.tables(population.profiles.ids)
    tables["profiles"] = people_table(population, journal)
    for name in TABLES[keep]:
        yield name, tables.pop(name)


def people_table(population: Population, journal: Journal) -> pa.Table:
    """Who was in the part, with what came to each."""
    size = len(population.profiles)
    held, sends, events = journal.enrolments, journal.sends, journal.events
    runs = held.row[: held.size]
    open_runs = held.left_at[: held.size] == NEVER
    rows, sent = sends.column("row"), sends.column("reason") == SENT
    orders = events.column("metric") == journal.words.codes.get(PLACED_ORDER, -1)
    buyers = events.column("row")[orders].astype(np.int64)
    spent = np.nan_to_num(events.column("value")[orders].astype(np.float64))
    columns: dict[str, ArrowArray] = {"profile": pa.array(population.profiles.ids.tolist())}
    columns |= {name: texts(population.profiles.column(name)) for name in _SHOWN}
    for name, where in (
        ("entered", runs),
        ("waiting", runs[open_runs]),
        ("sent", rows[sent]),
        ("skipped", rows[~sent]),
        ("orders", buyers),
    ):
        counted = np.bincount(where.astype(np.int64), minlength=size)
        columns[name] = pa.array(counted.astype(np.int32))
    columns["revenue"] = amounts(np.bincount(buyers, weights=spent, minlength=size).astype(float))
    return pa.table(columns)
