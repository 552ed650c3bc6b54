"""Brings a database to the present tables, one step after the other, when it is opened."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

LOCK = 7_219_403
"""The PostgreSQL advisory lock under which one process upgrades and the others wait."""
MARKS = "alembic_version"
"""The table in which a database says at which step it stands."""


def upgrade(connection: Connection, place: str) -> None:
    """Take every step that is missing, within the connection's transaction.

    Alembic is only loaded where there is one, so that the app starts sooner.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
    if standing(connection) != head():
        from storage.migrations.stepping import step_up

        step_up(connection, place)


def standing(connection: Connection) -> str | None:
    """The step at which the database stands; None for an empty one."""
    if not inspect(connection).has_table(MARKS):
        return None
    found = connection.execute(text(f"SELECT version_num FROM {MARKS}")).first()
    return str(found[0]) if found else None


def head() -> str:
    """The last step, by the names of the files: r0001_..., r0002_..., one after the other."""
    versions = Path(__file__).parent / "versions"
    last = max(path.name for path in versions.glob("r[0-9]*.py"))
    return last.removeprefix("r").partition("_")[0]
