"""Brings a database to the present tables, one step after the other, when it is opened."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from storage.errors import NewerDatabaseError

LOCK = 7_219_403
"""The PostgreSQL advisory lock under which one process upgrades and the others wait."""


def upgrade(connection: Connection, place: str) -> None:
    """Take every step that is missing, within the connection's transaction."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
    settings = config(connection)
    steps = ScriptDirectory.from_config(settings)
    present = MigrationContext.configure(connection).get_current_revision()
    if present == steps.get_current_head():
        return
    if present is not None and present not in {step.revision for step in steps.walk_revisions()}:
        raise NewerDatabaseError(place, present)
    command.upgrade(settings, "head")


def config(connection: Connection) -> Config:
    """Alembic's configuration: there is no file of it."""
    settings = Config()
    settings.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    settings.attributes["connection"] = connection
    return settings
