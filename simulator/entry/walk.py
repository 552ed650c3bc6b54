"""Where people would stand by now if they had come into a flow at an earlier time."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from flows.actions.base import EXIT, STAY, Step, passing
from flows.actions.reasons import BEFORE_ENTRY, CODE, NOTES
from flows.columns import Ints, Times
from simulator.batch import Batch
from simulator.entry.comers import Comers
from simulator.floor import Floor
from simulator.memory import PASSED, Memory
from simulator.plan import END, Place
from simulator.runs import Runs
from simulator.scribe import Scribe


@dataclass(frozen=True, slots=True, eq=False)
class _Passed:
    """People who went by a place, as numbers among those who walk, and how."""

    place: Place
    who: NDArray[np.intp]
    arrived: Times
    way: NDArray[np.int16]
    leave_at: Times
    remember: NDArray[np.int16] | None = None

    def of(self, kept: NDArray[np.bool_]) -> _Passed:
        """The same for those who are kept."""
        own = kept[self.who]
        return replace(
            self,
            who=self.who[own],
            arrived=self.arrived[own],
            way=self.way[own],
            leave_at=self.leave_at[own],
            remember=None if self.remember is None else self.remember[own],
        )


class Walk:
    """The way of some people through a flow up to now, on which no step does anything.

    Splits and waits decide as of the time at which each person would have come to them; steps
    that act are passed by. Whose way would be over by now is not `kept`.
    """

    def __init__(self, floor: Floor, flow: int, who: Comers) -> None:
        self._floor, self._flow, self._who = floor, flow, who
        people = floor.people
        self._visits = people.visits[flow][who.rows].astype(np.int64) + 1
        self._before = people.last_entered[flow][who.rows]
        self.place = np.full(len(who), floor.plan.entries[flow], dtype=np.int16)
        """Where each comes next."""
        self.due = who.since.copy()
        """When each comes there."""
        self.waits = np.full(len(who), END, dtype=np.int16)
        """The place at which each waits to the end of the run; END for all others."""
        self._passed: list[_Passed] = []
        self._memory = Memory()
        """What steps tell those who walk to remember; they have no runs of their own yet."""
        held = floor.plan.flows[flow]
        for place in floor.plan.places:
            if place.flow == flow and floor.plan.document(place) is held:
                self._pass(place)
        self.kept = (self.waits != END) | ((self.place != END) & (self.due > who.now))

    def write(self, scribe: Scribe) -> None:
        """Log the way of those who are kept, each step with the note that it lies behind them."""
        note = CODE[BEFORE_ENTRY]
        for passed in self._passed:
            own = passed.of(self.kept)
            if len(own.who):
                notes = np.full(len(own.who), note, dtype=np.int16)
                step = Step(own.way, own.leave_at, notes, NOTES)
                batch = self._batch(own.place, own.who, own.arrived)
                scribe.step(own.place, batch, step, own.arrived)

    def remember(self, runs: Ints) -> None:
        """The runs of those who are kept remember what steps behind them told.

        In an edited flow, no step behind them is repeated either.
        """
        number, memory = np.cumsum(self.kept) - 1, self._floor.stage.memory
        for passed in self._passed:
            own = passed.of(self.kept)
            mine, key = runs[number[own.who]], passed.place.action.key
            if passed.place.edition:
                ones = np.ones(len(mine), dtype=np.int16)
                memory.keep(self._flow, PASSED + key, mine, ones)
            if own.remember is not None:
                memory.keep(self._flow, key, mine, own.remember)

    def _pass(self, place: Place) -> None:
        """Lead those who have come to the place by now on from it."""
        here = (self.place == place.number) & (self.due <= self._who.now) & (self.waits == END)
        who = np.flatnonzero(here)
        if not len(who):
            return
        arrived = self.due[who]
        batch = self._batch(place, who, arrived)
        step = passing(batch) if place.action.status else place.action.advance(batch)
        way = np.where(step.way == STAY, 0, step.way).astype(np.int16)
        to_the_end = (step.leave_at >= self._floor.plan.end) & (way != EXIT)
        self.waits[who[to_the_end]] = place.number
        self.place[who] = np.where(way == EXIT, END, place.targets[way])
        self.due[who] = step.leave_at
        self._passed.append(_Passed(place, who, arrived, way, step.leave_at, step.remember))
        if step.remember is not None:
            self._memory.keep(self._flow, place.action.key, who, step.remember)

    def _batch(self, place: Place, who: NDArray[np.intp], arrived: Times) -> Batch:
        runs = Runs(
            self._who.rows[who],
            arrived,
            self._visits[who],
            self._who.since[who],
            self._before[who],
            self._who.ref[who],
            who,
            self._memory,
        )
        plan = self._floor.plan
        return Batch(self._floor.stage, self._flow, place.action.key, runs, plan=plan)
