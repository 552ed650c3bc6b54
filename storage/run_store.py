"""Runs: headers in the database, logs as files in a folder a run."""

from __future__ import annotations

import builtins
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, cast
from uuid import uuid4

import pyarrow as pa
from sqlalchemy import CursorResult, delete, update
from sqlmodel import Session, col, select

from flows.document import Flow, fingerprint
from storage.database import Database, writable_folder
from storage.errors import RunUnderWayError, UnknownRunError
from storage.moments import moment, now
from storage.processes import Process, is_alive, this_process
from storage.run_tables import Page, PeopleQuery, PersonRow, RunTables
from storage.tables import RunFlowRow, RunRow

RunState = Literal["queued", "running", "done", "failed", "cancelled", "cut-off"]
UNDER_WAY: tuple[RunState, ...] = ("queued", "running")
SILENCE = 600_000_000
"""µs without a sign of life after which a run of another machine counts as cut off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunFlow:
    """A flow of a run, at the revision that was run; 0 for one that was not saved."""

    id: str
    name: str
    revision: int
    fingerprint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """The header of a run. `progress` goes from 0 to 1; `summary` is JSON once it is done."""

    id: str
    folder: Path
    title: str
    state: RunState
    flows: tuple[RunFlow, ...]
    scenario: str
    progress: float
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    summary: str | None
    error: str

    @property
    def flow_ids(self) -> tuple[str, ...]:
        """The flows in the order of the run."""
        return tuple(flow.id for flow in self.flows)


class RunStore:
    """Runs by id, the latest first; each has the folder `<data>/runs/<id>` for its files."""

    def __init__(self, database: Database, data: Path) -> None:
        self._database = database
        self._runs = data / "runs"
        self._tables = RunTables()

    def start(
        self, flows: Sequence[Flow], scenario: str, *, title: str, revisions: Sequence[int] = ()
    ) -> Run:
        """A queued run of this process, with an empty folder; `scenario` is JSON text."""
        time, run_id = now(), uuid4().hex[:12]
        writable_folder(self._runs / run_id)
        row = RunRow(
            id=run_id,
            title=title,
            state="queued",
            scenario=scenario,
            progress=0.0,
            created_at=time,
            seen_at=time,
            error="",
            **_owner(),
        )
        parts = [
            RunFlowRow(
                run_id=run_id,
                place=place,
                flow_id=flow.id,
                name=flow.name,
                revision=revisions[place] if revisions else 0,
                fingerprint=fingerprint(flow),
            )
            for place, flow in enumerate(flows)
        ]
        with self._database.writing() as session:
            session.add(row)
            session.flush()
            session.add_all(parts)
        return self._run(row, parts)

    def again(self, run_id: str) -> Run:
        """Queue a run that has ended once more, with its scenario, into an emptied folder."""
        if self.get(run_id).state in UNDER_WAY:
            raise RunUnderWayError(run_id)
        shutil.rmtree(self._runs / run_id, ignore_errors=True)
        writable_folder(self._runs / run_id)
        self._tables.forget(self._runs / run_id)
        fresh: dict[str, Any] = {
            "state": "queued",
            "progress": 0.0,
            "started_at": None,
            "finished_at": None,
            "summary": None,
            "error": "",
            "seen_at": now(),
            **_owner(),
        }
        self._change(run_id, **fresh)
        return self.get(run_id)

    def begin(self, run_id: str) -> None:
        """The run has left the queue."""
        self._change(run_id, state="running", started_at=now(), seen_at=now())

    def progress(self, run_id: str, share: float) -> None:
        """How far the run has come, 0 to 1; also its sign of life."""
        self._change(run_id, progress=share, seen_at=now())

    def finish(self, run_id: str, summary: str) -> None:
        """The run is done; `summary` is JSON text."""
        self._end(run_id, "done", progress=1.0, summary=summary)

    def fail(self, run_id: str, text: str) -> None:
        """The run ended with an error, in words for a person."""
        self._end(run_id, "failed", error=text)

    def cancel(self, run_id: str) -> None:
        """The run ended because it was asked to."""
        self._end(run_id, "cancelled")

    def cut_off(self, run_id: str) -> None:
        """The process of the run ended in the middle of it."""
        self._end(run_id, "cut-off")

    def cut_off_dead(self) -> tuple[str, ...]:
        """Mark every run whose process is gone as cut off; gives their ids."""
        query = select(RunRow).where(col(RunRow.state).in_(UNDER_WAY))
        with self._database.reading() as session:
            dead = [row.id for row in session.exec(query) if _is_dead(row)]
        for run_id in dead:
            self.cut_off(run_id)
        return tuple(dead)

    def list(self, *, flow_id: str | None = None) -> builtins.list[Run]:
        """Every run, or those of one flow, the latest first."""
        query = select(RunRow).order_by(col(RunRow.created_at).desc(), col(RunRow.id))
        if flow_id is not None:
            holding = select(RunFlowRow.run_id).where(RunFlowRow.flow_id == flow_id)
            query = query.where(col(RunRow.id).in_(holding))
        with self._database.reading() as session:
            rows = list(session.exec(query))
            parts = _parts(session, [row.id for row in rows] if flow_id else None)
        return [self._run(row, parts.get(row.id, [])) for row in rows]

    def get(self, run_id: str) -> Run:
        """One run."""
        with self._database.reading() as session:
            row = session.get(RunRow, run_id)
            if row is None:
                raise UnknownRunError(run_id)
            return self._run(row, _parts(session, [run_id]).get(run_id, []))

    def rename(self, run_id: str, title: str) -> None:
        """Give the run another title."""
        self._change(run_id, title=title)

    def delete(self, run_id: str) -> None:
        """Forget a run that is not under way, and delete its files."""
        if self.get(run_id).state in UNDER_WAY:
            raise RunUnderWayError(run_id)
        with self._database.writing() as session:
            session.execute(delete(RunRow).where(col(RunRow.id) == run_id))
        self._tables.forget(self._runs / run_id)
        shutil.rmtree(self._runs / run_id, ignore_errors=True)

    def people(self, run_id: str, query: PeopleQuery | None = None) -> Page[PersonRow]:
        """A page of the run's people; MissingTableError where the run did not keep them."""
        return self._tables.people(self._runs / run_id, query or PeopleQuery())

    def table(self, run_id: str, name: str, profile: str | None = None) -> pa.Table:
        """One of the run's Parquet tables, whole or of one person, as Arrow."""
        return self._tables.table(self._runs / run_id, name, profile)

    def _run(self, row: RunRow, parts: Iterable[RunFlowRow]) -> Run:
        return Run(
            id=row.id,
            folder=self._runs / row.id,
            title=row.title,
            state=cast(RunState, row.state),
            flows=tuple(map(_flow, parts)),
            scenario=row.scenario,
            progress=row.progress,
            created_at=moment(row.created_at),
            started_at=moment(row.started_at),
            finished_at=moment(row.finished_at),
            summary=row.summary,
            error=row.error,
        )

    def _end(self, run_id: str, state: RunState, **facts: str | float) -> None:
        self._change(run_id, state=state, finished_at=now(), **facts)

    def _change(self, run_id: str, **facts: str | float | None) -> None:
        change = update(RunRow).where(col(RunRow.id) == run_id).values(**facts)
        with self._database.writing() as session:
            result = session.execute(change)
            assert isinstance(result, CursorResult)
            if result.rowcount != 1:
                raise UnknownRunError(run_id)


def _owner() -> dict[str, Any]:
    return asdict(this_process())


def _is_dead(row: RunRow) -> bool:
    owner = Process(row.host, row.pid, row.mark)
    if owner.host != this_process().host:
        return now() - row.seen_at > SILENCE
    return not is_alive(owner)


def _parts(
    session: Session, run_ids: builtins.list[str] | None
) -> dict[str, builtins.list[RunFlowRow]]:
    """The flows of these runs, or of all, in order."""
    query = select(RunFlowRow).order_by(col(RunFlowRow.place))
    if run_ids is not None:
        query = query.where(col(RunFlowRow.run_id).in_(run_ids))
    held: dict[str, builtins.list[RunFlowRow]] = {}
    for part in session.exec(query):
        held.setdefault(part.run_id, []).append(part)
    return held


def _flow(part: RunFlowRow) -> RunFlow:
    return RunFlow(
        id=part.flow_id, name=part.name, revision=part.revision, fingerprint=part.fingerprint
    )
