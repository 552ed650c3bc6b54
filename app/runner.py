"""Carries rehearsals out one after the other, and knows how far each has come.

A run lives here and in the store, never in a page: a page that comes back asks by the run's id.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, Protocol, assert_never

from app.jobs import Cancelled, CutOff, Done, Failed, Job, Outcome, Perform
from app.worker import Worker, in_words
from simulator.report import Progress

SIGN_OF_LIFE = 5.0
"""Seconds between two entries of a run's progress in the log."""
logger = logging.getLogger(__name__)


class RunLog(Protocol):
    """Where the turns of runs are written: the run store, or a notebook in a test."""

    def begin(self, run_id: str) -> None:
        """The run has left the queue and is under way."""
        ...

    def progress(self, run_id: str, share: float) -> None:
        """The run is alive; `share` of it, 0 to 1, is behind."""
        ...

    def finish(self, run_id: str, summary: str) -> None:
        """The run ended with this summary, as JSON."""
        ...

    def fail(self, run_id: str, text: str) -> None:
        """The run ended for a reason that its user can read."""
        ...

    def cancel(self, run_id: str) -> None:
        """Somebody stopped the run."""
        ...

    def cut_off(self, run_id: str) -> None:
        """The process that carried the run out is gone."""
        ...


@dataclass(slots=True)
class Live:
    """A run that has not ended: waiting for its turn, or under way with its latest progress."""

    job: Job
    state: Literal["queued", "running"] = "queued"
    progress: Progress | None = None
    cancelled: threading.Event = field(default_factory=threading.Event)


class Runner:
    """One queue, one thread that serves it, one warm worker process."""

    def __init__(self, log: RunLog, perform: Perform, warm: Callable[[], None]) -> None:
        self._log = log
        self._perform = perform
        self._warm = warm
        self._live: dict[str, Live] = {}
        self._closing = False
        self._queue: queue.SimpleQueue[Live | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._serve, name="rehearsals", daemon=True)

    def open(self) -> None:
        """Begin to serve; the worker warms up in the background."""
        self._thread.start()

    def close(self) -> None:
        """Cut off what runs and waits, and end the worker; returns when all is quiet."""
        self._closing = True
        for run_id in list(self._live):
            self.cancel(run_id)
        self._queue.put(None)
        if self._thread.is_alive():
            self._thread.join()

    def submit(self, job: Job) -> None:
        """Put a run into the queue."""
        live = self._live[job.run_id] = Live(job)
        self._queue.put(live)

    def live(self, run_id: str) -> Live | None:
        """A run that waits or is under way; None for one that ended or never was."""
        return self._live.get(run_id)

    def ahead(self, run_id: str) -> int:
        """How many runs come before this one."""
        return list(self._live).index(run_id) if run_id in self._live else 0

    def cancel(self, run_id: str) -> None:
        """Ask a run to end; nothing happens where it has ended."""
        if live := self._live.get(run_id):
            live.cancelled.set()

    def _serve(self) -> None:
        worker = self._new_worker()
        while (live := self._queue.get()) is not None:
            if not worker.usable:
                worker.kill()
                worker = self._new_worker()
            self._settle(live, self._attempt(worker, live))
        worker.kill()

    def _attempt(self, worker: Worker, live: Live) -> Outcome:
        """Carry the run out; where even its start cannot be stored, it has failed."""
        try:
            return self._carry_out(worker, live)
        except Exception as error:
            logger.exception("run %s could not be served", live.job.run_id)
            return Failed(in_words(error))

    def _new_worker(self) -> Worker:
        return Worker(self._perform, self._warm)

    def _carry_out(self, worker: Worker, live: Live) -> Outcome:
        if live.cancelled.is_set():
            return Cancelled()

        next_sign = 0.0

        def watch(progress: Progress) -> None:
            nonlocal next_sign
            live.progress = progress
            if time.monotonic() >= next_sign:
                next_sign = time.monotonic() + SIGN_OF_LIFE
                self._log.progress(live.job.run_id, progress.share)

        live.state = "running"
        self._log.begin(live.job.run_id)
        return worker.carry_out(live.job, watch, live.cancelled.is_set)

    def _settle(self, live: Live, outcome: Outcome) -> None:
        """Write the end down first, so that a page finds the run in one place or the other."""
        run_id = live.job.run_id
        try:
            self._write(run_id, outcome)
        except Exception:
            logger.exception("the end of run %s could not be stored", run_id)
        finally:
            self._live.pop(run_id, None)

    def _write(self, run_id: str, outcome: Outcome) -> None:
        match outcome:
            case Done(summary):
                self._log.finish(run_id, summary)
            case Failed(text):
                self._log.fail(run_id, text)
            case Cancelled() if not self._closing:
                self._log.cancel(run_id)
            case Cancelled() | CutOff():
                self._log.cut_off(run_id)
            case _:
                assert_never(outcome)
