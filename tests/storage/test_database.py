"""Opening a database: made, brought up to date, or refused with a sentence that helps."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from flows.document import Flow
from storage.database import FILE, Database, Limits, open_database
from storage.errors import (
    CorruptDatabaseError,
    DatabaseLockedError,
    DiskFullError,
    FolderError,
    NewerDatabaseError,
    UnreachableDatabaseError,
)
from storage.flow_store import FlowStore
from storage.settings_store import SettingsStore
from storage.tables import Table

LARGE = Flow(description="x" * 20_000)
ROOT = Path(__file__).parents[2]


def test_a_new_database_has_exactly_the_tables_of_the_models(place: Path | str) -> None:
    database = open_database(place)
    with database.reading() as session:
        context = MigrationContext.configure(
            session.connection(), opts={"compare_type": True, "compare_server_default": True}
        )
        assert compare_metadata(context, Table.metadata) == []
    database.close()


def test_what_was_saved_is_there_after_closing_and_opening(place: Path | str) -> None:
    first = open_database(place)
    made = FlowStore(first).create(Flow(name="Welcome"))
    first.close()
    second = open_database(place)
    assert FlowStore(second).list() == [made]
    second.close()


def test_sqlite_is_set_up_to_survive(tmp_path: Path) -> None:
    database = open_database(tmp_path)
    with database.reading() as session:
        held = {
            name: session.connection().execute(text(f"PRAGMA {name}")).scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    database.close()
    assert held == {
        "journal_mode": "wal",
        "synchronous": 1,
        "foreign_keys": 1,
        "busy_timeout": 10_000,
    }


def test_a_newer_database_is_left_alone(place: Path | str) -> None:
    database = open_database(place)
    with database.writing() as session:
        session.connection().execute(text("UPDATE alembic_version SET version_num = '9999'"))
    database.close()
    with pytest.raises(NewerDatabaseError, match=r"newer version of Rehearsal .* 9999"):
        open_database(place)


def test_several_processes_may_make_the_database_at_once(place: Path | str) -> None:
    code = "import sys; from storage.database import open_database; open_database(sys.argv[1])"
    started = [_python(code, str(place)) for _ in range(3)]
    assert [one.wait(60) for one in started] == [0, 0, 0]


def test_a_file_in_place_of_the_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    with pytest.raises(FolderError, match=r"data cannot be used: .*--data"):
        open_database(tmp_path / "data")


def test_a_folder_that_cannot_be_made_is_named() -> None:
    with pytest.raises(FolderError, match="/proc/nowhere cannot be used"):
        open_database(Path("/proc/nowhere"))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_the_right_to_write_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(FolderError, match="cannot be written to"):
        open_database(tmp_path)


def test_a_file_that_is_no_database_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"This is a letter to my aunt." * 200)
    with pytest.raises(CorruptDatabaseError, match="damaged, or is no database"):
        open_database(tmp_path)
    assert (tmp_path / FILE).read_bytes().startswith(b"This is a letter")


def test_a_damaged_database_is_reported_when_the_damage_is_met(tmp_path: Path) -> None:
    database = open_database(tmp_path)
    flows = FlowStore(database)
    made = [flows.create(LARGE).id for _ in range(20)]
    database.close()
    file = tmp_path / FILE
    whole = file.read_bytes()
    file.write_bytes(whole[:8192] + b"\xff" * (len(whole) - 8192))
    with pytest.raises(CorruptDatabaseError):
        _load_all(tmp_path, made)


def test_a_busy_database_is_named_after_waiting(tmp_path: Path) -> None:
    database = open_database(tmp_path, Limits(patience=0.05))
    other = sqlite3.connect(tmp_path / FILE, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(DatabaseLockedError, match="kept busy by another program"):
        FlowStore(database).create(Flow())
    assert FlowStore(database).list() == []
    other.execute("ROLLBACK")
    FlowStore(database).create(Flow())
    other.close()
    database.close()


def test_a_full_database_keeps_everything_that_was_acknowledged(tmp_path: Path) -> None:
    database = open_database(tmp_path, Limits(most_bytes=400_000))
    _fill_and_look(FlowStore(database))
    database.close()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real file system of one megabyte."""
    folder = tmp_path / "small"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("a small file system cannot be mounted here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_keeps_everything_that_was_acknowledged(small_disk: Path) -> None:
    database = open_database(small_disk)
    _fill_and_look(FlowStore(database))
    database.close()


def test_a_disk_too_small_for_a_database_says_so(small_disk: Path) -> None:
    (small_disk / "ballast").write_bytes(b"x" * (1024 * 1024 - 8192))
    with pytest.raises(DiskFullError, match="no space left"):
        open_database(small_disk)


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("postgresql://nobody:secret@127.0.0.1:1/x", "nobody:\\*\\*\\*@127.0.0.1:1/x .*reached"),
        ("postgresql//:[://", "no database URL"),
        ("oracle://x/y", "only PostgreSQL"),
    ],
)
def test_a_url_that_leads_nowhere_is_named_without_its_password(url: str, says: str) -> None:
    with pytest.raises(UnreachableDatabaseError, match=says) as refused:
        open_database(url)
    assert "secret" not in str(refused.value)


