"""Steps of the database are known by name alone, so that most starts need no Alembic."""

from __future__ import annotations

from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from storage.migrations import head, standing, upgrade
from storage.migrations.stepping import config


def test_the_last_step_by_file_name_is_the_last_step_by_revision() -> None:
    with create_engine("sqlite://").begin() as connection:
        assert ScriptDirectory.from_config(config(connection)).get_current_head() == head()


def test_an_empty_database_stands_nowhere_and_an_upgraded_one_at_the_last_step() -> None:
    with create_engine("sqlite://").begin() as connection:
        assert standing(connection) is None
        upgrade(connection, "in memory")
        assert standing(connection) == head()
