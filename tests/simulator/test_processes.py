"""A run in parts: the same bytes by any number of processes, and nothing half done left behind."""

from __future__ import annotations

import os
import pickle
import signal
from hashlib import sha256
from multiprocessing import active_children
from pathlib import Path

import pytest
from small_runs import START, email, flow, never_since_start, on, wait

from flows.document import Flow
from simulator.errors import NoSpaceError, RunCancelledError, WorkerLostError
from simulator.rehearse import RunOptions, rehearse
from simulator.report import Progress, Summary
from simulator.scenario import Scenario
from simulator.synthetic.for_run import audience_for

PEOPLE, PART = 1500, 500
SCENARIO = Scenario(start=START, days=60, seed=7, profiles=PEOPLE)


def winback() -> Flow:
    again = {"reentry_criteria": {"duration": 7, "unit": "day"}}
    steps = email("hello"), wait("pause"), email("offer"), wait("rest"), email("last")
    never = {"profile_filter": never_since_start("Placed Order")}
    return flow(*steps, **on("Started Checkout"), **never, **again)


def carry_out(out: Path, options: RunOptions) -> Summary:
    flows = [winback()]
    return rehearse(flows, audience_for(flows, SCENARIO), SCENARIO, out, options=options)


def prints(out: Path) -> dict[str, str]:
    found = {path.name: path.read_bytes() for path in out.iterdir()}
    return {name: sha256(held).hexdigest() for name, held in sorted(found.items())}


def names(out: Path) -> list[str]:
    return sorted(path.name for path in out.rglob("*"))


def test_one_and_two_processes_write_the_same_bytes(tmp_path: Path) -> None:
    alone, together = tmp_path / "one", tmp_path / "two"

    first = carry_out(alone, RunOptions(processes=1, people_per_part=PART))
    second = carry_out(together, RunOptions(processes=2, people_per_part=PART))

    timeless = {"seconds": 0.0, "steps_per_second": 0.0}
    assert first.model_copy(update=timeless) == second.model_copy(update=timeless)
    (alone / "summary.json").unlink()
    (together / "summary.json").unlink()
    assert prints(alone) == prints(together)
    assert names(alone) == [
        *("changes.parquet", "enrolments.parquet", "events.parquet", "profiles.parquet"),
        *("run.json", "sends.parquet", "steps.parquet"),
    ]


def test_the_size_of_the_parts_changes_no_count(tmp_path: Path) -> None:
    timeless = {"seconds": 0.0, "steps_per_second": 0.0}

    whole = carry_out(tmp_path / "whole", RunOptions())
    parted = carry_out(tmp_path / "parts", RunOptions(people_per_part=PART))

    assert whole.model_copy(update=timeless) == parted.model_copy(update=timeless)


@pytest.mark.parametrize("processes", [1, 2])
def test_a_cancelled_run_leaves_no_summary_and_no_tables(tmp_path: Path, processes: int) -> None:
    def cancel(progress: Progress) -> None:
        raise RunCancelledError

    options = RunOptions(processes=processes, people_per_part=PART, watch=cancel)
    with pytest.raises(RunCancelledError, match=r"^The run was cancelled\.$"):
        carry_out(tmp_path, options)

    assert names(tmp_path) == ["run.json"]


def test_a_folder_that_takes_no_files_is_named(tmp_path: Path) -> None:
    blocked = tmp_path / "taken" / "run"
    (tmp_path / "taken").write_text("a file stands here")

    with pytest.raises(NoSpaceError) as caught:
        carry_out(blocked, RunOptions())

    assert str(caught.value) == f"The run could not be written to {blocked}: Not a directory."


def test_a_worker_that_is_killed_ends_the_run_with_a_sentence(tmp_path: Path) -> None:
    killed: list[int] = []

    def kill(progress: Progress) -> None:
        if not killed:
            killed.extend(worker.pid for worker in active_children() if worker.pid)
            for pid in killed:
                os.kill(pid, signal.SIGKILL)

    options = RunOptions(processes=2, people_per_part=PART, watch=kill)
    with pytest.raises(WorkerLostError, match=r"^A worker process ended before its part"):
        carry_out(tmp_path, options)

    assert names(tmp_path) == ["run.json"]


def test_a_full_disk_is_told_by_a_worker_as_it_would_be_here() -> None:
    full = NoSpaceError(Path("runs/1"), "No space left on device")
    back = pickle.loads(pickle.dumps(full))
    assert (type(back), str(back), back.folder) == (NoSpaceError, str(full), Path("runs/1"))
