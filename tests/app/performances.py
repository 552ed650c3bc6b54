"""Ways in which a rehearsal may go, for a worker process to import."""

import json
import os
import time

from app.jobs import Job, Watch
from simulator.errors import UnrunnableFlowError
from simulator.report import Progress


def progress(share: float) -> Progress:
    return Progress(share=share, steps=round(share * 100), arrived=(), left=(), sent=0)


def warm() -> None:
    """Nothing to import."""


def ends_well(job: Job, watch: Watch) -> str:
    watch(progress(0.5))
    return json.dumps({"seed": json.loads(job.scenario)["seed"]})


def is_refused(job: Job, watch: Watch) -> str:
    raise UnrunnableFlowError("Welcome", ["a", "b"])


def has_a_fault(job: Job, watch: Watch) -> str:
    raise ValueError("x")


def dies(job: Job, watch: Watch) -> str:
    watch(progress(0.25))
    os._exit(9)


def goes_on_for_ever(job: Job, watch: Watch) -> str:
    """Ends only when it is told to; the deadline keeps a broken test from hanging."""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        watch(progress(0.1))
    return "{}"


def hears_nothing(job: Job, watch: Watch) -> str:
    """Says how far it is once and never listens again."""
    watch(progress(0.1))
    time.sleep(30)
    return "{}"


def dies_once(job: Job, watch: Watch) -> str:
    """Dies for the first run that uses the folder; ends well for the next."""
    if not job.out.exists():
        job.out.mkdir()
        os._exit(9)
    return ends_well(job, watch)


def hears_nothing_once(job: Job, watch: Watch) -> str:
    """Does not listen for the first run that uses the folder; ends well for the next."""
    if not job.out.exists():
        job.out.mkdir()
        return hears_nothing(job, watch)
    return ends_well(job, watch)
