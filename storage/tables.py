"""What the database holds. Times are µs since 1970 in UTC; documents are JSON text."""

from __future__ import annotations

from sqlalchemy import BigInteger, LargeBinary, MetaData, Text, UniqueConstraint
from sqlmodel import Field, SQLModel


class Table(SQLModel):
    """The base of all tables, with metadata of their own."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_name)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class FlowRow(Table, table=True):
    """A flow as it stands now: its latest revision, and what lists show of it."""

    __tablename__ = "flow"

    id: str = Field(primary_key=True)
    name: str
    status: str
    trigger: str
    steps: int
    revision: int
    created_at: int = Field(sa_type=BigInteger)
    saved_at: int = Field(sa_type=BigInteger)
    trashed_at: int | None = Field(default=None, sa_type=BigInteger)


class RevisionRow(Table, table=True):
    """One saved state of a flow; never changed once it is written."""

    __tablename__ = "flow_revision"

    flow_id: str = Field(primary_key=True, foreign_key="flow.id")
    revision: int = Field(primary_key=True)
    label: str
    saved_at: int = Field(sa_type=BigInteger)
    fingerprint: str
    document: str = Field(sa_type=Text)


class RunRow(Table, table=True):
    """The header of a run; its logs are files."""

    __tablename__ = "run"

    id: str = Field(primary_key=True)
    title: str
    state: str = Field(index=True)
    scenario: str = Field(sa_type=Text)
    progress: float
    created_at: int = Field(sa_type=BigInteger, index=True)
    started_at: int | None = Field(default=None, sa_type=BigInteger)
    finished_at: int | None = Field(default=None, sa_type=BigInteger)
    seen_at: int = Field(sa_type=BigInteger)
    """The last sign of life."""
    host: str
    pid: int
    mark: str
    """Tells the process from a later one with the same pid."""
    summary: str | None = Field(default=None, sa_type=Text)
    error: str = Field(sa_type=Text)


class RunFlowRow(Table, table=True):
    """A flow of a run, at the revision that was run; 0 for one that was not saved."""

    __tablename__ = "run_flow"

    run_id: str = Field(primary_key=True, foreign_key="run.id", ondelete="CASCADE")
    place: int = Field(primary_key=True)
    flow_id: str = Field(index=True)
    revision: int
    fingerprint: str
    name: str


class MailRow(Table, table=True):
    """A captured message."""

    __tablename__ = "mail"
    __table_args__ = (UniqueConstraint("message_id"),)

    id: int | None = Field(default=None, primary_key=True)
    message_id: str
    received_at: int = Field(sa_type=BigInteger, index=True)
    sent_at: int | None = Field(default=None, sa_type=BigInteger)
    sender: str = Field(sa_type=Text)
    recipients: str = Field(sa_type=Text)
    subject: str = Field(sa_type=Text)
    text: str = Field(sa_type=Text)
    html: str = Field(sa_type=Text)
    raw: bytes = Field(sa_type=LargeBinary)
    size: int
    searched: str = Field(sa_type=Text)
    """What a search looks through, in one case."""
    flow_id: str = Field(index=True)
    action_id: str
    profile_id: str = Field(index=True)
    run_id: str = Field(index=True)
    unread: bool
    copies: int
    """How often a message with this Message-ID came."""


class LedgerRow(Table, table=True):
    """A hand-over of one message, by the idempotency key that its Message-ID is."""

    __tablename__ = "ledger"

    message_id: str = Field(primary_key=True)
    state: str = Field(index=True)
    channel: str
    run_id: str = Field(index=True)
    reserved_at: int = Field(sa_type=BigInteger)
    settled_at: int | None = Field(default=None, sa_type=BigInteger)
    answer: str = Field(sa_type=Text)
    """What the receiver said, or what went wrong."""


class SettingRow(Table, table=True):
    """One JSON document by name."""

    __tablename__ = "setting"

    name: str = Field(primary_key=True)
    document: str = Field(sa_type=Text)
    saved_at: int = Field(sa_type=BigInteger)


class LinkRow(Table, table=True):
    """The links of a message, by their key, and whom they belong to."""

    __tablename__ = "link"

    key: str = Field(primary_key=True)
    address: str
    message_id: str = Field(index=True)
    profile_id: str
    run_id: str
    flow_id: str
    made_at: int = Field(sa_type=BigInteger)


class ChoiceRow(Table, table=True):
    """What an address wants to get of one channel or list; the last choice holds."""

    __tablename__ = "choice"

    address: str = Field(primary_key=True)
    topic: str = Field(primary_key=True)
    """A channel, or `list:` with the id of a list."""
    wanted: bool
    how: str
    """Where the choice was made."""
    profile_id: str
    chosen_at: int = Field(sa_type=BigInteger)
