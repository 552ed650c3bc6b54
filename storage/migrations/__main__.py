"""`python -m storage.migrations "Add a column"` drafts the next step out of the models."""

from __future__ import annotations

import sys

from alembic import command
from sqlalchemy import create_engine

from storage.migrations import upgrade
from storage.migrations.stepping import config


def main() -> None:
    """Compare a database at the last step with the models, and write what differs as a step."""
    with create_engine("sqlite://").begin() as connection:
        upgrade(connection, "in memory")
        command.revision(config(connection), " ".join(sys.argv[1:]), autogenerate=True)


if __name__ == "__main__":
    main()
