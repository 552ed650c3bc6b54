"""What people chose on the pages that the links of their messages lead to."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import delete, func
from sqlmodel import col, select

from storage.database import Database, insert_new
from storage.moments import moment, now
from storage.settings_store import SettingsStore
from storage.tables import ChoiceRow, LinkRow

How = Literal["one-click", "page", "preferences"]
SECRET = "link-secret"
"""The setting that holds the secret of the keys."""
_MOST = 500
"""Addresses that are asked for at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """The message that a key stands for, and its reader."""

    key: str
    address: str
    message_id: str
    profile_id: str = ""
    run_id: str = ""
    flow_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What an address wants to get of a channel or list."""

    address: str
    topic: str
    """`email`, `sms`, another channel, or `list:` with the id of a list."""
    wanted: bool
    how: How
    profile_id: str
    chosen_at: datetime


def plain_address(address: str) -> str:
    """An address as choices are kept by it: in small letters."""
    return address.strip().casefold()


class ChoiceStore:
    """Links by key, and choices by address and topic."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._settings = SettingsStore(database)

    def secret(self) -> bytes:
        """The secret of this database's keys, made when it is first asked for."""
        made = self._settings.load_or_make(SECRET, lambda: {"hex": secrets.token_hex(32)})
        return bytes.fromhex(str(made["hex"]))

    def keep_links(self, links: Iterable[Link]) -> None:
        """Remember whom links belong to; a known key stays with its first reader."""
        with self._database.writing() as session:
            for link in links:
                values = asdict(link) | {
                    "address": plain_address(link.address),
                    "made_at": now(),
                }
                insert_new(session, LinkRow, values)

    def link(self, key: str) -> Link | None:
        """Whose links these are; None for a key that nobody made."""
        with self._database.reading() as session:
            row = session.get(LinkRow, key)
        if row is None:
            return None
        return Link(**{name: getattr(row, name) for name in Link.__dataclass_fields__})

    def choose(self, link: Link, wanted: Mapping[str, bool], how: How) -> None:
        """Write down what the reader of a message wants, topic by topic."""
        with self._database.writing() as session:
            for topic, wants in wanted.items():
                here = (col(ChoiceRow.address) == link.address, col(ChoiceRow.topic) == topic)
                session.execute(delete(ChoiceRow).where(*here))
                session.add(
                    ChoiceRow(
                        address=link.address,
                        topic=topic,
                        wanted=wants,
                        how=how,
                        profile_id=link.profile_id,
                        chosen_at=now(),
                    )
                )

    def of(self, address: str) -> dict[str, Choice]:
        """What an address chose, by topic."""
        return {one.topic: one for one in self._list((plain_address(address),))}

    def left(self, addresses: Collection[str]) -> dict[str, datetime]:
        """Which of the addresses want no email any more, and since when."""
        plain = sorted({plain_address(address) for address in addresses})
        held = [
            choice
            for start in range(0, len(plain), _MOST)
            for choice in self._list(plain[start : start + _MOST])
        ]
        gone = (one for one in held if one.topic == "email" and not one.wanted)
        return {one.address: one.chosen_at for one in gone}

    def latest(self) -> int:
        """The time of the latest choice, in µs since 1970; 0 where nobody has chosen."""
        with self._database.reading() as session:
            return session.exec(select(func.max(ChoiceRow.chosen_at))).one() or 0

    def _list(self, addresses: Collection[str]) -> list[Choice]:
        query = select(ChoiceRow).where(col(ChoiceRow.address).in_(addresses))
        with self._database.reading() as session:
            return [_choice(row) for row in session.exec(query)]


def _choice(row: ChoiceRow) -> Choice:
    facts = {name: getattr(row, name) for name in Choice.__dataclass_fields__}
    return Choice(**facts | {"chosen_at": moment(row.chosen_at)})
