"""The first tables: flows and revisions, runs, captured mail, the ledger, settings."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make every table."""
    _flows()
    _runs()
    _mail()
    _ledger_and_settings()


def _flows() -> None:
    op.create_table(
        "flow",
        _words("id"),
        _words("name"),
        _words("status"),
        _words("trigger"),
        _number("steps"),
        _number("revision"),
        _time("created_at"),
        _time("saved_at"),
        _time("trashed_at", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_flow"),
    )
    op.create_table(
        "flow_revision",
        _words("flow_id"),
        _number("revision"),
        _words("label"),
        _time("saved_at"),
        _words("fingerprint"),
        _text("document"),
        sa.ForeignKeyConstraint(["flow_id"], ["flow.id"], name="fk_flow_revision_flow_id"),
        sa.PrimaryKeyConstraint("flow_id", "revision", name="pk_flow_revision"),
    )


def _runs() -> None:
    op.create_table(
        "run",
        _words("id"),
        _words("title"),
        _words("state"),
        _text("scenario"),
        sa.Column("progress", sa.Float(), nullable=False),
        _time("created_at"),
        _time("started_at", nullable=True),
        _time("finished_at", nullable=True),
        _time("seen_at"),
        _words("host"),
        _number("pid"),
        _words("mark"),
        _text("summary", nullable=True),
        _text("error"),
        sa.PrimaryKeyConstraint("id", name="pk_run"),
    )
    _index("run", "created_at", "state")
    op.create_table(
        "run_flow",
        _words("run_id"),
        _number("place"),
        _words("flow_id"),
        _number("revision"),
        _words("fingerprint"),
        _words("name"),
        sa.ForeignKeyConstraint(
            ["run_id"], ["run.id"], name="fk_run_flow_run_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("run_id", "place", name="pk_run_flow"),
    )
    _index("run_flow", "flow_id")


def _mail() -> None:
    op.create_table(
        "mail",
        _number("id"),
        _words("message_id"),
        _time("received_at"),
        _time("sent_at", nullable=True),
        *map(_text, ("sender", "recipients", "subject", "text", "html")),
        sa.Column("raw", sa.LargeBinary(), nullable=False),
        _number("size"),
        _text("searched"),
        *map(_words, ("flow_id", "action_id", "profile_id", "run_id")),
        sa.Column("unread", sa.Boolean(), nullable=False),
        _number("copies"),
        sa.PrimaryKeyConstraint("id", name="pk_mail"),
        sa.UniqueConstraint("message_id", name="uq_mail_message_id"),
    )
    _index("mail", "flow_id", "profile_id", "received_at", "run_id")


def _ledger_and_settings() -> None:
    op.create_table(
        "ledger",
        *map(_words, ("message_id", "state", "channel", "run_id")),
        _time("reserved_at"),
        _time("settled_at", nullable=True),
        _text("answer"),
        sa.PrimaryKeyConstraint("message_id", name="pk_ledger"),
    )
    _index("ledger", "run_id", "state")
    op.create_table(
        "setting",
        _words("name"),
        _text("document"),
        _time("saved_at"),
        sa.PrimaryKeyConstraint("name", name="pk_setting"),
    )


def _words(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.String(), nullable=False)


def _text(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), nullable=nullable)


def _number(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer(), nullable=False)


def _time(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.BigInteger(), nullable=nullable)


def _index(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(f"ix_{table}_{column}", table, [column])
