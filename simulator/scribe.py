"""Writes down what steps do: rows of the logs, and the counts."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from flows.actions.base import EXIT, STAY, Change, Sends, Step
from flows.actions.reasons import SENT
from flows.columns import NEVER, Times
from simulator.batch import Batch
from simulator.counts import Counts
from simulator.journal import Journal
from simulator.plan import Place, Plan

_UNNAMED = np.full(1, -1, dtype=np.int32)


class Scribe:
    """One shard's; what is true of every row of a batch is written once."""

    def __init__(self, plan: Plan, journal: Journal, counts: Counts) -> None:
        self._end, self._journal, self._counts = plan.end, journal, counts
        self._ways = [self._words(place.way_names) for place in plan.places]

    def step(self, place: Place, batch: Batch, step: Step, arrived: Times) -> None:
        """Those who leave, and those who will not leave any more inside the run."""
        tally = self._counts.actions[place.number]
        tally.arrived += int(np.count_nonzero(arrived == batch.now))
        self._counts.steps += len(batch)
        way = self._way_words(place, step)
        rows, visit, left, note = batch.rows, batch.visit, step.leave_at, step.note
        if int(step.way.min()) < 0 or int(left.max()) >= self._end:
            late = left >= self._end
            logged = np.flatnonzero((step.way != STAY) | late)
            way, left = np.where(late, -1, way)[logged], np.where(late, NEVER, left)[logged]
            rows, visit, arrived = rows[logged], visit[logged], arrived[logged]
            note = None if note is None else note[logged]
        self._journal.steps.add(
            len(rows),
            row=rows,
            visit=visit,
            place=place.number,
            arrived=arrived,
            left=left,
            way=way,
            note=-1 if note is None else note,
        )
        for code, number in enumerate(np.bincount(way[way >= 0]).tolist()):
            if number:
                tally.left[self._journal.word(code)] += number

    def sends(self, place: Place, batch: Batch, sends: Sends) -> None:
        """The messages that were sent or skipped."""
        rows, visit, at = batch.rows, batch.visit, batch.now
        reason, variation = sends.reason, sends.variation
        if int(reason.min()) < SENT:
            tried = np.flatnonzero(reason >= SENT)
            rows, visit, at = rows[tried], visit[tried], at[tried]
            reason, variation = reason[tried], variation[tried]
        names = self._words(sends.variations)
        self._journal.sends.add(
            len(rows),
            row=rows,
            visit=visit,
            place=place.number,
            channel=self._journal.words(sends.channel),
            variation=np.concatenate((names, _UNNAMED))[variation] if len(names) else -1,
            at=at,
            reason=reason,
        )
        self._counts.count_sends(place, sends.channel, reason)
        tally = self._counts.actions[place.number].variations
        for i, name in enumerate(sends.variations):
            tally[name] += int(np.count_nonzero((variation == i) & (reason == SENT)))

    def change(self, place: Place, batch: Batch, change: Change) -> bool:
        """A change to some people; whether there were any."""
        touched = np.flatnonzero(change.rows)
        if not len(touched):
            return False
        words = self._journal.words
        name = words(change.name)
        is_property = change.kind == "property"
        if is_property and change.values is not None:
            value: NDArray[np.int32] | int = self._journal.value_codes(change.values.take(touched))
        else:
            value = words("added" if change.kind == "list-add" else "removed")
        self._journal.changes.add(
            len(touched),
            row=batch.rows[touched],
            place=place.number,
            at=batch.now[touched],
            property=name if is_property else -1,
            list=-1 if is_property else name,
            value=value,
        )
        return True

    def _words(self, names: tuple[str, ...]) -> NDArray[np.int32]:
        return np.array([self._journal.words(name) for name in names], dtype=np.int32)

    def _way_words(self, place: Place, step: Step) -> NDArray[np.int32]:
        """The word of each row's way out: a variation's where the step chose one."""
        words, way = self._ways[place.number], step.way
        if step.sends and len(step.sends.variations):
            words = np.concatenate((self._words(step.sends.variations), words[-1:]))
            way = step.sends.variation
        chosen: NDArray[np.int32] = words[way]
        if int(step.way.min()) == EXIT:
            chosen = np.where(step.way == EXIT, words[-1], chosen)
        return chosen
