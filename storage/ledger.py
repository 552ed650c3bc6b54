"""What has been handed to a channel, written down before it is handed over.

A row is reserved first and settled by the answer, so a crash leaves at most the messages that
were in flight, each known by name; none of them is sent twice by mistake.
"""

from __future__ import annotations

import builtins
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, cast

from sqlalchemy import CursorResult, func, update
from sqlmodel import Session, col, select

from storage.database import Database, insert_new
from storage.errors import SettledError, UnknownEntryError
from storage.moments import moment, now
from storage.tables import LedgerRow
from storage.words import storable

State = Literal["reserved", "sent", "failed", "unknown"]
OPEN: tuple[State, ...] = ("reserved", "unknown")
"""What may still be settled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One message by its Message-ID. `answer` is the receiver's, or what went wrong."""

    message_id: str
    state: State
    channel: str
    run_id: str
    reserved_at: datetime
    settled_at: datetime | None
    answer: str


@dataclass(frozen=True, slots=True)
class Reservation:
    """`fresh`: this call reserved the message, so this caller may hand it over; else do not."""

    entry: Entry
    fresh: bool


class LedgerStore:
    """Entries by Message-ID; safe among threads and processes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def reserve(self, message_id: str, *, channel: str, run_id: str = "") -> Reservation:
        """Claim a message before its hand-over; who comes second learns how it stands."""
        values = {
            "message_id": message_id,
            "state": "reserved",
            "channel": channel,
            "run_id": run_id,
            "reserved_at": now(),
            "answer": "",
        }
        with self._database.writing() as session:
            fresh = insert_new(session, LedgerRow, values)
            return Reservation(_entry(_row(session, message_id)), fresh)

    def settle(
        self, message_id: str, state: Literal["sent", "failed", "unknown"], answer: str = ""
    ) -> None:
        """Write the answer down. What is sent or failed stays so: SettledError for another."""
        change = (
            update(LedgerRow)
            .where(col(LedgerRow.message_id) == message_id, col(LedgerRow.state).in_(OPEN))
            .values(state=state, settled_at=now(), answer=storable(answer))
        )
        with self._database.writing() as session:
            result = session.execute(change)
            assert isinstance(result, CursorResult)
            if result.rowcount == 0 and (held := _row(session, message_id).state) != state:
                raise SettledError(message_id, held, state)

    def doubt(self, run_id: str) -> int:
        """After a crash: what was reserved and not settled becomes unknown; how many that were."""
        change = update(LedgerRow).where(
            col(LedgerRow.run_id) == run_id, col(LedgerRow.state) == "reserved"
        )
        with self._database.writing() as session:
            result = session.execute(change.values(state="unknown", settled_at=now()))
            assert isinstance(result, CursorResult)
            return result.rowcount

    def find(self, message_id: str) -> Entry | None:
        """How a message stands; None for one that was never reserved."""
        with self._database.reading() as session:
            row = session.get(LedgerRow, message_id)
            return _entry(row) if row else None

    def list(self, run_id: str, state: State) -> builtins.list[Entry]:
        """A run's messages in one state, in the order in which they were reserved."""
        query = select(LedgerRow).where(LedgerRow.run_id == run_id, LedgerRow.state == state)
        query = query.order_by(col(LedgerRow.reserved_at), col(LedgerRow.message_id))
        with self._database.reading() as session:
            return [_entry(row) for row in session.exec(query)]

    def counts(self, run_id: str) -> dict[str, int]:
        """How many of a run's messages are in each state."""
        query = select(col(LedgerRow.state), func.count()).where(LedgerRow.run_id == run_id)
        with self._database.reading() as session:
            return dict(session.exec(query.group_by(col(LedgerRow.state))).all())


def _row(session: Session, message_id: str) -> LedgerRow:
    row = session.get(LedgerRow, message_id)
    if row is None:
        raise UnknownEntryError(message_id)
    return row


def _entry(row: LedgerRow) -> Entry:
    return Entry(
        message_id=row.message_id,
        state=cast(State, row.state),
        channel=row.channel,
        run_id=row.run_id,
        reserved_at=moment(row.reserved_at),
        settled_at=moment(row.settled_at),
        answer=row.answer,
    )
