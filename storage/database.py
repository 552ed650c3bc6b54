"""The database: SQLite in the data folder, or PostgreSQL by URL; brought up to date when opened."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, literal, make_url
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlmodel import Session, SQLModel

from storage.errors import FolderError, StorageError, UnreachableDatabaseError
from storage.failures import translated
from storage.migrations import upgrade

FILE = "rehearsal.db"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How long to wait for another writer, and how large an SQLite file may become."""

    patience: float = 10.0
    """Seconds."""
    most_bytes: int | None = None


class Database:
    """Short sessions on one database, from any thread; driver errors come out as StorageError."""

    def __init__(self, engine: Engine, place: str) -> None:
        self._reader = engine
        self._writer = engine.execution_options(writing=True)
        self.place = place
        """The database as a user knows it, without a password."""

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that sees one state of the database."""
        with self._translating(), Session(self._reader, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session that is committed at the end, or leaves no trace; one at a time on SQLite."""
        with self._translating(), Session(self._writer, expire_on_commit=False) as session:
            yield session
            session.commit()

    def close(self) -> None:
        """Let go of every connection."""
        self._reader.dispose()

    @contextmanager
    def _translating(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            raise translated(error, self.place) from error


def open_database(place: Path | str, limits: Limits | None = None) -> Database:
    """Open, make or bring up to date the database of a data folder, or the one at a URL.

    Raises a StorageError: folder not writable, disk full, locked, damaged, newer, unreachable.
    """
    url = _url(place)
    name = url.render_as_string() if url.host or not url.database else url.database
    database = Database(_engine(url, limits or Limits()), name)
    try:
        with database.writing() as session:
            upgrade(session.connection(), name)
    except StorageError:
        database.close()
        raise
    return database


def insert_new(session: Session, table: type[SQLModel], values: Mapping[str, Any]) -> bool:
    """Insert a row unless its key is taken, whoever else writes; whether it was inserted."""
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    new = insert(table).values(**values).on_conflict_do_nothing().returning(literal(1))
    return session.connection().execute(new).first() is not None


def writable_folder(folder: Path) -> Path:
    """The folder, made if need be; FolderError where nothing can be written into it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FolderError(folder, (error.strerror or str(error)).lower()) from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise FolderError(folder, "it cannot be written to")
    return folder


def _url(place: Path | str) -> URL:
    if isinstance(place, Path) or "://" not in place:
        return URL.create("sqlite", database=str(writable_folder(Path(place)) / FILE))
    try:
        url = make_url(place)
    except ArgumentError as error:
        raise UnreachableDatabaseError(place, "this is no database URL") from error
    if url.get_backend_name() not in {"sqlite", "postgresql", "postgres"}:
        raise UnreachableDatabaseError(url.render_as_string(), "only PostgreSQL URLs are known")
    if url.drivername in {"postgres", "postgresql"}:
        return url.set(drivername="postgresql+psycopg")
    return url


def _engine(url: URL, limits: Limits) -> Engine:
    if url.get_backend_name() != "sqlite":
        try:
            return create_engine(url, pool_pre_ping=True)
        except ImportError as error:
            reason = "its driver is not installed; add it with: pip install rehearsal[postgres]"
            raise UnreachableDatabaseError(url.render_as_string(), reason) from error
    engine = create_engine(url, connect_args={"timeout": limits.patience})
    event.listen(engine, "connect", lambda connection, _: _prepare(connection, limits))
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: sqlite3.Connection, limits: Limits) -> None:
    """Each new connection: transactions are begun by us, writers wait, nothing is half written."""
    connection.isolation_level = None
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.execute("PRAGMA foreign_keys=ON")
    if limits.most_bytes is not None:
        (page,) = connection.execute("PRAGMA page_size").fetchone()
        connection.execute(f"PRAGMA max_page_count={max(1, limits.most_bytes // page)}")


def _begin(connection: Connection) -> None:
    """A writer takes the lock at once, so that it never has to give up half way."""
    options: Any = connection.get_execution_options()
    connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("writing") else "BEGIN")
