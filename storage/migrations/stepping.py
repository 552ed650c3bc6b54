"""The steps themselves, taken by Alembic."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from storage.errors import NewerDatabaseError


def step_up(connection: Connection, place: str) -> None:
    """Take every step that is missing; NewerDatabaseError where the database is ahead of us."""
    settings = config(connection)
    steps = ScriptDirectory.from_config(settings)
    present = MigrationContext.configure(connection).get_current_revision()
    if present is not None and present not in {step.revision for step in steps.walk_revisions()}:
        raise NewerDatabaseError(place, present)
    command.upgrade(settings, "head")


def config(connection: Connection) -> Config:
    """Alembic's configuration: there is no file of it."""
    settings = Config()
    settings.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    settings.attributes["connection"] = connection
    return settings
