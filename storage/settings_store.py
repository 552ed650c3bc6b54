"""Settings as JSON documents by name; what they mean is the business of whoever asks."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from sqlalchemy import update
from sqlmodel import col

from storage.database import Database, insert_new
from storage.moments import now
from storage.tables import SettingRow


class SettingsStore:
    """One document a name; the last save holds."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def load(self, name: str) -> dict[str, Any] | None:
        """The document as it was saved; None where there is none yet."""
        with self._database.reading() as session:
            row = session.get(SettingRow, name)
        document: dict[str, Any] | None = json.loads(row.document) if row else None
        return document

    def save(self, name: str, document: dict[str, Any]) -> None:
        """Put the document in place of the one before."""
        text = json.dumps(document, ensure_ascii=False)
        facts = {"document": text, "saved_at": now()}
        with self._database.writing() as session:
            if not insert_new(session, SettingRow, {"name": name, **facts}):
                here = col(SettingRow.name) == name
                session.execute(update(SettingRow).where(here).values(**facts))

    def load_or_make(self, name: str, make: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        """The document; a new one where there is none yet, the same for whoever else asks."""
        held = self.load(name)
        if held is None:
            facts = {"document": json.dumps(make(), ensure_ascii=False), "saved_at": now()}
            with self._database.writing() as session:
                insert_new(session, SettingRow, {"name": name, **facts})
            held = self.load(name)
        return held or {}
