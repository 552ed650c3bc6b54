"""The door of every flow: who comes to it, when, and who may enter (semantics B.1)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

from flows.actions.base import Change
from flows.columns import NEVER, Bools, Ints, Times
from flows.document import Flow
from flows.people import Profiles
from flows.timing import occurrences
from flows.triggers.date import ProfileDateTrigger
from flows.triggers.groups import ListTrigger, SegmentTrigger
from flows.triggers.metric import MetricTrigger
from simulator.agenda import ENTER, entries
from simulator.batch import Batch, Runs
from simulator.journal import FINISHED
from simulator.plan import DAY, END

if TYPE_CHECKING:
    from simulator.engine import Engine

_HOUR = DAY // 24
_UNITS = {"hour": _HOUR, "day": DAY, "week": 7 * DAY}

FAILS_TRIGGER_FILTER = "Fails Trigger Filter"
FAILS_FLOW_FILTERS = "Fails Flow Filters"
REENTRY_BLOCKED = "Re-entry Blocked"
NO_LONGER_IN_LIST = "Person No Longer in List"
NOTHING_LIVE = "No live step"


@dataclass(frozen=True, slots=True, eq=False)
class _Comers:
    """Who comes, when, and by which event or day."""

    rows: NDArray[np.integer]
    now: Times
    ref: Ints


_Check: TypeAlias = Callable[[int, _Comers], Bools]
"""Who of those that come to a flow passes."""


class Door:
    """Posts those who come, admits those who may."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._by_group: dict[str, list[int]] = {}
        for i, flow in enumerate(engine.plan.flows):
            if isinstance(flow.trigger, ListTrigger | SegmentTrigger) and flow.trigger.id:
                self._by_group.setdefault(flow.trigger.id, []).append(i)

    def post_events(
        self, metric: str, rows: NDArray[np.integer], times: Times, numbers: Ints
    ) -> None:
        """Those whose event starts a flow and passes its trigger filter come at that time."""
        for i in self._engine.plan.started_by(metric):
            trigger = self._engine.plan.flows[i].trigger
            passed = np.ones(len(rows), dtype=np.bool_)
            if isinstance(trigger, MetricTrigger) and trigger.trigger_filter and len(rows):
                passed = trigger.trigger_filter.test(self._batch(i, rows, times, numbers))
                self._turn_away(i, FAILS_TRIGGER_FILTER, rows[~passed], times[~passed])
            self._post(i, rows[passed], times[passed], numbers[passed])

    def post_members(self, profiles: Profiles) -> None:
        """Those who join a list or segment inside the run come at that time."""
        start = self._engine.plan.start
        for group, flows in self._by_group.items():
            joined = profiles.lists.get(group)
            joined = profiles.segments.get(group) if joined is None else joined
            if joined is None:
                continue
            rows = np.flatnonzero((joined >= start) & (joined < self._engine.plan.end))
            for i in flows:
                self._post(i, rows, joined[rows], np.zeros(len(rows), dtype=np.int64))

    def post_dates(self) -> None:
        """Those whose date comes near inside the run come at the time counted back from it."""
        rows = np.arange(len(self._engine.people))
        before = np.full(len(rows), self._engine.plan.start - 1, dtype=np.int64)
        for i, _ in self._date_triggers():
            self._post_dates(i, rows, before)

    def _date_triggers(self) -> Iterator[tuple[int, ProfileDateTrigger]]:
        for i, flow in enumerate(self._engine.plan.flows):
            if isinstance(flow.trigger, ProfileDateTrigger):
                yield i, flow.trigger

    def _post_dates(self, flow: int, rows: NDArray[np.integer], after: Times) -> None:
        """These people come to a date flow, each at all its times behind its own `after`."""
        trigger = self._engine.plan.flows[flow].trigger
        if not len(rows) or not isinstance(trigger, ProfileDateTrigger):
            return
        people = self._engine.people
        found = occurrences(
            people.column(trigger.date_name).take(rows),
            people.zones(trigger.timezone).take(rows),
            trigger,
            start=int(after.min()) + 1,
            end=self._engine.plan.end,
        )
        later = found.at > after[found.rows]
        self._post(flow, rows[found.rows[later]], found.at[later], found.target_day[later])

    def changed(self, change: Change, rows: NDArray[np.integer], now: Times) -> None:
        """Carry out what an action changes; joining a list brings people to the flows of it."""
        people = self._engine.people
        if change.kind == "property":
            people.set_property(change, rows)
            self._dates_changed(change, rows, now)
            return
        joined = people.joined(change.name)
        touched = np.flatnonzero(change.rows)
        member = joined[rows[touched]] <= now[touched]
        if change.kind == "list-remove":
            joined[rows[touched[member]]] = NEVER
        else:
            self._join(change.name, rows[touched[~member]], now[touched[~member]])

    def _join(self, group: str, rows: NDArray[np.integer], now: Times) -> None:
        """These people become members; who was to join later has joined already by then."""
        joined = self._engine.people.joined(group)
        expected = rows[joined[rows] != NEVER]
        joined[rows] = now
        for i in self._by_group.get(group, ()):
            if len(expected):
                self._engine.agenda.withdraw(expected, i)
            self._post(i, rows, now, np.zeros(len(rows), dtype=np.int64))

    def admit(self, flow: int, at: NDArray[np.intp]) -> None:
        """Let in who may enter now; the others are turned away with the reason."""
        held, people, plan = self._engine.agenda.all, self._engine.people, self._engine.plan
        for reason, passes in self._checks(plan.flows[flow]):
            passed = passes(flow, _Comers(held.row[at], held.due[at], held.ref[at]))
            fails = at[~passed]
            if len(fails):
                self._turn_away(flow, reason, held.row[fails], held.due[fails])
                self._engine.agenda.retire(fails)
                at = at[passed]
        rows, now, ref = held.row[at], held.due[at], held.ref[at]
        if not len(at):
            return
        before = people.last_entered[flow][rows]
        people.visits[flow][rows] += 1
        people.last_entered[flow][rows] = now
        runs = self._engine.journal.enrolments.add(
            len(at),
            row=rows.astype(np.int32),
            flow=flow,
            visit=people.visits[flow][rows],
            entered=now,
            before=before,
            ref=ref,
        )
        self._engine.counts.flows[flow].enrolled += len(at)
        self._engine.observer.entered(flow, rows, now)
        first = plan.entries[flow]
        self._engine.place(at, first, now, runs)
        if first == END:
            self._engine.leave(at, now, FINISHED)

    def _checks(self, flow: Flow) -> Iterator[tuple[str, _Check]]:
        """Each reason to be turned away, with who passes, in the order in which they are told."""
        if not flow.acts(as_live=self._engine.plan.scenario.rules.as_live):
            yield NOTHING_LIVE, self._nobody
        if isinstance(flow.trigger, ListTrigger | SegmentTrigger) and flow.trigger.id:
            yield NO_LONGER_IN_LIST, self._is_member
        yield REENTRY_BLOCKED, self._may_come_again
        if flow.profile_filter and flow.profile_filter.condition_groups:
            yield FAILS_FLOW_FILTERS, self._passes_filter

    def _nobody(self, flow: int, who: _Comers) -> Bools:
        return np.zeros(len(who.rows), dtype=np.bool_)

    def _is_member(self, flow: int, who: _Comers) -> Bools:
        trigger = self._engine.plan.flows[flow].trigger
        assert isinstance(trigger, ListTrigger | SegmentTrigger)
        passed: Bools = self._engine.people.joined(trigger.id or "")[who.rows] == who.now
        return passed

    def _passes_filter(self, flow: int, who: _Comers) -> Bools:
        asked = self._engine.plan.flows[flow].profile_filter
        assert asked is not None
        return asked.test(self._batch(flow, who.rows, who.now, who.ref))

    def _may_come_again(self, flow: int, who: _Comers) -> Bools:
        last = self._engine.people.last_entered[flow][who.rows]
        been = self._engine.people.visits[flow][who.rows] > 0
        again = self._engine.plan.flows[flow].reentry_criteria
        if again is None:
            trigger = self._engine.plan.flows[flow].trigger
            return ~been | bool(trigger and trigger.reentry_always)
        if again.unit == "alltime":
            return ~been | (again.duration == 0)
        since = who.now - np.where(been, last, who.now)
        passed: Bools = ~been | (since >= again.duration * _UNITS[again.unit])
        return passed

    def _dates_changed(self, change: Change, rows: NDArray[np.integer], now: Times) -> None:
        """Whoever's date or clock has changed comes at the new times instead (semantics B.3)."""
        touched = np.flatnonzero(change.rows)
        for i, trigger in self._date_triggers():
            clock = "timezone" if trigger.timezone == "profile" else None
            if change.name in (trigger.date_name, clock):
                self._engine.agenda.withdraw(rows[touched], i)
                self._post_dates(i, rows[touched], now[touched])

    def _batch(self, flow: int, rows: NDArray[np.integer], now: Times, ref: Ints) -> Batch:
        people = self._engine.people
        visit = people.visits[flow][rows].astype(np.int64) + 1
        before = people.last_entered[flow][rows]
        return Batch(self._engine.stage, flow, "", Runs(rows, now, visit, now, before, ref))

    def _post(self, flow: int, rows: NDArray[np.integer], due: Times, ref: Ints) -> None:
        self._engine.agenda.add(entries(ENTER, rows, due, flow, ref=ref))

    def _turn_away(self, flow: int, reason: str, rows: NDArray[np.integer], at: Times) -> None:
        if len(rows):
            self._engine.counts.flows[flow].turned_away[reason] += len(rows)
            self._engine.observer.turned_away(flow, reason, rows, at)
