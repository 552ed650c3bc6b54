"""Whatever becomes of a rehearsal, the runner writes down how it ended and goes on."""

import queue
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.jobs import Job, Perform
from app.runner import Runner
from app.worker import Worker
from tests.app import performances as may

PATIENCE = 20.0


class Notebook:
    """A run log that can be waited on."""

    def __init__(self) -> None:
        self._ends: queue.SimpleQueue[tuple[str, str, str]] = queue.SimpleQueue()
        self.begun: list[str] = []
        self.shares: list[float] = []

    def begin(self, run_id: str) -> None:
        self.begun.append(run_id)

    def progress(self, run_id: str, share: float) -> None:
        self.shares.append(share)

    def finish(self, run_id: str, summary: str) -> None:
        self._ends.put(("finished", run_id, summary))

    def fail(self, run_id: str, text: str) -> None:
        self._ends.put(("failed", run_id, text))

    def cancel(self, run_id: str) -> None:
        self._ends.put(("cancelled", run_id, ""))

    def cut_off(self, run_id: str) -> None:
        self._ends.put(("cut off", run_id, ""))

    def next(self) -> tuple[str, str, str]:
        return self._ends.get(timeout=PATIENCE)


Start = Callable[[Perform], tuple[Runner, Notebook]]


@pytest.fixture
def start() -> Iterator[Start]:
    opened: list[Runner] = []

    def begin(perform: Perform) -> tuple[Runner, Notebook]:
        notebook = Notebook()
        runner = Runner(notebook, perform, may.warm)
        opened.append(runner)
        runner.open()
        return runner, notebook

    yield begin
    for runner in opened:
        runner.close()


def job(run_id: str, out: Path = Path("nowhere")) -> Job:
    return Job(run_id=run_id, flows=(), scenario='{"seed": 7}', out=out)


def until_heard(runner: Runner, run_id: str) -> None:
    """Return once the run has reported progress."""
    live = runner.live(run_id)
    assert live is not None
    while live.progress is None:
        assert runner.live(run_id) is live


def test_a_run_that_ends_well_is_finished_with_its_summary(start: Start) -> None:
    runner, notebook = start(may.ends_well)
    runner.submit(job("a"))
    assert notebook.next() == ("finished", "a", '{"seed": 7}')
    assert (notebook.begun, notebook.shares) == (["a"], [0.5])


def test_runs_queue_up_and_are_served_in_order(start: Start) -> None:
    runner, notebook = start(may.ends_well)
    for run_id in "abc":
        runner.submit(job(run_id))
    assert [notebook.next()[:2] for _ in "abc"] == [("finished", run_id) for run_id in "abc"]


@pytest.mark.parametrize(
    ("perform", "text"),
    [
        (may.is_refused, "“Welcome” goes round in a circle, so it cannot be run: a → b."),
        (
            may.has_a_fault,
            "The program made a mistake; your flows are safe. "
            "What it says of itself: ValueError: x",
        ),
    ],
)
def test_a_failed_run_says_whose_fault_it_was(start: Start, perform: Perform, text: str) -> None:
    runner, notebook = start(perform)
    runner.submit(job("a"))
    assert notebook.next() == ("failed", "a", text)


def test_a_worker_that_dies_leaves_its_run_cut_off_and_the_next_one_runs(
    start: Start, tmp_path: Path
) -> None:
    runner, notebook = start(may.dies_once)
    runner.submit(job("a", tmp_path / "a"))
    runner.submit(job("b", tmp_path / "a"))
    assert notebook.next() == ("cut off", "a", "")
    assert notebook.next() == ("finished", "b", '{"seed": 7}')


def test_progress_can_be_asked_for_by_whoever_comes(start: Start) -> None:
    runner, notebook = start(may.goes_on_for_ever)
    runner.submit(job("a"))
    until_heard(runner, "a")
    live = runner.live("a")
    assert live is not None
    assert (live.state, live.progress) == ("running", may.progress(0.1))
    runner.cancel("a")
    assert notebook.next() == ("cancelled", "a", "")


def test_a_run_in_the_queue_is_cancelled_without_being_begun(start: Start) -> None:
    runner, notebook = start(may.goes_on_for_ever)
    runner.submit(job("a"))
    runner.submit(job("b"))
    assert (runner.ahead("a"), runner.ahead("b")) == (0, 1)
    runner.cancel("b")
    runner.cancel("a")
    assert [notebook.next()[:2] for _ in "ab"] == [("cancelled", "a"), ("cancelled", "b")]


def test_a_run_that_does_not_listen_is_ended_and_the_next_one_runs(
    start: Start, tmp_path: Path
) -> None:
    runner, notebook = start(may.hears_nothing_once)
    runner.submit(job("a", tmp_path / "a"))
    until_heard(runner, "a")
    runner.submit(job("b", tmp_path / "a"))
    runner.cancel("a")
    assert notebook.next() == ("cancelled", "a", "")
    assert notebook.next() == ("finished", "b", '{"seed": 7}')


def test_a_worker_that_was_ended_takes_no_other_job() -> None:
    worker = Worker(may.ends_well, may.warm)
    worker.kill()
    assert not worker.usable


def test_closing_cuts_off_even_a_run_that_does_not_listen(start: Start) -> None:
    runner, notebook = start(may.hears_nothing)
    runner.submit(job("a"))
    until_heard(runner, "a")
    runner.close()
    assert (notebook.next(), runner.live("a")) == (("cut off", "a", ""), None)
