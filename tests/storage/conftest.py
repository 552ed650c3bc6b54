"""Databases to test on: SQLite in a folder of its own, and PostgreSQL where Debian's is there."""

from __future__ import annotations

import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from psycopg.sql import SQL, Identifier

from storage.database import Database, open_database

BINARIES = Path("/usr/lib/postgresql")


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of a PostgreSQL server of our own, on a free loopback port, without a database."""
    found = sorted(BINARIES.glob("*/bin/initdb"))
    if not found:
        pytest.skip(f"there is no initdb under {BINARIES}: PostgreSQL is not installed")
    if shutil.which("runuser") is None:
        pytest.skip("there is no runuser, and PostgreSQL does not start as root")
    folder = Path(tempfile.mkdtemp(prefix="rehearsal-postgres-"))
    shutil.chown(folder, "postgres")
    port = _free_port()
    control = [str(found[-1].with_name("pg_ctl")), "-D", str(folder / "data"), "-w", "-s"]
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
    _as_postgres(str(found[-1]), "-D", str(folder / "data"), "-A", "trust", "-E", "UTF8")
    _as_postgres(*control, "-l", str(folder / "log"), "-o", options, "start")
    try:
        yield f"postgresql://postgres@127.0.0.1:{port}"
    finally:
        _as_postgres(*control, "-m", "immediate", "stop")
        shutil.rmtree(folder)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Path | str:
    """Where a new database may be opened: a data folder, or a URL."""
    if request.param == "sqlite":
        return tmp_path / "data"
    server = request.getfixturevalue("postgres")
    schema = f"t{uuid4().hex}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(SQL("CREATE SCHEMA {}").format(Identifier(schema)))
    return f"{server}/postgres?options=-csearch_path%3D{schema}"


@pytest.fixture
def database(place: Path | str) -> Iterator[Database]:
    """An open, empty database."""
    opened = open_database(place)
    yield opened
    opened.close()


def _as_postgres(*command: str) -> None:
    subprocess.run(
        ["runuser", "-u", "postgres", "--", *command],
        check=True,
        capture_output=True,
        cwd="/",
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
