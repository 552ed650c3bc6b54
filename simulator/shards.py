"""A run in parts: ranges of people, each run alone, in this process or in others."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Literal

import numpy as np
import pyarrow as pa

from flows.actions.reasons import SENT
from flows.columns import NEVER
from flows.document import Flow
from flows.people import Population
from simulator.behaviour import SimulatedWorld
from simulator.counts import Counts, progress
from simulator.engine import Engine
from simulator.errors import WorkerLostError
from simulator.happenings import PLACED_ORDER
from simulator.history import KeyRange
from simulator.journal import Journal
from simulator.logs import ArrowArray, amounts, texts
from simulator.plan import Plan, make_plan
from simulator.report import Progress
from simulator.scenario import Scenario
from simulator.source import Source

Keep = Literal["all", "sends", "summary"]
TABLES: dict[Keep, tuple[str, ...]] = {
    "all": ("profiles", "enrolments", "steps", "sends", "events", "changes"),
    "sends": ("profiles", "enrolments", "sends"),
    "summary": (),
}
SHARD = 100_000
"""People a part: as many as the processor's cache holds."""
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


def ranges(source: Source, plan: Plan, most: int = SHARD) -> list[tuple[int, int]]:
    """The parts of a run in order of the people, `most` each if the key range holds so many.

    Nobody makes one empty part, so that a run of nobody has its tables, too.
    """
    earliest = min(source.earliest, plan.start)
    size = min(most, KeyRange.over(earliest, plan.end).rows)
    return [(at, min(at + size, len(source))) for at in range(0, max(len(source), 1), size)]


def run_job(job: Job, watch: Callable[[Counts, float], None] | None = None) -> Counts:
    """Run one part and write its tables into the folder; its counts."""
    plan = make_plan(job.flows, job.scenario)
    population = job.source.shard(job.start, job.stop)
    world = None
    if job.scenario.behaviour:
        world = SimulatedWorld(
            job.scenario.behaviour, job.scenario.seed, job.flows, job.stop - job.start
        )
    engine = Engine(plan, population, world)
    _run(engine, watch)
    if TABLES[job.keep]:
        tables = {"profiles": people_table(population, engine.journal)}
        tables |= engine.journal.tables(population.profiles.ids)
        for name in TABLES[job.keep]:
            _write_part(part_file(job.folder, job.number, name), tables[name])
    counts = engine.counts
    del engine, population
    gc.collect()  # the parts of an engine know each other, so nothing else frees its arrays
    return counts


def _run(engine: Engine, watch: Callable[[Counts, float], None] | None) -> None:
    last = time.monotonic()
    while engine.wave():
        if watch and time.monotonic() - last > REPORT_EVERY:
            watch(engine.counts, engine.share())
            last = time.monotonic()


def part_file(folder: Path, number: int, table: str) -> Path:
    """Where a part's table lies until it is merged."""
    return folder / f"{number:06d}.{table}.arrow"


def _write_part(path: Path, table: pa.Table) -> None:
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)


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


def run_all(
    jobs: Sequence[Job], plan: Plan, processes: int, watch: Callable[[Progress], None] | None
) -> Iterator[tuple[Job, Counts]]:
    """Run the parts, each handed back in order as soon as it and all before it are done."""
    if processes <= 1 or len(jobs) == 1:
        yield from _run_here(jobs, plan, watch)
    else:
        yield from _run_apart(jobs, plan, processes, watch)


def _run_here(
    jobs: Sequence[Job], plan: Plan, watch: Callable[[Progress], None] | None
) -> Iterator[tuple[Job, Counts]]:
    done: list[Counts] = []
    for job in jobs:

        def look(counts: Counts, share: float) -> None:
            if watch:
                whole = (len(done) + share) / len(jobs)
                watch(progress(plan, [*done, counts], whole))

        counts = run_job(job, look)
        done.append(counts)
        if watch:
            watch(progress(plan, done, len(done) / len(jobs)))
        yield job, counts


def _run_apart(
    jobs: Sequence[Job],
    plan: Plan,
    processes: int,
    watch: Callable[[Progress], None] | None,
) -> Iterator[tuple[Job, Counts]]:
    pool = ProcessPoolExecutor(processes, mp_context=get_context("spawn"))
    try:
        futures: list[Future[Counts]] = [pool.submit(run_job, job) for job in jobs]
        for job, future in zip(jobs, futures, strict=True):
            while not future.done():
                wait([future], timeout=REPORT_EVERY)
                if watch:
                    done = [f.result() for f in futures if f.done() and not f.exception()]
                    watch(progress(plan, done, len(done) / len(jobs)))
            yield job, future.result()
    except BrokenProcessPool as error:
        raise WorkerLostError() from error
    except BaseException:
        for worker in (pool._processes or {}).values():
            worker.terminate()
        raise
    finally:
        pool.shutdown(cancel_futures=True)
