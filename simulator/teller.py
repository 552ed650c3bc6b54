"""Looks on while one person runs, and writes down each thing that happens and why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from flows.actions.base import EXIT, STAY, Sends, Step
from flows.actions.reasons import NOTES, SENT
from flows.columns import Times
from flows.conditions.base import Names
from flows.document import Flow
from flows.templates.products import Products
from flows.titles import described
from flows.triggers import CatalogueTrigger
from simulator.about import change_of, thing_of
from simulator.batch import Batch
from simulator.catalogue.for_run import catalogue_of
from simulator.contexts import MessageContext
from simulator.entry import (
    FAILS_FLOW_FILTERS,
    FAILS_TRIGGER_FILTER,
    FUTURE_EVENT,
    LATE_EVENT,
    NO_LONGER_IN_LIST,
    NOTHING_LIVE,
    REENTRY_BLOCKED,
)
from simulator.plan import Place, Plan, flow_key

Kind = Literal[
    "entered",
    "turned-away",
    "sent",
    "skipped",
    "waited",
    "chose",
    "changed",
    "event",
    "passed",
    "left",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing that happened, in words. `at` and `until` are in UTC."""

    at: datetime
    kind: Kind
    flow: str
    flow_id: str
    action_id: str | None
    title: str
    why: str
    until: datetime | None = None
    order: int = 5
    """Of lines at one moment the lower comes first: what the person did, then entries, steps, what
    came of these, and the end."""


def when(time: int) -> datetime:
    """µs since 1970 as a moment in UTC."""
    return datetime.fromtimestamp(time / 1e6, UTC)


_AWAY = {
    FAILS_TRIGGER_FILTER: "The event does not pass the trigger's filter.",
    FAILS_FLOW_FILTERS: "The person does not pass the flow filter.",
    REENTRY_BLOCKED: "They were in the flow before, and it lets nobody back in so soon.",
    NO_LONGER_IN_LIST: "They had left the list or segment by then.",
    NOTHING_LIVE: "No step of the flow is live.",
    LATE_EVENT: "The event was recorded too late.",
    FUTURE_EVENT: "The event was recorded before it happened.",
}


class Teller:
    """An observer of a run of one person."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._names = Names(plan.names)
        self.lines: list[Line] = []
        self.changed: dict[int, str] = {}
        """What became of the items that started runs, by moment."""
        self._entries: dict[int, list[int]] = {}
        """By flow, where the lines of its entries stand, the first visit first."""
        self.messages: list[MessageContext] = []

    def entered(self, flow: int, rows: NDArray[np.integer], at: Times) -> None:
        """The person came in."""
        held = self._plan.flows[flow]
        why = held.trigger.sentence(self._names) if held.trigger else ""
        for time in at.tolist():
            self._entries.setdefault(flow, []).append(len(self.lines))
            self._line(held, time, "entered", f"Entered {held.name}", why=f"{why}.")

    def turned_away(self, flow: int, reason: str, rows: NDArray[np.integer], at: Times) -> None:
        """The person came and was not let in."""
        held = self._plan.flows[flow]
        for time in at.tolist():
            why = _AWAY.get(reason, f"{reason}.")
            self._line(held, time, "turned-away", f"Did not enter {held.name}", why=why)

    def stepped(self, place: Place, batch: Batch, step: Step) -> None:
        """The person came to a step, and this is what it did."""
        flow = self._plan.flows[place.flow]
        self._tell_start(place.flow, batch)
        kind, title = self._judge(place, batch, step)
        why = place.action.explain(batch, self._names)
        leaves = int(step.leave_at[0])
        until = when(leaves) if leaves > int(batch.now[0]) else None
        self.lines.append(
            Line(
                at=when(int(batch.now[0])),
                kind=kind,
                flow=flow.name,
                flow_id=flow_key(flow),
                action_id=place.action.key,
                title=title,
                why=why or f"{place.action.sentence(self._names)}.",
                until=until,
            )
        )
        if step.sends and step.sends.reason[0] == SENT:
            self.messages.append(self._context(place, batch, step.sends))

    def _tell_start(self, flow: int, batch: Batch) -> None:
        """Keep what of the catalogue started a run, and add to its entry which object did."""
        entries, visit = self._entries.get(flow, []), int(batch.visit[0])
        if not 1 <= visit <= len(entries) or entries[visit - 1] < 0:
            return
        place, entries[visit - 1] = entries[visit - 1], -1
        line = self.lines[place]
        names = {key.rpartition("/")[2]: name for key, name in self._plan.names.items()}
        if isinstance(self._plan.flows[flow].trigger, CatalogueTrigger):
            self.changed[round(line.at.timestamp() * 1e6)] = change_of(batch.event())
        elif thing := thing_of(batch.object(), names):
            self.lines[place] = replace(line, why=f"{line.why} For {thing}.")

    def _judge(self, place: Place, batch: Batch, step: Step) -> tuple[Kind, str]:
        label, says = place.action.face.label, described(place.action, self._names)
        if step.way[0] == EXIT:
            return "left", f"{label}: left the flow"
        if step.way[0] == STAY:
            return "waited", f"{label} held back: {says}"
        if step.sends:
            return _sent_or_skipped(int(step.sends.reason[0]), label, says)
        if step.note is not None and step.note[0] >= 0:
            return "passed", f"{label} passed over ({step.notes[int(step.note[0])]})"
        if len(place.action.ways()) > 1:
            way = place.action.ways()[int(step.way[0])]
            return "chose", f"{label}: {way.label or way.name}"
        waits = bool(step.leave_at[0] > batch.now[0])
        kind: Kind = "changed" if step.changes else "waited" if waits else "passed"
        return kind, place.action.sentence(self._names)

    def _context(self, place: Place, batch: Batch, sends: Sends) -> MessageContext:
        variation = int(sends.variation[0])
        people = batch.everything()
        return MessageContext(
            flow_id=flow_key(self._plan.flows[place.flow]),
            action_id=place.action.key,
            variation=sends.variations[variation] if variation >= 0 else None,
            channel=sends.channel,
            at=when(int(batch.now[0])),
            visit=int(batch.visit[0]),
            profile_id=batch.profile_id(0),
            person=people,
            event=batch.event(),
            object=batch.object(),
            objects=batch.having(),
            feeds=batch.rules.feeds,
            coupons=batch.rules.coupons,
            products=self._products,
        )

    @cached_property
    def _products(self) -> Products:
        return Products(catalogue_of(self._plan.scenario))

    def _line(self, flow: Flow, at: int, kind: Kind, title: str, *, why: str) -> None:
        self.lines.append(
            Line(
                at=when(at),
                kind=kind,
                flow=flow.name,
                flow_id=flow_key(flow),
                action_id=None,
                title=title,
                why=why,
                order=1,
            )
        )


def _sent_or_skipped(reason: int, label: str, says: str) -> tuple[Kind, str]:
    if reason == SENT:
        return "sent", f"{label} sent: {says}"
    return "skipped", f"{label} skipped ({NOTES[reason]}): {says}"
