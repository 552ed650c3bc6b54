"""Who comes to a date flow: by a date of the person, or of a custom object (semantics B.3)."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from flows.actions.base import Change
from flows.columns import LONG_AGO, NEVER, Bools, Column, Ints, Times
from flows.moments import HOUR
from flows.timing import last_entry, occurrences
from flows.triggers.date import DateTrigger, ObjectDateTrigger, ProfileDateTrigger
from simulator.floor import Floor
from simulator.objects import object_refs


@dataclass(frozen=True, slots=True, eq=False)
class _Dated:
    """What the date of a flow belongs to, an entry each: people, or objects of people."""

    rows: NDArray[np.integer]
    """Whose it is."""
    dates: Column
    before: Column
    """The dates that held until now."""
    objects: NDArray[np.intp] | None = None
    """Their numbers; None for people."""

    def refs(self, which: NDArray[np.integer], days: Ints) -> Ints:
        """What runs about these days of some of them refer to."""
        return days if self.objects is None else object_refs(self.objects[which], days)


class Dates:
    """Posts those whose date comes near."""

    def __init__(self, floor: Floor) -> None:
        self._floor = floor
        triggers = [(i, flow.trigger) for i, flow in enumerate(floor.plan.flows)]
        self._of_people = [(i, t) for i, t in triggers if isinstance(t, ProfileDateTrigger)]
        self._of_objects = [(i, t) for i, t in triggers if isinstance(t, ObjectDateTrigger)]
        ahead = floor.plan.scenario.rules.dates_ahead_hours
        self._first = floor.plan.start + ahead * HOUR
        """From when on people come, unless their date changes."""

    def open(self) -> None:
        """Everybody comes at all their times, but for those that are too near (semantics B.3)."""
        size = len(self._floor.people)
        for i, trigger in self._of_people:
            dated = self._people(trigger, np.arange(size))
            self._post(i, trigger, dated, np.full(size, self._first - 1))
        for i, of_object in self._of_objects:
            self._open_objects(i, of_object)

    def _open_objects(self, flow: int, trigger: ObjectDateTrigger) -> None:
        """Objects that come in the course of the run count from then on."""
        plan = self._floor.plan
        held = self._floor.stage.objects.of(trigger.object_type_id)
        if held is None:
            return
        new = held.since >= plan.start
        dated = self._objects(trigger, np.arange(len(held)))
        self._post(flow, trigger, dated, np.where(new, held.since, self._first - 1))
        self._join(flow, trigger, np.flatnonzero(new & (held.since < plan.end)))

    def _join(self, flow: int, trigger: ObjectDateTrigger, new: NDArray[np.intp]) -> None:
        """Objects that come in the midst of what has begun by their date."""
        held = self._floor.stage.objects.of(trigger.object_type_id)
        assert held is not None
        self._insert(flow, trigger, self._objects(trigger, new), held.since[new])

    def changed(
        self, change: Change, before: Column, rows: NDArray[np.integer], now: Times
    ) -> None:
        """Whoever's date has changed comes at the new times instead, or into the midst of them.

        Another clock moves what is to come; what has begun by it is not begun again (**RULE**).
        """
        touched = np.flatnonzero(change.rows)
        here, at = rows[touched], now[touched]
        for i, trigger in self._of_people:
            own = change.name == trigger.date_name
            if own or (change.name == "timezone" and trigger.timezone == "profile"):
                self._floor.agenda.withdraw(here, i)
                dated = replace(self._people(trigger, here), before=before.take(here))
                self._post(i, trigger, dated, at if own else np.maximum(at, self._first - 1))
                if own:
                    self._insert(i, trigger, dated, at)
        for i, of_object in self._of_objects:
            if change.name == "timezone" and of_object.timezone == "profile":
                self._move_objects(i, of_object, here, at)

    def _move_objects(
        self, flow: int, trigger: ObjectDateTrigger, rows: NDArray[np.integer], now: Times
    ) -> None:
        held = self._floor.stage.objects.of(trigger.object_type_id)
        if held is None:
            return
        self._floor.agenda.withdraw(rows, flow)
        when = np.full(len(self._floor.people), LONG_AGO, dtype=np.int64)
        when[rows] = now
        own = np.flatnonzero(when[held.rows] != LONG_AGO)
        new = held.since[own] >= self._floor.plan.start
        after = np.maximum(when[held.rows[own]], np.where(new, held.since[own], self._first - 1))
        self._post(flow, trigger, self._objects(trigger, own), after)
        to_come = held.since[own] > when[held.rows[own]]
        self._join(flow, trigger, own[to_come & (held.since[own] < self._floor.plan.end)])

    def _people(self, trigger: ProfileDateTrigger, rows: NDArray[np.integer]) -> _Dated:
        dates = self._floor.people.column(trigger.date_name).take(rows)
        return _Dated(rows, dates, dates)

    def _objects(self, trigger: ObjectDateTrigger, which: NDArray[np.intp]) -> _Dated:
        objects = self._floor.stage.objects
        held = objects.of(trigger.object_type_id)
        assert held is not None
        dates = objects.column(trigger.object_type_id, trigger.date_name).take(which)
        return _Dated(held.rows[which], dates, Column.unset(len(which)), which)

    def _post(self, flow: int, trigger: DateTrigger, dated: _Dated, after: Times) -> None:
        """They come at all their times behind their own `after`."""
        if not len(dated.rows):
            return
        found = occurrences(
            dated.dates,
            self._zones(trigger, dated.rows),
            trigger,
            start=int(after.min()) + 1,
            end=self._floor.plan.end,
        )
        later = found.at > after[found.rows]
        which, at, day = found.rows[later], found.at[later], found.target_day[later]
        refs = dated.refs(which, day)
        self._floor.post(flow, dated.rows[which], at, ref=refs)

    def _insert(self, flow: int, trigger: DateTrigger, dated: _Dated, now: Times) -> None:
        """Those whose date is new come into the midst of what has begun by it."""
        if not len(dated.rows):
            return
        zones = self._zones(trigger, dated.rows)
        since, day = last_entry(dated.dates, zones, trigger, now)
        old, old_day = last_entry(dated.before, zones, trigger, now)
        new = np.flatnonzero((since != LONG_AGO) & ((old == LONG_AGO) | (old_day != day)))
        rows, refs = dated.rows[new], dated.refs(new, day[new])
        new, refs = (held[~self._under_way(flow, rows, refs)] for held in (new, refs))
        # what is due at the very moment at which a date is set is past by then
        due = now[new] + (since[new] == now[new])
        self._floor.post(flow, dated.rows[new], due, ref=refs, since=since[new])

    def _under_way(self, flow: int, rows: NDArray[np.integer], refs: Ints) -> Bools:
        """Who is in a run of the flow about the same day (and object) already."""
        held = self._floor.journal.enrolments
        size = held.size
        open_runs = (held.flow[:size] == flow) & (held.left_at[:size] == NEVER)
        runs = np.flatnonzero(open_runs & np.isin(held.row[:size], rows))
        pairs = np.stack((np.append(rows, held.row[runs]), np.append(refs, held.ref[runs])), axis=1)
        _, codes = np.unique(pairs, axis=0, return_inverse=True)
        codes = codes.reshape(-1)
        return np.isin(codes[: len(rows)], codes[len(rows) :])

    def _zones(self, trigger: DateTrigger, rows: NDArray[np.integer]) -> Column:
        return self._floor.people.zones(trigger.timezone).take(rows)
