"""The loop: take each profile's next due step, advance the batch, place what follows."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from flows.actions.base import EXIT, STAY, Change, Sends, Step
from flows.actions.reasons import CODE, DATE_CHANGED, SENT
from flows.columns import Bools, Times
from flows.people import Population
from simulator.agenda import EFFECT, ENTER, STEP, Agenda, grouped, kind_of
from simulator.batch import Batch, Stage
from simulator.counts import Counts
from simulator.deciding import Settling
from simulator.entry import Door
from simulator.floor import Floor
from simulator.handover import HandOver
from simulator.happenings import Happenings
from simulator.history import KeyRange
from simulator.journal import DATE_CHANGED as DATE_LEFT
from simulator.journal import FINISHED, Journal
from simulator.objects import ObjectStore
from simulator.observer import Nobody, Observer
from simulator.people import People
from simulator.plan import END, Place, Plan
from simulator.runs import OpenRuns
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
        self.people = People(population.profiles, len(plan.flows), plan.scenario.rules)
        self.agenda = Agenda()
        self.journal = Journal(plan)
        self.counts = Counts(plan)
        self.scribe = Scribe(plan, self.journal, self.counts)
        self.settling = Settling(plan)
        self.counts.profiles = len(self.people)
        self._world = world
        earliest = min(
            (int(e.times.min()) for e in population.events.values() if len(e)), default=plan.start
        )
        span = KeyRange.over(min(earliest, plan.start), plan.end)
        objects = ObjectStore(population.objects, plan.names)
        self.stage = Stage(plan, self.people, objects, span)
        self.floor = Floor(
            plan,
            self.people,
            self.agenda,
            self.journal,
            self.counts,
            self.observer,
            self.stage,
        )
        self.door = Door(self.floor, self.scribe)
        self.happenings = Happenings(self.floor, self.door)
        self.happenings.take_given(population.events)
        self.door.open(population.profiles)
        self._comers = 0
        self._coming: list[list[NDArray[np.intp]]] = [[] for _ in plan.places]
        """Per place, who comes to it in this wave; places of a flow lie in order of its links."""
        self._versions = HandOver(self.floor, self._coming)

    def wave(self) -> bool:
        """Advance every profile by its next due step; False when nothing is left."""
        due = self.agenda.next_wave()
        if not len(due):
            return False
        self._comers = max(self._comers, len(due))
        held = self.agenda.all
        kinds = kind_of(held.rank[due])
        self.happenings.take_effect(due[kinds == EFFECT])
        for flow, at in grouped(held.place, due[kinds == ENTER]):
            self.door.admit(flow, at)
        for number, at in grouped(held.place, due[kinds == STEP]):
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

    def _step(self, place: Place, at: NDArray[np.intp]) -> None:
        if place.edition:
            at = self._versions.here(place, at)
            if not len(at):
                return
        held, written = self.agenda.all, self.journal.enrolments
        runs = held.ref[at]
        batch = Batch(
            self.stage,
            place.flow,
            place.action.key,
            OpenRuns(held.row[at], held.due[at], written.visit[runs], runs, written),
            plan=self._versions.plan_of(place) if place.edition else None,
        )
        step = place.action.advance(batch)
        self.observer.stepped(place, batch, step)
        self.scribe.step(place, batch, step, held.arrived[at])
        if step.sends:
            self._send(place, batch, step.sends)
        for change in step.changes:
            self._change(place, batch, change)
        if step.remember is not None:
            self.stage.memory.keep(place.flow, place.action.key, runs, step.remember)
        if place.edition:
            self._versions.note(place, runs, step)
        self._place_next(place, at, step, self.agenda.free_until(batch.rows) > step.leave_at)

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
        if sends.transactional.any():
            marketing = ~sends.transactional[out]
            self.people.start_window(sends.channel, rows[marketing], at[marketing], hours)
        else:
            self.people.start_window(sends.channel, rows, at, hours)
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
        answers = self._world.answer(sent) if self._world else []
        self.happenings.take_answers(place, sent, answers)
        if self.settling:
            self.settling.take(place, sent, answers)

    def _change(self, place: Place, batch: Batch, change: Change) -> None:
        if self.scribe.change(place, batch, change):
            self.door.changed(change, batch.rows, batch.now)

    def _place_next(self, place: Place, at: NDArray[np.intp], step: Step, soon: Bools) -> None:
        """On, out or to the end; `soon` says who has nothing else to do before leaving."""
        way, leave_at = step.way, step.leave_at
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
        waits = late
        if place.edition:
            waits = late & ~self._versions.gone(place, at, step, late)
        self.floor.wait_to_the_end(at[waits], place.number)
        stays = np.flatnonzero((step.way == STAY) & ~late)
        self.agenda.all.due[at[stays]] = step.leave_at[stays]
        exits = (step.way == EXIT) & ~late
        moved = exits if step.note is None else exits & (step.note == CODE[DATE_CHANGED])
        self.floor.leave(at[exits & ~moved], step.leave_at[exits & ~moved], FINISHED)
        self.floor.leave(at[moved], step.leave_at[moved], DATE_LEFT)
        return np.flatnonzero((step.way >= 0) & ~late)

    def _go(self, at: NDArray[np.intp], target: int, when: Times, soon: Bools) -> None:
        """On to the next step or out at the flow's end.

        Who has nothing else to do until then (`soon`) goes on within this wave, however long that
        takes: what a person sees is as of the person's own time.
        """
        if target == END:
            self.floor.leave(at, when, FINISHED)
            return
        held = self.agenda.all
        held.due[at] = held.arrived[at] = when
        held.place[at] = target
        here = at[soon]
        if len(here):
            self._coming[target].append(here)
