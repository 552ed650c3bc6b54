"""Captured messages: what the inbox took, in full and taken apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from email.utils import getaddresses
from typing import Any
from uuid import uuid4

from sqlalchemy import ColumnElement, delete, func, update
from sqlmodel import Session, col, select

from storage.database import Database, insert_new
from storage.errors import UnknownMessageError
from storage.mail_parts import MailParts, take_apart
from storage.moments import moment, now
from storage.run_tables import Page
from storage.tables import LinkRow, MailRow
from storage.words import holding

SEARCHED_TEXT = 20_000
"""Characters of a body that a search looks through."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailHead:
    """A message as a list shows it. `copies` counts how often its Message-ID came."""

    id: int
    message_id: str
    received_at: datetime
    sent_at: datetime | None
    sender: str
    recipients: str
    subject: str
    size: int
    unread: bool
    copies: int
    flow_id: str
    action_id: str
    profile_id: str
    run_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """A message in full; `text` and `html` are empty where it has no such body."""

    head: MailHead
    text: str
    html: str
    raw: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class MailQuery:
    """Which messages: every word of `search` in a header or body, in any case; "" is any."""

    search: str = ""
    flow_id: str = ""
    profile_id: str = ""
    run_id: str = ""
    only_unread: bool = False
    offset: int = 0
    limit: int = 50


class MailStore:
    """Messages by number, the latest first."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, raw: bytes, sender: str = "", recipients: Sequence[str] = ()) -> int:
        """Store a message with its envelope; its number. A known Message-ID counts as a copy."""
        parts = take_apart(raw)
        values = _values(parts, raw, parts.sender or sender, ", ".join(recipients))
        with self._database.writing() as session:
            same = col(MailRow.message_id) == values["message_id"]
            if not insert_new(session, MailRow, values):
                more = update(MailRow).where(same).values(copies=col(MailRow.copies) + 1)
                session.execute(more)
            _keep_link(session, parts, values)
            return session.exec(select(col(MailRow.id)).where(same)).one() or 0

    def list(self, query: MailQuery | None = None) -> Page[MailHead]:
        """A page of the messages that a query finds."""
        wanted = query or MailQuery()
        where = _where(wanted)
        rows = select(*_HEAD).where(*where)
        rows = rows.order_by(col(MailRow.received_at).desc(), col(MailRow.id).desc())
        with self._database.reading() as session:
            total = session.exec(select(func.count()).select_from(MailRow).where(*where)).one()
            page = session.execute(rows.offset(wanted.offset).limit(wanted.limit))
            return Page(tuple(_head(row) for row in page), total)

    def get(self, number: int) -> Mail:
        """One message in full."""
        with self._database.reading() as session:
            row = _row(session, number)
            return Mail(head=_head(row), text=row.text, html=row.html, raw=row.raw)

    def find(self, message_id: str) -> Mail | None:
        """A message by its Message-ID; None where it is not kept."""
        with self._database.reading() as session:
            same = col(MailRow.message_id) == message_id
            number = session.exec(select(col(MailRow.id)).where(same)).first()
        return self.get(number) if number else None

    def mark(self, number: int, *, unread: bool = False) -> None:
        """Note that somebody has looked at the message, or that nobody has."""
        with self._database.writing() as session:
            row = _row(session, number)
            row.unread = unread
            session.add(row)

    def count(self) -> int:
        """How many messages there are."""
        return self._count()

    def unread(self) -> int:
        """How many of them nobody has looked at."""
        return self._count(col(MailRow.unread).is_(True))

    def delete(self, number: int) -> None:
        """Forget one message."""
        with self._database.writing() as session:
            session.delete(_row(session, number))

    def delete_all(self) -> int:
        """Forget every message; how many there were."""
        with self._database.writing() as session:
            total = session.exec(select(func.count()).select_from(MailRow)).one()
            session.execute(delete(MailRow))
            return total

    def _count(self, *where: ColumnElement[bool]) -> int:
        with self._database.reading() as session:
            return session.exec(select(func.count()).select_from(MailRow).where(*where)).one()


_HEAD: tuple[Any, ...] = tuple(getattr(MailRow, name) for name in MailHead.__dataclass_fields__)


def _values(parts: MailParts, raw: bytes, sender: str, recipients: str) -> dict[str, Any]:
    to = recipients or parts.recipients
    looked_through = (sender, to, parts.subject, parts.text[:SEARCHED_TEXT])
    held = asdict(parts)
    held.pop("link_key")
    return held | {
        "message_id": parts.message_id or f"<{uuid4().hex}@without-id>",
        "sender": sender,
        "recipients": to,
        "received_at": now(),
        "raw": raw,
        "size": len(raw),
        "searched": "\n".join(looked_through).casefold(),
        "unread": True,
        "copies": 1,
    }


def _keep_link(session: Session, parts: MailParts, values: dict[str, Any]) -> None:
    """Remember whose links the message holds, so that they are answered for."""
    if parts.link_key:
        names = ("message_id", "profile_id", "run_id", "flow_id")
        reader = next(iter(getaddresses([str(values["recipients"])])), ("", ""))
        address = reader[1].strip().casefold()
        facts = {name: values[name] for name in names} | {"made_at": now()}
        insert_new(session, LinkRow, {"key": parts.link_key, "address": address, **facts})


def _where(query: MailQuery) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    for word in query.search.casefold().split():
        found.append(col(MailRow.searched).like(holding(word), escape="\\"))
    for name in ("flow_id", "profile_id", "run_id"):
        if value := getattr(query, name):
            found.append(getattr(MailRow, name) == value)
    if query.only_unread:
        found.append(col(MailRow.unread).is_(True))
    return found


def _row(session: Session, number: int) -> MailRow:
    row = session.get(MailRow, number)
    if row is None:
        raise UnknownMessageError(number)
    return row


def _head(row: Any) -> MailHead:
    facts = {name: getattr(row, name) for name in MailHead.__dataclass_fields__}
    return MailHead(
        **facts | {"received_at": moment(row.received_at), "sent_at": moment(row.sent_at)}
    )
