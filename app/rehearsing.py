"""What a worker process does with a job, and how one person's story is told off the loop."""

from __future__ import annotations

from pathlib import Path

from app.errors import UnreadablePeopleError
from app.given import source_for, source_of_run
from app.jobs import Job, Watch
from app.sources import files_of
from flows.document import Flow
from simulator.rehearse import RunOptions, rehearse
from simulator.scenario import Scenario
from simulator.story import Story, tell
from storage.errors import FileError


def warm() -> None:
    """Nothing more to do: importing this module has loaded all that a rehearsal needs."""


def perform(job: Job, watch: Watch) -> str:
    """Carry a job out; the rows that could not be used are written beside its tables."""
    flows = [Flow.model_validate_json(text) for text in job.flows]
    scenario = Scenario.model_validate_json(job.scenario)
    files = files_of(scenario)
    try:
        source, _ = source_for(
            flows, scenario, job.out, files.paths(job.uploads) if files else None
        )
    except FileError as error:
        raise UnreadablePeopleError(files.profiles.name if files else "", error.reason) from error
    options = RunOptions(processes=job.processes, watch=watch)
    return rehearse(flows, source, scenario, job.out, options=options).model_dump_json()


def story_of(out: Path, profile_id: str) -> Story:
    """One person of the run in `out`: its people are made again, so nothing is kept twice."""
    return tell(out, source_of_run(out), profile_id)
