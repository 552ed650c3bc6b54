"""A process of its own in which rehearsals run, so that no page ever waits for one."""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable
from multiprocessing.connection import Connection

from app.commands.refusals import refusal
from app.jobs import Cancelled, CutOff, Done, Failed, Job, Outcome, Perform, Watch
from simulator.errors import RunCancelledError
from simulator.report import Progress

BEAT = 0.1
"""Seconds between two reports of progress."""
GRACE = 3.0
"""Seconds that a rehearsal has to end by itself once it was cancelled."""

logger = logging.getLogger(__name__)


class Worker:
    """One warm process that carries out jobs one after the other. Used by a single thread."""

    def __init__(self, perform: Perform, warm: Callable[[], None]) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, perform, warm))
        self._process.start()
        self._broken = False
        theirs.close()

    @property
    def usable(self) -> bool:
        """Whether it takes another job; the system may show one that broke off as alive."""
        return not self._broken and self._process.is_alive()

    def carry_out(self, job: Job, watch: Watch, cancelled: Callable[[], bool]) -> Outcome:
        """Hand the job over and report until it ends; a process that dies gives CutOff."""
        try:
            self._pipe.send(job)
            return self._follow(watch, cancelled)
        except (EOFError, OSError):
            self._broken = True
            self._end_group()
            return Cancelled() if cancelled() else CutOff()

    def _follow(self, watch: Watch, cancelled: Callable[[], bool]) -> Outcome:
        deadline = 0.0
        while True:
            if self._pipe.poll(BEAT):
                heard = self._pipe.recv()
                if not isinstance(heard, Progress):
                    return _outcome(heard)
                watch(heard)
            if not deadline and cancelled():
                deadline = time.monotonic() + GRACE
                self._pipe.send(None)
            if deadline and time.monotonic() > deadline:
                self.kill()
                return Cancelled()

    def kill(self) -> None:
        """End the process, and those it started, at once; it takes no other job."""
        self._broken = True
        if self._process.is_alive():
            self._end_group()
        self._process.join(GRACE)
        self._pipe.close()

    def _end_group(self) -> None:
        """End the process with those it started, also where it ended first and they did not."""
        if self._process.pid:
            _end_group(self._process.pid)


def _outcome(heard: object) -> Outcome:
    assert isinstance(heard, Done | Failed | Cancelled | CutOff)
    return heard


def _end_group(pid: int) -> None:
    if sys.platform == "win32":
        os.kill(pid, signal.SIGTERM)
        return
    try:
        group = os.getpgid(pid)
        if group == pid:
            os.killpg(group, signal.SIGKILL)
        else:
            os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def _serve(pipe: Connection, perform: Perform, warm: Callable[[], None]) -> None:
    """The life of a worker process: jobs until the other side closes the pipe."""
    if sys.platform != "win32":
        os.setsid()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    warm()
    while True:
        try:
            job = pipe.recv()
            if isinstance(job, Job):
                pipe.send(_attempt(job, perform, _Teller(pipe)))
        except (EOFError, OSError):
            return


def _attempt(job: Job, perform: Perform, watch: Watch) -> Outcome:
    try:
        return Done(perform(job, watch))
    except RunCancelledError:
        return Cancelled()
    except MemoryError:
        return Failed("There was not enough memory for so many people. Try with fewer.")
    except Exception as error:
        logger.exception("the rehearsal %s failed", job.run_id)
        return Failed(in_words(error))


def in_words(error: Exception) -> str:
    """What a person is told: our own sentence, or that the program is at fault."""
    return refusal(error) or (
        "The program made a mistake; your flows are safe. "
        f"What it says of itself: {type(error).__name__}: {error}"
    )


class _Teller:
    """A watch that passes progress on, not more often than the beat, and hears a cancel."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
        self._next = 0.0

    def __call__(self, progress: Progress) -> None:
        now = time.monotonic()
        if now < self._next:
            return
        self._next = now + BEAT
        try:
            if self._pipe.poll():
                self._pipe.recv()
                raise RunCancelledError
            self._pipe.send(progress)
        except (EOFError, OSError) as error:
            raise RunCancelledError from error
