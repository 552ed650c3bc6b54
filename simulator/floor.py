"""What the parts of the engine share of one shard: its people, what is due, what is known."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from flows.columns import Ints, Times
from flows.metrics import PLACED_ORDER
from simulator.agenda import ENTER, STEP, Agenda, entries, rank
from simulator.batch import Batch, Stage
from simulator.counts import Counts
from simulator.happened import Happened
from simulator.journal import LEFT, Journal
from simulator.observer import Observer
from simulator.people import People
from simulator.plan import Plan
from simulator.runs import Runs


@dataclass(frozen=True, slots=True, eq=False)
class Floor:
    """One shard in the middle of a run. Its parts know it; it knows none of them."""

    plan: Plan
    people: People
    agenda: Agenda
    journal: Journal
    counts: Counts
    observer: Observer
    stage: Stage

    def at_version(self, version: int) -> Floor:
        """The floor as it is for people in this version of a flow that is edited in the run."""
        plan = self.plan.at_version(version)
        return self if plan is self.plan else replace(self, plan=plan)

    def post(
        self,
        flow: int,
        rows: NDArray[np.integer],
        due: Times,
        *,
        ref: Ints,
        since: Times | None = None,
    ) -> None:
        """These people come to the flow when due.

        Whose run counts from an earlier time, `since`, comes in where it would stand by then.
        """
        more = entries(ENTER, rows, due, flow, ref=ref)
        if since is not None:
            more.arrived = since
        self.agenda.add(more)

    def turn_away(self, flow: int, reason: str, rows: NDArray[np.integer], at: Times) -> None:
        """These people came to the flow and may not enter."""
        if len(rows):
            self.counts.flows[flow].turned_away[reason] += len(rows)
            self.observer.turned_away(flow, reason, rows, at)

    def comers(self, flow: int, rows: NDArray[np.integer], now: Times, ref: Ints) -> Batch:
        """The scene of people who come to a flow, as if each began a run of it now."""
        people = self.people
        visit = people.visits[flow][rows].astype(np.int64) + 1
        before = people.last_entered[flow][rows]
        runs = Runs(rows, now, visit, now, before, ref)
        return Batch(self.stage, flow, "", runs, plan=self.plan)

    def place(
        self, at: NDArray[np.intp], place: int | NDArray[np.int16], due: Times, runs: Ints
    ) -> None:
        """Put entries on a step: the runs arrive at `place` when due."""
        held, enrolments = self.agenda.all, self.journal.enrolments
        held.due[at] = held.arrived[at] = due
        held.place[at] = place
        held.ref[at] = runs
        held.rank[at] = rank(STEP, enrolments.visit[runs], enrolments.flow[runs])

    def leave(self, at: NDArray[np.intp], when: Times, because: int) -> None:
        """These runs, all of one flow, are over at these times."""
        if not len(at):
            return
        runs = self.agenda.all.ref[at]
        self.journal.enrolments.close(runs, when, because)
        flow = int(self.journal.enrolments.flow[runs[0]])
        self.counts.flows[flow].left[LEFT[because]] += len(at)
        self.agenda.retire(at)

    def wait_to_the_end(self, at: NDArray[np.intp], place: int) -> None:
        """What these runs wait for at a place lies behind the end of the run."""
        if len(at):
            self.counts.actions[place].waiting += len(at)
            self.counts.flows[self.plan.places[place].flow].waiting += len(at)
            self.agenda.retire(at)

    def log(self, what: Happened) -> None:
        """Write down what of this happened inside the run."""
        plan, counts = self.plan, self.counts
        inside = np.flatnonzero((what.times >= plan.start) & (what.times < plan.end))
        rows, times, values = (held[inside] for held in (what.rows, what.times, what.values))
        size = len(rows)
        if not size:
            return
        words = self.journal.words
        self.journal.events.add(
            size,
            row=rows.astype(np.int32),
            metric=words(what.metric),
            at=times,
            value=values,
            origin=what.origin,
        )
        counts.events[what.metric] += size
        if what.metric == PLACED_ORDER:
            counts.orders += size
            counts.revenue += float(np.nansum(values))
