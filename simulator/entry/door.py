"""The door of every flow: who comes to it, when, and who may enter (semantics B.1)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from flows.actions.base import Change
from flows.columns import Ints, Times
from flows.people import Profiles
from simulator.entry.checks import checks
from simulator.entry.comers import Comers
from simulator.entry.dates import Dates
from simulator.entry.events import Events
from simulator.entry.members import Members
from simulator.entry.offers import Offers
from simulator.entry.past import Past
from simulator.entry.walk import Walk
from simulator.floor import Floor
from simulator.happened import Happened
from simulator.journal import FINISHED
from simulator.plan import END
from simulator.scribe import Scribe


class Door:
    """Posts those who come, admits those who may.

    Who is posted with a time that lies before their coming (`Floor.post(..., since=)`) comes into
    the midst of the flow: steps due by then lie behind them, logged as such, and do nothing; who
    would be through with the flow does not enter. So come those whose date is set when the flow
    would have begun for it, and profiles added from the past.
    """

    def __init__(self, floor: Floor, scribe: Scribe) -> None:
        self._floor, self._scribe = floor, scribe
        self._floors = [floor.at_version(i) for i in range(len(floor.plan.versions))]
        self._past = Past(floor)
        self._events, self._members = Events(floor, self._past), Members(floor, self._past)
        self._dates, self._offers = Dates(floor), Offers(floor)

    def open(self, profiles: Profiles) -> None:
        """Post all whose coming is known from the start, but for those who come by events."""
        self._members.open(profiles)
        self._dates.open()

    def happened(self, what: Happened, first: int) -> None:
        """Events came into the history of their metric, the first of them with this number."""
        self._events.post(what, first)

    def noticed(self, what: Happened) -> None:
        """Something happened, whether or not a flow reads such events."""
        self._offers.take(what)

    def changed(self, change: Change, rows: NDArray[np.integer], now: Times) -> None:
        """Carry out what an action changes."""
        if change.kind != "property":
            self._members.changed(change, rows, now)
            return
        before = self._floor.people.column(change.name)
        self._floor.people.set_property(change, rows)
        self._dates.changed(change, before, rows, now)

    def admit(self, flow: int, at: NDArray[np.intp]) -> None:
        """Let in who may enter now; the others are turned away with the reason.

        Each comes to the version of the flow that holds by then.
        """
        at = self._offers.told(flow, at)
        if len(self._floors) == len(self._floor.plan.flows):
            self._admit(self._floor, flow, at)
            return
        due = self._floor.agenda.all.due[at]
        for version, which in self._floor.plan.versions_at(flow, due):
            self._admit(self._floors[version], flow, at[which])

    def _admit(self, floor: Floor, flow: int, at: NDArray[np.intp]) -> None:
        agenda = floor.agenda
        for reason, passes in checks(floor, flow):
            who = Comers.of(agenda.all, at)
            passed = passes(floor, flow, who)
            if not passed.all():
                fails = ~passed
                floor.turn_away(flow, reason, who.rows[fails], who.now[fails])
                agenda.retire(at[fails])
                at = at[passed]
        late = agenda.all.arrived[at] < agenda.all.due[at]
        if late.any():
            self._insert(floor, flow, at[late])
            at = at[~late]
        if len(at):
            self._enter(floor, flow, at)

    def _enter(self, floor: Floor, flow: int, at: NDArray[np.intp]) -> None:
        who = Comers.of(floor.agenda.all, at)
        runs = self._enrol(flow, who)
        first = floor.plan.entries[flow]
        floor.place(at, first, who.now, runs)
        if first == END:
            floor.leave(at, who.now, FINISHED)

    def _insert(self, floor: Floor, flow: int, at: NDArray[np.intp]) -> None:
        """Let these people into the midst of a flow, if it is not over for them."""
        walk = Walk(floor, flow, Comers.of(floor.agenda.all, at))
        self._floor.agenda.retire(at[~walk.kept])
        at = at[walk.kept]
        if not len(at):
            return
        walk.write(self._scribe)
        runs = self._enrol(flow, Comers.of(self._floor.agenda.all, at))
        walk.remember(runs)
        self._floor.place(at, walk.place[walk.kept], walk.due[walk.kept], runs)
        waits = walk.waits[walk.kept]
        for place in np.unique(waits[waits != END]).tolist():
            self._floor.wait_to_the_end(at[waits == place], place)

    def _enrol(self, flow: int, who: Comers) -> Ints:
        """Open runs for these people; their numbers."""
        people = self._floor.people
        before = people.last_entered[flow][who.rows]
        people.visits[flow][who.rows] += 1
        people.last_entered[flow][who.rows] = np.maximum(before, who.since)
        runs = self._floor.journal.enrolments.add(
            len(who),
            row=who.rows.astype(np.int32),
            flow=flow,
            visit=people.visits[flow][who.rows],
            entered=who.since,
            before=before,
            ref=who.ref,
        )
        self._floor.counts.flows[flow].enrolled += len(who)
        self._floor.counts.flows[flow].added += self._past.added(flow, who)
        self._floor.observer.entered(flow, who.rows, who.now)
        return runs
