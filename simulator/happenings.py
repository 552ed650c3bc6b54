"""What happens to people in a run: given events, messages received, and their answers."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from flows.columns import Times
from flows.metrics import PLACED_ORDER
from flows.people import Events
from simulator.agenda import EFFECT, entries, grouped
from simulator.consenting import (
    BOUNCED,
    BY_NUMBER,
    CAMPAIGN_SMS,
    EFFECTS,
    NUMBERS,
    SOFT_BOUNCES,
)
from simulator.entry import Door
from simulator.floor import Floor
from simulator.happened import Happened
from simulator.journal import BEHAVIOUR, FLOW, GIVEN
from simulator.plan import Place
from simulator.recalling import by_campaign, is_hard, recall, softly_stopped
from simulator.world import UNSUBSCRIBING, Response, SentBatch

RECEIVED = {
    "email": "Received Email",
    "sms": "Received SMS",
    "push": "Received Push",
    "whatsapp": "Received WhatsApp",
}
_ANSWERS = {
    "Opened Email": "opened",
    "Clicked Email": "clicked",
    "Clicked SMS": "clicked",
    "Clicked WhatsApp": "clicked",
    "Opened Push": "opened",
    PLACED_ORDER: "orders",
    **dict.fromkeys(UNSUBSCRIBING.values(), "unsubscribed"),
}


class Happenings:
    """Takes events in: into the histories that flows read, the log, and the agenda."""

    def __init__(self, floor: Floor, door: Door) -> None:
        self._floor, self._door = floor, door
        self._late: list[Happened] = []
        """What becomes known in the course of the run, some time after it happened."""

    def take_given(self, events: dict[str, Events]) -> None:
        """Everything that is known from the start, history and what will come inside the run."""
        for metric in sorted(events):
            given = events[metric]
            what = Happened(
                metric,
                given.rows,
                given.times,
                given.values,
                given.properties,
                GIVEN,
                given.silent,
                given.recorded,
            )
            if what.recorded is not None:
                late = (what.recorded > what.times) & (what.recorded >= self._floor.plan.start)
                self._hold_back(what.take(np.flatnonzero(late)))
                what = what.take(np.flatnonzero(~late))
            self._take(what)
        recall(self._floor.people, events, self._floor.plan.start)
        rows, times = softly_stopped(events, self._floor.people.rules.suppression)
        self._post_effect(SOFT_BOUNCES, rows, times)

    def take_effect(self, at: NDArray[np.intp]) -> None:
        """What happens to people at these entries of the agenda: effects, and late events."""
        held = self._floor.agenda.all
        for place, group in grouped(held.place, at):
            rows, ref, due = held.row[group], held.ref[group], held.due[group]
            if place < len(BY_NUMBER):
                BY_NUMBER[place].take(self._floor.people, rows, due)
            else:
                self._take(self._late[place - len(BY_NUMBER)].take(ref))
        self._floor.agenda.retire(at)

    def _hold_back(self, what: Happened) -> None:
        """Events that are known later than they happened, each from then on (semantics E2)."""
        recorded = what.known
        inside = np.flatnonzero(recorded < self._floor.plan.end)
        if len(inside):
            place = len(BY_NUMBER) + len(self._late)
            self._late.append(what)
            rows, due = what.rows[inside], recorded[inside]
            self._floor.agenda.add(entries(EFFECT, rows, due, place, ref=inside))

    def take_sent(self, place: Place, sent: SentBatch) -> None:
        """People receive what was handed over."""
        nothing = np.full(len(sent.rows), np.nan)
        metric = RECEIVED[sent.channel]
        self._take(Happened(metric, sent.rows, sent.at, nothing, {}, FLOW))

    def take_answers(self, place: Place, sent: SentBatch, answers: list[Response]) -> None:
        """People answer; what lies behind the end of the run does not happen in it."""
        for response in answers:
            inside = response.at < self._floor.plan.end
            rows = sent.rows[response.cause[inside]]
            at, values = response.at[inside], response.values[inside]
            where = np.flatnonzero(inside)
            columns = {name: column.take(where) for name, column in response.properties.items()}
            self._take(Happened(response.metric, rows, at, values, columns, BEHAVIOUR))
            kind = _ANSWERS.get(response.metric)
            if kind:
                tally = self._floor.counts.actions[place.number]
                tally.answers[kind] += len(rows)
                tally.revenue += float(np.nansum(values)) if kind == "orders" else 0.0

    def _take(self, what: Happened) -> None:
        if not len(what):
            return
        self._floor.log(what)
        self._door.noticed(what)
        if what.metric in self._floor.plan.watched:
            history = self._floor.stage.history(what.metric)
            first = history.size
            history.add(what.rows, what.times, what.values, what.properties)
            self._door.happened(what, first)
        if what.metric in EFFECTS:
            self._mind_effect(what)

    def _mind_effect(self, what: Happened) -> None:
        """Post what the events change about their people, if they do; history is recalled."""
        counts = np.ones(len(what), dtype=np.bool_)
        if EFFECTS[what.metric].starts:
            if what.origin != GIVEN:
                return
            if what.metric == RECEIVED["sms"]:
                others = by_campaign(what.properties, len(what))
                self._post_effect(CAMPAIGN_SMS, what.rows[others], what.known[others])
                counts = ~others
        elif what.metric == BOUNCED:
            counts = is_hard(what.properties, len(what))
        self._post_effect(what.metric, what.rows[counts], what.known[counts])

    def _post_effect(self, metric: str, rows: NDArray[np.integer], times: Times) -> None:
        """These people are changed as the metric says, each at its time inside the run."""
        plan = self._floor.plan
        inside = np.flatnonzero((times >= plan.start) & (times < plan.end))
        if len(inside):
            more = entries(EFFECT, rows[inside], times[inside], NUMBERS[metric], ref=0)
            self._floor.agenda.add(more)
