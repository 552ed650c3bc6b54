"""Flows and their revisions: every save is kept, and nobody overwrites what another tab saved."""

from __future__ import annotations

import builtins
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import CursorResult, update
from sqlmodel import Session, col, select

from flows.document import Flow, dump, fingerprint
from flows.loading import reopened
from storage.database import Database
from storage.errors import StaleRevisionError, UnknownFlowError, UnknownRevisionError
from storage.moments import moment, now
from storage.tables import FlowRow, RevisionRow
from storage.words import storable


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowSummary:
    """What a list shows of a flow."""

    id: str
    name: str
    status: str
    trigger: str
    """The trigger's type; empty for none."""
    steps: int
    revision: int
    saved_at: datetime
    trashed_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One saved state: its number, counted from 1, and what was changed to reach it."""

    revision: int
    label: str
    saved_at: datetime
    fingerprint: str


class FlowStore:
    """Flows by id, each a chain of revisions. Deleting moves to the trash; nothing is lost."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def list(self, *, trashed: bool = False) -> builtins.list[FlowSummary]:
        """The flows, or those in the trash; the latest saved first."""
        query = select(FlowRow).where(col(FlowRow.trashed_at).is_not(None) == trashed)
        query = query.order_by(col(FlowRow.saved_at).desc(), col(FlowRow.id))
        with self._database.reading() as session:
            return [_summary(row) for row in session.exec(query)]

    def summary(self, flow_id: str) -> FlowSummary:
        """One flow as lists show it, also out of the trash."""
        with self._database.reading() as session:
            return _summary(_row(session, flow_id))

    def create(self, flow: Flow, label: str = "Created") -> FlowSummary:
        """A new flow at revision 1; it keeps its id if it has one that is free."""
        with self._database.writing() as session:
            taken = not flow.id or session.get(FlowRow, flow.id) is not None
            kept = flow.model_copy(update={"id": uuid4().hex[:12]}) if taken else flow
            time = now()
            row = FlowRow(id=kept.id, revision=1, created_at=time, saved_at=time, **_facts(kept))
            session.add(row)
            session.flush()
            session.add(_revision_row(kept, 1, label, time))
            return _summary(row)

    def load(self, flow_id: str) -> tuple[Flow, int]:
        """The flow as it stands, and its revision."""
        with self._database.reading() as session:
            row = _row(session, flow_id)
            return _flow(session, flow_id, row.revision), row.revision

    def at(self, flow_id: str, revision: int) -> Flow:
        """The flow as it stood at a revision."""
        with self._database.reading() as session:
            _row(session, flow_id)
            return _flow(session, flow_id, revision)

    def save(self, flow_id: str, flow: Flow, *, base_revision: int, label: str) -> int:
        """The next revision; StaleRevisionError and nothing written unless the base is the last."""
        kept, time = flow.model_copy(update={"id": flow_id}), now()
        change = (
            update(FlowRow)
            .where(col(FlowRow.id) == flow_id, col(FlowRow.revision) == base_revision)
            .values(revision=base_revision + 1, saved_at=time, **_facts(kept))
        )
        with self._database.writing() as session:
            result = session.execute(change)
            assert isinstance(result, CursorResult)
            if result.rowcount != 1:
                raise StaleRevisionError(flow_id, base_revision, _row(session, flow_id).revision)
            session.add(_revision_row(kept, base_revision + 1, label, time))
        return base_revision + 1

    def revisions(self, flow_id: str) -> builtins.list[Revision]:
        """Every saved state, the latest first."""
        query = select(RevisionRow).where(RevisionRow.flow_id == flow_id)
        with self._database.reading() as session:
            _row(session, flow_id)
            return [
                Revision(
                    revision=row.revision,
                    label=row.label,
                    saved_at=moment(row.saved_at),
                    fingerprint=row.fingerprint,
                )
                for row in session.exec(query.order_by(col(RevisionRow.revision).desc()))
            ]

    def rename(self, flow_id: str, name: str) -> int:
        """The same flow under another name, as a revision of its own."""
        flow, revision = self.load(flow_id)
        renamed = flow.model_copy(update={"name": name})
        return self.save(flow_id, renamed, base_revision=revision, label=f"Renamed to “{name}”")

    def duplicate(self, flow_id: str, name: str | None = None) -> FlowSummary:
        """A draft copy with a history of its own."""
        flow, _ = self.load(flow_id)
        named = name or f"{flow.name} (copy)"
        copy = flow.model_copy(update={"id": "", "name": named, "status": "draft"})
        return self.create(copy, f"Copied from “{flow.name}”")

    def delete(self, flow_id: str) -> None:
        """Move the flow to the trash, with all its revisions."""
        with self._database.writing() as session:
            row = _row(session, flow_id)
            row.trashed_at = row.trashed_at or now()
            session.add(row)

    def restore(self, flow_id: str) -> None:
        """Take the flow out of the trash."""
        with self._database.writing() as session:
            row = _row(session, flow_id)
            row.trashed_at = None
            session.add(row)


def _flow(session: Session, flow_id: str, revision: int) -> Flow:
    row = session.get(RevisionRow, (flow_id, revision))
    if row is None:
        raise UnknownRevisionError(flow_id, revision)
    return reopened(row.document)


def _row(session: Session, flow_id: str) -> FlowRow:
    row = session.get(FlowRow, flow_id)
    if row is None:
        raise UnknownFlowError(flow_id)
    return row


def _facts(flow: Flow) -> dict[str, Any]:
    """What lists show of the flow, for the columns of its row."""
    return {
        "name": storable(flow.name),
        "status": flow.status,
        "trigger": flow.trigger.type if flow.trigger else "",
        "steps": len(flow.actions),
    }


def _revision_row(flow: Flow, revision: int, label: str, time: int) -> RevisionRow:
    return RevisionRow(
        flow_id=flow.id,
        revision=revision,
        label=storable(label),
        saved_at=time,
        fingerprint=fingerprint(flow),
        document=dump(flow),
    )


def _summary(row: FlowRow) -> FlowSummary:
    return FlowSummary(
        id=row.id,
        name=row.name,
        status=row.status,
        trigger=row.trigger,
        steps=row.steps,
        revision=row.revision,
        saved_at=moment(row.saved_at),
        trashed_at=moment(row.trashed_at),
    )
