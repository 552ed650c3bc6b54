"""Runs on the shelf: their headers, their ends, and the people in their tables."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from flows.document import Flow, fingerprint
from storage.database import Database
from storage.errors import FileError, MissingTableError, RunUnderWayError, UnknownRunError
from storage.processes import is_alive, this_process
from storage.run_store import Run, RunFlow, RunStore
from storage.run_tables import PeopleQuery, PersonRow

ROOT = Path(__file__).parents[2]
FLOWS = (Flow(id="A", name="Welcome"), Flow(id="B", name="Winback", description="later"))
SCENARIO = '{"seed": 7}'

ANN = PersonRow(
    profile="p1", first_name="Ann", last_name="Öst", email="ann@example.com",
    phone_number=None, country="SE", timezone="Europe/Stockholm",
    entered=1, sent=3, skipped=0, orders=1, revenue=20.5, waiting=0,
)  # fmt: skip
BEN = replace(ANN, profile="p2", first_name="ben", email=None, sent=1, revenue=0.0, orders=0)
CAY = replace(ANN, profile="p3", first_name=None, email="cay_100%@example.com", sent=2, waiting=1)
PEOPLE = (ANN, BEN, CAY)


@pytest.fixture
def runs(database: Database, tmp_path: Path) -> RunStore:
    return RunStore(database, tmp_path)


def started(runs: RunStore, title: str = "Welcome, Winback") -> Run:
    return runs.start(FLOWS, SCENARIO, title=title, revisions=[4, 2])


def with_people(runs: RunStore, people: tuple[PersonRow, ...] = PEOPLE) -> Run:
    run = started(runs)
    names = PersonRow.__dataclass_fields__
    table = pa.table({name: [getattr(one, name) for one in people] for name in names})
    as_words = table.column("country").dictionary_encode()
    table = table.set_column(table.column_names.index("country"), "country", as_words)
    pq.write_table(table.add_column(0, "more", [list(range(len(people)))]), _file(run))
    return run


def _file(run: Run) -> Path:
    return run.folder / "profiles.parquet"


def test_a_run_starts_in_the_queue_with_a_folder_of_its_own(runs: RunStore, tmp_path: Path) -> None:
    run = started(runs)
    assert run.folder == tmp_path / "runs" / run.id
    assert run.folder.is_dir()
    assert (run.state, run.progress, run.started_at, run.finished_at) == ("queued", 0, None, None)
    assert (run.title, run.scenario, run.summary, run.error) == (
        "Welcome, Winback", SCENARIO, None, "",
    )  # fmt: skip
    assert run.flow_ids == ("A", "B")
    assert run.flows == (
        RunFlow(id="A", name="Welcome", revision=4, fingerprint=fingerprint(FLOWS[0])),
        RunFlow(id="B", name="Winback", revision=2, fingerprint=fingerprint(FLOWS[1])),
    )
    assert runs.get(run.id) == run
    assert runs.list() == [run]


def test_a_run_goes_on_and_is_done_with_its_summary(runs: RunStore) -> None:
    run = started(runs)
    runs.begin(run.id)
    runs.progress(run.id, 0.25)
    under_way = runs.get(run.id)
    assert (under_way.state, under_way.progress) == ("running", 0.25)
    runs.finish(run.id, '{"steps": 9}')
    done = runs.get(run.id)
    assert (done.state, done.progress, done.summary) == ("done", 1.0, '{"steps": 9}')
    assert under_way.created_at <= (done.started_at or done.created_at)
    assert done.finished_at is not None


def test_each_way_to_end_is_told_apart(runs: RunStore) -> None:
    failed, cancelled, cut = started(runs), started(runs), started(runs)
    runs.fail(failed.id, "The trigger is missing.")
    runs.cancel(cancelled.id)
    runs.cut_off(cut.id)
    ends = [runs.get(one.id) for one in (failed, cancelled, cut)]
    assert [(one.state, one.error) for one in ends] == [
        ("failed", "The trigger is missing."),
        ("cancelled", ""),
        ("cut-off", ""),
    ]


def test_lists_begin_with_the_latest_and_may_be_of_one_flow(runs: RunStore) -> None:
    first, second = started(runs, "first"), started(runs, "second")
    alone = runs.start([FLOWS[1]], SCENARIO, title="alone")
    assert [one.title for one in runs.list()] == ["alone", "second", "first"]
    assert [one.id for one in runs.list(flow_id="A")] == [second.id, first.id]
    assert runs.list(flow_id="nowhere") == []
    assert alone.flows[0].revision == 0


def test_a_run_whose_process_was_killed_is_cut_off_and_can_start_again(
    runs: RunStore, place: Path | str, tmp_path: Path
) -> None:
    code = (
        "import sys, os, signal\n"
        "from pathlib import Path\n"
        "from storage.database import open_database\n"
        "from storage.run_store import RunStore\n"
        "from flows.document import Flow\n"
        "runs = RunStore(open_database(sys.argv[1]), Path(sys.argv[2]))\n"
        "run = runs.start([Flow(id='A')], '{}', title='cut')\n"
        "runs.begin(run.id)\n"
        "(run.folder / 'half').write_text('written')\n"
        "print(run.id, flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    mine = started(runs)
    command = [sys.executable, "-c", code, str(place), str(tmp_path)]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    told = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, check=False)
    cut = told.stdout.decode().strip()
    assert runs.get(cut).state == "running"
    assert runs.cut_off_dead() == (cut,)
    assert runs.get(cut).state == "cut-off"
    assert runs.get(mine.id).state == "queued"
    again = runs.again(cut)
    assert (again.state, again.started_at, again.finished_at) == ("queued", None, None)
    assert list(again.folder.iterdir()) == []
    assert runs.cut_off_dead() == ()


def test_a_process_is_told_from_a_later_one_with_its_number() -> None:
    here = this_process()
    assert is_alive(here)
    assert not is_alive(replace(here, mark="earlier"))
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    assert not is_alive(replace(here, pid=gone.pid))


def test_a_run_under_way_is_neither_deleted_nor_started_again(runs: RunStore) -> None:
    run = started(runs)
    for call in (runs.delete, runs.again):
        with pytest.raises(RunUnderWayError, match="cancel it first"):
            call(run.id)
    assert runs.get(run.id) == run


def test_a_deleted_run_takes_its_files_with_it(runs: RunStore) -> None:
    run = with_people(runs)
    runs.finish(run.id, "{}")
    assert runs.people(run.id).total == 3
    runs.delete(run.id)
    assert not run.folder.exists()
    assert runs.list() == []
    with pytest.raises(UnknownRunError):
        runs.get(run.id)


def test_what_is_not_there_is_named(runs: RunStore) -> None:
    for call in (runs.get, runs.begin, runs.cancel, runs.delete, runs.again):
        with pytest.raises(UnknownRunError, match="“nowhere”"):
            call("nowhere")


def test_people_come_in_pages_in_the_order_of_the_run(runs: RunStore) -> None:
    run = with_people(runs)
    assert runs.people(run.id).rows == PEOPLE
    page = runs.people(run.id, PeopleQuery(offset=1, limit=1))
    assert (page.rows, page.total) == ((BEN,), 3)
    assert runs.people(run.id, PeopleQuery(offset=9)).rows == ()


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("ANN", [ANN]),
        ("öst BEN", [BEN]),
        ("example.com", [ANN, CAY]),
        ("100%", [CAY]),
        ("p2", [BEN]),
        ("ann ben", []),
        ("  ", [ANN, BEN, CAY]),
    ],
)
def test_people_are_found_by_words_of_their_names_and_addresses(
    runs: RunStore, search: str, found: list[PersonRow]
) -> None:
    run = with_people(runs)
    page = runs.people(run.id, PeopleQuery(search=search))
    assert (list(page.rows), page.total) == (found, len(found))


@pytest.mark.parametrize(
    ("query", "order"),
    [
        (PeopleQuery(order="sent"), [BEN, CAY, ANN]),
        (PeopleQuery(order="sent", descending=True), [ANN, CAY, BEN]),
        (PeopleQuery(order="first_name"), [ANN, BEN, CAY]),
        (PeopleQuery(order="first_name", descending=True), [BEN, ANN, CAY]),
        (PeopleQuery(order="country"), [ANN, BEN, CAY]),
        (PeopleQuery(descending=True), [CAY, BEN, ANN]),
        (PeopleQuery(search="example", order="sent"), [CAY, ANN]),
    ],
)
def test_people_are_ordered_by_a_column_with_the_unset_last(
    runs: RunStore, query: PeopleQuery, order: list[PersonRow]
) -> None:
    assert list(runs.people(with_people(runs).id, query).rows) == order


def test_a_table_written_anew_is_read_anew(runs: RunStore) -> None:
    run = with_people(runs)
    assert runs.people(run.id).total == 3
    other = with_people(runs, (ANN,))
    os.replace(_file(other), _file(run))
    assert runs.people(run.id).rows == (ANN,)


def test_a_table_may_be_had_of_one_person(runs: RunStore) -> None:
    run = with_people(runs)
    assert runs.table(run.id, "profiles").num_rows == 3
    assert runs.table(run.id, "profiles", "p2").column("profile").to_pylist() == ["p2"]


def test_a_missing_or_damaged_table_is_named(runs: RunStore) -> None:
    run = started(runs)
    with pytest.raises(MissingTableError, match="no table “profiles”"):
        runs.people(run.id)
    with pytest.raises(MissingTableError, match="no table “sends”"):
        runs.table(run.id, "sends")
    _file(run).write_bytes(b"PAR1 and then nothing")
    with pytest.raises(FileError, match="damaged"):
        runs.people(run.id)
