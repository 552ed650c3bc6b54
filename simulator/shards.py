"""A run in parts: ranges of people, each run alone, in this process or in others."""

from __future__ import annotations

from collections.abc import Callable, Iterator, MutableSequence, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import ClassVar, TypeAlias

from simulator.counts import Counts, progress
from simulator.deciding import Evidence
from simulator.errors import WorkerLostError
from simulator.history import KeyRange
from simulator.parts import (
    REPORT_EVERY,
    TABLES,
    Job,
    Keep,
    Part,
    read_tables,
    run_into_files,
    run_part,
)
from simulator.plan import Plan
from simulator.report import Progress
from simulator.source import Source

__all__ = ["SHARD", "TABLES", "Crew", "Job", "Keep", "ranges"]

SHARD = 100_000
"""People a part: as many as the processor's cache holds."""


def ranges(source: Source, plan: Plan, most: int = SHARD) -> list[tuple[int, int]]:
    """The parts of a run in order of the people, `most` each if the key range holds so many.

    Nobody makes one empty part, so that a run of nobody has its tables, too.
    """
    earliest = min(source.earliest, plan.start)
    size = min(most, KeyRange.over(earliest, plan.end).rows)
    return [(at, min(at + size, len(source))) for at in range(0, max(len(source), 1), size)]


_Running: TypeAlias = "Future[tuple[Counts, Evidence | None]]"


class _Board:
    """Where a worker process writes how far it is; the first process reads it."""

    shares: ClassVar[MutableSequence[float]] = []


def _join(shares: MutableSequence[float]) -> None:
    """A worker process begins."""
    _Board.shares = shares


def _run_and_tell(job: Job) -> tuple[Counts, Evidence | None]:
    def look(counts: Counts, share: float) -> None:
        _Board.shares[job.number] = share

    done = run_into_files(job, look)
    _Board.shares[job.number] = 1.0
    return done


class Crew:
    """Who runs the parts: this process, or others, which are kept from one pass to the next."""

    def __init__(self, processes: int, parts: int) -> None:
        self._processes = processes if parts > 1 else 1
        self._shares: MutableSequence[float] = []
        self._pool: ProcessPoolExecutor | None = None
        if self._processes > 1:
            context = get_context("spawn")
            self._shares = context.RawArray("d", parts)
            self._pool = ProcessPoolExecutor(
                self._processes, context, initializer=_join, initargs=(self._shares,)
            )

    def __enter__(self) -> Crew:
        return self

    def run(
        self, jobs: Sequence[Job], plan: Plan, watch: Callable[[Progress], None] | None
    ) -> Iterator[Part]:
        """Run the parts, each handed back in order as soon as it and all before it are done."""
        if self._pool is None:
            yield from _run_here(jobs, plan, watch)
            return
        self._shares[:] = [0.0] * len(jobs)
        futures: list[_Running] = [self._pool.submit(_run_and_tell, job) for job in jobs]
        for job, future in zip(jobs, futures, strict=True):
            while not future.done():
                wait([future], timeout=REPORT_EVERY)
                if watch:
                    done = [f.result()[0] for f in futures if f.done() and not f.exception()]
                    watch(progress(plan, done, sum(self._shares) / len(jobs)))
            counts, evidence = future.result()
            yield Part(counts, read_tables(job), evidence)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, *rest: object
    ) -> None:
        if self._pool is None:
            return
        if error is not None and not isinstance(error, BrokenProcessPool):
            for worker in (self._pool._processes or {}).values():
                worker.terminate()
        self._pool.shutdown(cancel_futures=True)
        if isinstance(error, BrokenProcessPool):
            raise WorkerLostError() from error


def _run_here(
    jobs: Sequence[Job], plan: Plan, watch: Callable[[Progress], None] | None
) -> Iterator[Part]:
    done: list[Counts] = []
    for job in jobs:

        def look(counts: Counts, share: float) -> None:
            if watch:
                whole = (len(done) + share) / len(jobs)
                watch(progress(plan, [*done, counts], whole))

        part = run_part(job, look)
        done.append(part.counts)
        if watch:
            watch(progress(plan, done, len(done) / len(jobs)))
        yield part
