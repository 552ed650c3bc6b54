"""The loop: take each profile's next due step, advance the batch, place what follows."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from flows.actions.base import EXIT, STAY, Change, Sends, Step
from flows.actions.reasons import CODE, DATE_CHANGED, SENT
from flows.columns import NEVER, Bools, Ints, Times
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
                self._step(self.plan.places[number], np.concatenate(waiting))
                waiting.clear()
        return True

    def share(self) -> float:
        """How much of the run is behind: the people's mean place in its time, 0 to 1."""
        held, plan = self.agenda.all, self.plan
        if not len(held) or not self._comers:
            return 0.0
        starts = np.flatnonzero(np.diff(held.row.astype(np.int32), prepend=-1))
        due = np.clip(np.minimum.reduceat(held.due, starts), plan.start, plan.end)
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
            self.people.unsubscribe(CHANNELS[channel], held.row[group], held.due[group])
        self.agenda.retire(at)

    def _step(self, place: Place, at: NDArray[np.intp]) -> None:
        held, enrolments = self.agenda.all, self.journal.enrolments
        runs = held.ref[at]
        now, rows = held.due[at], held.row[at].astype(np.int64)
        batch = Batch(
            self.stage,
            place.flow,
            place.action.key,
            Runs(
                rows,
                now,
                enrolments.visit[runs].astype(np.int64),
                enrolments.entered[runs],
                enrolments.before[runs],
                enrolments.ref[runs],
            ),
        )
        step = place.action.advance(batch)
        self.observer.stepped(place, batch, step)
        first_time = int(np.count_nonzero(held.arrived[at] == now))
        self.counts.actions[place.number].arrived += first_time
        self.counts.steps += len(at)
        self._log_step(place, batch, step, held.arrived[at])
        if step.sends:
            self._send(place, batch, step.sends)
        for change in step.changes:
            self._change(place, batch, change)
        self._place_next(place, at, step)

    def _log_step(self, place: Place, batch: Batch, step: Step, arrived: Times) -> None:
        late = step.leave_at >= self.plan.end
        logged = (step.way != STAY) | late
        if not logged.any():
            return
        words = np.array(
            [*(self.journal.words(name) for name in place.way_names), -1], dtype=np.int32
        )
        way = np.where(step.way == EXIT, len(place.way_names) - 1, step.way)
        if step.sends and len(step.sends.variations):
            names = [self.journal.words(name) for name in step.sends.variations]
            words = np.array([*names, words[-2], -1], dtype=np.int32)
            way = np.where(step.way == EXIT, len(names), step.sends.variation)
        way = np.where(late, len(words) - 1, way)
        codes = words[way]
        note = step.note if step.note is not None else np.full(len(batch), -1, dtype=np.int16)
        size = int(logged.sum())
        self.journal.steps.add(
            size,
            row=batch.rows[logged].astype(np.int32),
            visit=batch.visit[logged].astype(np.int32),
            place=np.full(size, place.number, dtype=np.int16),
            arrived=arrived[logged],
            left=np.where(late, NEVER, step.leave_at)[logged],
            way=codes[logged],
            note=note[logged],
        )
        self._count_ways(place, codes[logged & ~late])

    def _count_ways(self, place: Place, codes: NDArray[np.int32]) -> None:
        left = self.counts.actions[place.number].left
        for code, number in enumerate(np.bincount(codes).tolist()):
            if number:
                left[self.journal.word(code)] += number

    def _send(self, place: Place, batch: Batch, sends: Sends) -> None:
        tried = (sends.reason == SENT) | (sends.reason >= 0)
        if not tried.any():
            return
        words = self.journal.words
        names = np.array([*(words(name) for name in sends.variations), -1], dtype=np.int32)
        size = int(tried.sum())
        self.journal.sends.add(
            size,
            row=batch.rows[tried].astype(np.int32),
            visit=batch.visit[tried].astype(np.int32),
            place=np.full(size, place.number, dtype=np.int16),
            channel=words(sends.channel),
            variation=names[sends.variation[tried]],
            at=batch.now[tried],
            reason=sends.reason[tried],
        )
        self.counts.count_sends(place, sends.channel, sends.reason)
        out = np.flatnonzero(sends.reason == SENT)
        tally = self.counts.actions[place.number].variations
        for i, name in enumerate(sends.variations):
            tally[name] += int(np.count_nonzero(sends.variation[out] == i))
        if len(out) and sends.channel != "webhook":
            self._hand_over(place, batch, sends, out)

    def _hand_over(self, place: Place, batch: Batch, sends: Sends, out: NDArray[np.intp]) -> None:
        assert sends.channel != "webhook"
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
        touched = np.flatnonzero(change.rows)
        if not len(touched):
            return
        words = self.journal.words
        name = words(change.name)
        is_property = change.kind == "property"
        if is_property and change.values is not None:
            value: NDArray[np.int32] | int = self.journal.value_codes(change.values.take(touched))
        else:
            value = words("added" if change.kind == "list-add" else "removed")
        self.journal.changes.add(
            len(touched),
            row=batch.rows[touched].astype(np.int32),
            place=np.full(len(touched), place.number, dtype=np.int16),
            at=batch.now[touched],
            property=name if is_property else -1,
            list=-1 if is_property else name,
            value=value,
        )
        self.door.changed(change, batch.rows, batch.now)

    def _place_next(self, place: Place, at: NDArray[np.intp], step: Step) -> None:
        late = step.leave_at >= self.plan.end
        waiting = int(late.sum())
        if waiting:
            self.counts.actions[place.number].waiting += waiting
            self.counts.flows[place.flow].waiting += waiting
            self.agenda.retire(at[late])
        held = self.agenda.all
        stays = (step.way == STAY) & ~late
        if stays.any():
            held.due[at[stays]] = step.leave_at[stays]
        moves = (step.way != STAY) & ~late
        way = np.where(step.way == EXIT, len(place.targets) - 1, step.way)
        targets = np.where(moves, place.targets[way], END - 1)
        moved = step.way == EXIT
        if step.note is not None:
            moved &= step.note == CODE[DATE_CHANGED]
        ends = targets == END
        self.leave(at[ends & ~moved], step.leave_at[ends & ~moved], FINISHED)
        self.leave(at[ends & moved], step.leave_at[ends & moved], DATE_LEFT)
        soon = self._goes_on(at, step)
        for target in np.unique(targets[targets >= 0]).tolist():
            going = np.flatnonzero(targets == target)
            here = at[going]
            self.place(here, target, step.leave_at[going], held.ref[here])
            here = at[going[soon[going]]]
            if len(here):
                self._coming[target].append(here)

    def _goes_on(self, at: NDArray[np.intp], step: Step) -> Bools:
        """Who leaves at once and has nothing else due at that instant: they need not wait."""
        now = self.agenda.all.due[at]
        if any(change.kind == "list-add" for change in step.changes):
            return np.zeros(len(at), dtype=np.bool_)
        return (step.leave_at == now) & (self.agenda.free_until(at) > now)


def _grouped(places: NDArray[np.int16], at: NDArray[np.intp]) -> list[tuple[int, NDArray[np.intp]]]:
    """Entries by their place, each group in order of rows."""
    if not len(at):
        return []
    own = places[at].astype(np.uint16)
    order = np.argsort(own, kind="stable")
    found, first = np.unique(own[order], return_index=True)
    groups = np.split(at[order], first[1:])
    return list(zip(found.tolist(), groups, strict=True))
