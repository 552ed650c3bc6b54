"""Leads the people of an edited flow from one of its versions to the next (semantics B.8)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from flows.actions.base import STAY, Step
from flows.columns import Bools, Ints, Times
from simulator.floor import Floor
from simulator.journal import FINISHED
from simulator.journal import REMOVED as REMOVED_LEFT
from simulator.memory import PASSED
from simulator.plan import REMOVED, Place, Plan


class HandOver:
    """Asked only about places of flows that are edited in the run."""

    def __init__(self, floor: Floor, coming: list[list[NDArray[np.intp]]]) -> None:
        """`coming` holds by place who comes to it in this wave."""
        self._floor, self._coming = floor, coming
        plan = floor.plan
        self._plans = [plan.at_version(i) for i in range(len(plan.versions))]

    def plan_of(self, place: Place) -> Plan:
        """The plan as it is for people in the version of this place."""
        return self._plans[place.edition.version if place.edition else place.flow]

    def here(self, place: Place, at: NDArray[np.intp]) -> NDArray[np.intp]:
        """Those for whom the step is there and new; the others go where they belong, at once."""
        assert place.edition is not None
        held = self._floor.agenda.all
        over = held.due[at] >= place.edition.until
        if over.any():
            self._hand_on(place, at[over], place.edition.until)
            at = at[~over]
        if len(place.action.ways()) < 2:
            memory = self._floor.stage.memory
            done = memory.recall(place.flow, PASSED + place.action.key, held.ref[at]) >= 0
            if done.any():
                self._lead(at[done], int(place.targets[0]), held.due[at[done]])
                at = at[~done]
        return at

    def note(self, place: Place, runs: Ints, step: Step) -> None:
        """A step that somebody has passed is never repeated in the run; splits are asked again."""
        passed = runs[step.way != STAY]
        if len(place.action.ways()) < 2 and len(passed):
            ones = np.ones(len(passed), dtype=np.int16)
            memory = self._floor.stage.memory
            memory.keep(place.flow, PASSED + place.action.key, passed, ones)

    def gone(self, place: Place, at: NDArray[np.intp], step: Step, late: Bools) -> Bools:
        """Of those who wait beyond the end of the run, whom an edit before it takes out."""
        targets = np.where(step.way == STAY, place.number, place.targets[step.way])
        gone = np.zeros(len(at), dtype=np.bool_)
        for target in np.unique(targets[late & (targets >= 0)]).tolist():
            last, when = self._fate(target)
            if last < 0:
                leaving = late & (targets == target)
                self._leave(at[leaving], np.full(np.count_nonzero(leaving), when), last)
                gone |= leaving
        return gone

    def _fate(self, number: int) -> tuple[int, int]:
        """Where those who wait at a place belong in the end, and since when."""
        since = self._floor.plan.start
        while number >= 0:
            edition = self._floor.plan.places[number].edition
            if edition is None or edition.until >= self._floor.plan.end:
                break
            since, number = edition.until, edition.follows
        return number, since

    def _hand_on(self, place: Place, at: NDArray[np.intp], when: int) -> None:
        """They were waiting here when the next version began."""
        assert place.edition is not None
        held, follows = self._floor.agenda.all, place.edition.follows
        if follows >= 0 and self._floor.plan.places[follows].action.key != place.action.key:
            held.arrived[at] = held.due[at]
        self._lead(at, follows, np.full(len(at), when, dtype=np.int64))

    def _lead(self, at: NDArray[np.intp], target: int, when: Times) -> None:
        """On to a place at the time at which each is due, or out at another."""
        if target < 0:
            self._leave(at, when, target)
            return
        self._floor.agenda.all.place[at] = target
        self._coming[target].append(at)

    def _leave(self, at: NDArray[np.intp], when: Times, target: int) -> None:
        self._floor.leave(at, when, REMOVED_LEFT if target == REMOVED else FINISHED)