@pytest.mark.postgres
def test_a_missing_postgres_database_is_named(postgres: str) -> None:
    with pytest.raises(UnreachableDatabaseError, match="does not exist"):
        open_database(f"{postgres}/nowhere")


def test_a_process_killed_while_it_saves_loses_nothing_it_acknowledged(
    place: Path | str,
) -> None:
    code = (
        "import sys\n"
        "from storage.database import open_database\n"
        "from storage.flow_store import FlowStore\n"
        "from flows.document import Flow\n"
        "flows = FlowStore(open_database(sys.argv[1]))\n"
        "made, revision = flows.create(Flow(id='F')), 1\n"
        "while True:\n"
        "    flow = Flow(description=f'{revision + 1}' * 500)\n"
        "    revision = flows.save('F', flow, base_revision=revision, label='Save')\n"
        "    print(revision, flush=True)\n"
    )
    writer = _python(code, str(place))
    assert writer.stdout is not None
    last = 0
    while last < 40:
        last = int(writer.stdout.readline())
    writer.kill()
    last = int(([f"{last}", *writer.stdout.read().split("\n")[:-1]])[-1])
    writer.wait()
    database = open_database(place)
    flows = FlowStore(database)
    current = flows.load("F")[1]
    assert last <= current <= last + 1
    written = [flows.at("F", revision).description for revision in range(2, current + 1)]
    database.close()
    assert written == [f"{revision}" * 500 for revision in range(2, current + 1)]


def test_a_writer_that_fails_half_way_leaves_no_trace(place: Path | str) -> None:
    database = open_database(place)
    settings = SettingsStore(database)
    settings.save("a", {"kept": 1})
    with pytest.raises(KeyError):
        _clear_and_fail(database)
    assert settings.load("a") == {"kept": 1}
    database.close()


def _fill_and_look(flows: FlowStore) -> None:
    """Save until nothing fits any more; then everything that was said to be saved is there."""
    made, acknowledged = flows.create(Flow()), [1]
    with pytest.raises(DiskFullError, match="What was saved before is safe"):
        _save_for_ever(flows, made.id, acknowledged)
    revision = acknowledged[-1]
    assert revision > 1
    assert flows.load(made.id)[1] == revision
    assert [flows.at(made.id, n).description for n in range(2, revision + 1)] == [
        LARGE.description
    ] * (revision - 1)


def _save_for_ever(flows: FlowStore, flow_id: str, acknowledged: list[int]) -> None:
    while True:
        base = acknowledged[-1]
        acknowledged.append(flows.save(flow_id, LARGE, base_revision=base, label="Save"))


def _clear_and_fail(database: Database) -> None:
    with database.writing() as session:
        session.connection().execute(text("DELETE FROM setting"))
        raise KeyError


def _load_all(folder: Path, made: list[str]) -> None:
    database = open_database(folder)
    try:
        for flow_id in made:
            FlowStore(database).load(flow_id)
    finally:
        database.close()


def _python(code: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )
