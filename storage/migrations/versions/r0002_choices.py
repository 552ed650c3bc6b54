"""What people choose on the pages that links of messages lead to."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables of links and of choices."""
    op.create_table(
        "link",
        *(sa.Column(name, sa.String(), nullable=False) for name in _LINK),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_link"),
    )
    op.create_index("ix_link_message_id", "link", ["message_id"])
    op.create_table(
        "choice",
        *(sa.Column(name, sa.String(), nullable=False) for name in ("address", "topic")),
        sa.Column("wanted", sa.Boolean(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("how", "profile_id")),
        sa.Column("chosen_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("address", "topic", name="pk_choice"),
    )


_LINK = ("key", "address", "message_id", "profile_id", "run_id", "flow_id")
