"""The loop: take each profile's next due step, advance the batch, place what follows."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from flows.actions.base import EXIT, STAY, Change, Sends, Step
from flows.actions.reasons import CODE, DATE_CHANGED, SENT
from flows.columns import Bools, Ints, Times
from flows.people import Population
from flows.rules import CHANNELS
from simulator.agenda import EFFECT, ENTER, STEP, Agenda, kind_of, rank
from simulator.batch import Batch, Runs, Stage
from simulator.counts import Counts
from simulator.entry import Door
from simulator.happenings import Happenings
from simulator.history import KeyRange
from simulator.journal import DATE_CHANGED as DATE_LEFT
from simulator.journal import FINISHED, LEFT, Journal
from simulator.observer import Nobody, Observer
from simulator.people import People
from simulator.plan import END, Place, Plan
from simulator.scribe import Scribe
from simulator.world import SentBatch, World


class Engine:
    """One shard of a run: `wave` until it says that nothing is left."""

    def __init__(
        self,
        plan: Plan,
        population: Population,
        world: World | None,
        observer: Observer | None = None,
    ) -> None:
        self.plan = plan
        self.observer = observer or Nobody()
        self.people = People(
            population.profiles, len(plan.flows), plan.scenario.rules.account_timezone
        )
        self.agenda = Agenda()
        self.journal = Journal(plan)
        self.counts = Counts(plan)
        self.scribe = Scribe(plan, self.journal, self.counts)
        self.counts.profiles = len(self.people)
        self._world = world
        earliest = min(
            (int(e.times.min()) for e in population.events.values() if len(e)), default=plan.start
        )
        span = KeyRange.over(min(earliest, plan.start), plan.end)
        self.happenings = Happenings(self, span)
        self.stage = Stage(plan, self.people, self.happenings.histories)
        self.door = Door(self)
        self.happenings.take_given(population.events)
        self.door.post_members(population.profiles)
        self.door.post_dates()
        self._comers = 0
        self._coming: list[list[NDArray[np.intp]]] = [[] for _ in plan.places]
        """Per place, who comes to it in this wave; places of a flow lie in order of its links."""

    def wave(self) -> bool:
        """Advance every profile by its next due step; False when nothing is left."""
        due = self.agenda.next_wave()
        if not len(due):
            return False
        self._comers = max(self._comers, len(due))
        held = self.agenda.all
        kinds = kind_of(held.rank[due])
        self._take_effect(due[kinds == EFFECT])
        for flow, at in _grouped(held.place, due[kinds == ENTER]):
            self.door.admit(flow, at)
        for number, at in _grouped(held.place, due[kinds == STEP]):
            self._coming[number].append(at)
        for number, waiting in enumerate(self._coming):
            if waiting:
                at = waiting[0] if len(waiting) == 1 else np.concatenate(waiting)
                self._step(self.plan.places[number], at)
                waiting.clear()
        return True

    def share(self) -> float:
        """How much of the run is behind: the people's mean place in its time, 0 to 1."""
        plan, due = self.plan, np.clip(self.agenda.upcoming(), self.plan.start, self.plan.end)
        if not len(due) or not self._comers:
            return 0.0
        ahead = float((plan.end - due).sum()) / (plan.end - plan.start)
        return max(0.0, 1.0 - ahead / self._comers)

    def place(self, at: NDArray[np.intp], place: int, due: Times, runs: Ints) -> None:
        """Put entries on a step: the runs arrive at `place` when due."""
        held, enrolments = self.agenda.all, self.journal.enrolments
        held.due[at] = held.arrived[at] = due
        held.place[at] = place
        held.ref[at] = runs
        held.rank[at] = rank(STEP, enrolments.visit[runs], enrolments.flow[runs])

    def leave(self, at: NDArray[np.intp], when: Times, because: int) -> None:
        """These runs are over, at these times."""
        if not len(at):
            return
        runs = self.agenda.all.ref[at]
        self.journal.enrolments.close(runs, when, because)
        flow = int(self.journal.enrolments.flow[runs[0]])
        self.counts.flows[flow].left[LEFT[because]] += len(at)
        self.agenda.retire(at)

    def _take_effect(self, at: NDArray[np.intp]) -> None:
        held = self.agenda.all
        for channel, group in _grouped(held.place, at):
            rows, status, due = held.row[group], held.ref[group], held.due[group]
            self.people.set_consent(CHANNELS[channel], rows, status, due)
        self.agenda.retire(at)

    def _step(self, place: Place, at: NDArray[np.intp]) -> None:
        held, enrolments = self.agenda.all, self.journal.enrolments
        runs = held.ref[at]
        now, rows = held.due[at], held.row[at]
        batch = Batch(
            self.stage,
            place.flow,
            place.action.key,
            Runs(
                rows,
                now,
                enrolments.visit[runs],
                enrolments.entered[runs],
                enrolments.before[runs],
                enrolments.ref[runs],
            ),
        )
        step = place.action.advance(batch)
        self.observer.stepped(place, batch, step)
        self.scribe.step(place, batch, step, held.arrived[at])
        if step.sends:
            self._send(place, batch, step.sends)
        for change in step.changes:
            self._change(place, batch, change)
        self._place_next(place, at, step)

    def _send(self, place: Place, batch: Batch, sends: Sends) -> None:
        self.scribe.sends(place, batch, sends)
        out = np.flatnonzero(sends.reason == SENT)
        if len(out) and sends.channel not in {"webhook", "alert"}:
            self._hand_over(place, batch, sends, out)

    def _hand_over(self, place: Place, batch: Batch, sends: Sends, out: NDArray[np.intp]) -> None:
        assert sends.channel != "webhook"
        assert sends.channel != "alert"
        rows, at = batch.rows[out], batch.now[out]
        hours = int(getattr(self.plan.scenario.rules.smart_sending, sends.channel))
        self.people.note_sent(sends.channel, rows, at)
        marketing = ~sends.transactional[out]
        self.people.start_window(sends.channel, rows[marketing], at[marketing], hours)
        sent = SentBatch(
            flow=place.flow,
            action=place.action.key,
            channel=sends.channel,
            rows=rows.astype(np.int32),
            keys=self.people.keys[rows],
            at=at,
            visit=batch.visit[out],
            variation=sends.variation[out],
        )
        self.happenings.take_sent(place, sent)
        if self._world:
            self.happenings.take_answers(place, sent, self._world.answer(sent))

    def _change(self, place: Place, batch: Batch, change: Change) -> None:
        if self.scribe.change(place, batch, change):
            self.door.changed(change, batch.rows, batch.now)

    def _place_next(self, place: Place, at: NDArray[np.intp], step: Step) -> None:
        way, leave_at = step.way, step.leave_at
        soon = self.agenda.free_until(at) > step.leave_at
        if int(way.min()) < 0 or int(leave_at.max()) >= self.plan.end:
            moving = self._settle_the_rest(place, at, step)
            at, way, leave_at, soon = at[moving], way[moving], leave_at[moving], soon[moving]
        if len(place.onward) == 1:
            self._go(at, place.onward[0], leave_at, soon)
            return
        targets = place.targets[way]
        for target in place.onward:
            going = np.flatnonzero(targets == target)
            self._go(at[going], target, leave_at[going], soon[going])

    def _settle_the_rest(self, place: Place, at: NDArray[np.intp], step: Step) -> NDArray[np.intp]:
        """Those who take a way; the rest wait for the end, stay or leave the flow."""
        late = step.leave_at >= self.plan.end
        waiting = int(np.count_nonzero(late))
        if waiting:
            self.counts.actions[place.number].waiting += waiting
            self.counts.flows[place.flow].waiting += waiting
            self.agenda.retire(at[late])
        stays = np.flatnonzero((step.way == STAY) & ~late)
        self.agenda.all.due[at[stays]] = step.leave_at[stays]
        exits = (step.way == EXIT) & ~late
        moved = exits if step.note is None else exits & (step.note == CODE[DATE_CHANGED])
        self.leave(at[exits & ~moved], step.leave_at[exits & ~moved], FINISHED)
        self.leave(at[moved], step.leave_at[moved], DATE_LEFT)
        return np.flatnonzero((step.way >= 0) & ~late)

    def _go(self, at: NDArray[np.intp], target: int, when: Times, soon: Bools) -> None:
        """On to the next step or out at the flow's end.

        Who has nothing else to do until then (`soon`) goes on within this wave, however long that
        takes: what a person sees is as of the person's own time.
        """
        if target == END:
            self.leave(at, when, FINISHED)
            return
        held = self.agenda.all
        held.due[at] = held.arrived[at] = when
        held.place[at] = target
        here = at[soon]
        if len(here):
            self._coming[target].append(here)


def _grouped(places: NDArray[np.int16], at: NDArray[np.intp]) -> list[tuple[int, NDArray[np.intp]]]:
    """Entries by their place, each group in order of rows."""
    if not len(at):
        return []
    own = places[at].astype(np.uint16)
    order = np.argsort(own, kind="stable")
    own, at = own[order], at[order]
    first = np.flatnonzero(own[1:] != own[:-1]) + 1
    groups = np.split(at, first)
    return list(zip(own[[0, *first]].tolist(), groups, strict=True))
