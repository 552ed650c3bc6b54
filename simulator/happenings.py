"""What happens to people in a run: given events, messages received, and their answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from flows.columns import Bools, Column, Floats, Times
from flows.people import Events
from flows.rules import CHANNELS
from simulator.agenda import EFFECT, entries
from simulator.history import KeyRange, MetricHistory
from simulator.journal import BEHAVIOUR, FLOW, GIVEN
from simulator.plan import Place
from simulator.world import CONSENT_EVENTS, UNSUBSCRIBING, Response, SentBatch

if TYPE_CHECKING:
    from simulator.engine import Engine

PLACED_ORDER = "Placed Order"
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
    "Opened Push": "opened",
    PLACED_ORDER: "orders",
    **dict.fromkeys(UNSUBSCRIBING.values(), "unsubscribed"),
}


class Happenings:
    """Takes events in: into the histories that flows read, the log, and the agenda."""

    def __init__(self, engine: Engine, span: KeyRange) -> None:
        self._engine = engine
        self._span = span
        self.histories: dict[str, MetricHistory] = {}

    def take_given(self, events: dict[str, Events]) -> None:
        """Everything that is known from the start, history and what will come inside the run."""
        for metric in sorted(events):
            given = events[metric]
            column = given.rows, given.times, given.values
            self._take(metric, column, given.properties, GIVEN)
            self._mind_consent(metric, given.rows, given.times)

    def take_sent(self, place: Place, sent: SentBatch) -> None:
        """People receive what was handed over."""
        nothing = np.full(len(sent.rows), np.nan)
        self._take(RECEIVED[sent.channel], (sent.rows, sent.at, nothing), {}, FLOW)

    def take_answers(self, place: Place, sent: SentBatch, answers: list[Response]) -> None:
        """People answer; what lies behind the end of the run does not happen in it."""
        for response in answers:
            inside = response.at < self._engine.plan.end
            rows = sent.rows[response.cause[inside]]
            at, values = response.at[inside], response.values[inside]
            where = np.flatnonzero(inside)
            columns = {name: column.take(where) for name, column in response.properties.items()}
            self._take(response.metric, (rows, at, values), columns, BEHAVIOUR)
            self._mind_consent(response.metric, rows, at)
            kind = _ANSWERS.get(response.metric)
            if kind:
                tally = self._engine.counts.actions[place.number]
                tally.answers[kind] += len(rows)
                tally.revenue += float(np.nansum(values)) if kind == "orders" else 0.0

    def _take(
        self,
        metric: str,
        events: tuple[NDArray[np.integer], Times, Floats],
        properties: dict[str, Column],
        origin: int,
    ) -> None:
        rows, times, values = events
        if not len(rows):
            return
        plan = self._engine.plan
        first = 0
        if metric in plan.watched:
            history = self._history(metric)
            first = history.size
            history.add(rows, times, values, properties)
        inside = (times >= plan.start) & (times < plan.end)
        self._log(metric, events, inside, origin)
        if metric in plan.watched:
            where = np.flatnonzero(inside)
            self._engine.door.post_events(metric, rows[where], times[where], first + where)

    def _history(self, metric: str) -> MetricHistory:
        if metric not in self.histories:
            self.histories[metric] = MetricHistory(self._span, len(self._engine.people))
        return self.histories[metric]

    def _log(
        self,
        metric: str,
        events: tuple[NDArray[np.integer], Times, Floats],
        inside: Bools,
        origin: int,
    ) -> None:
        rows, times, values = (column[inside] for column in events)
        size = len(rows)
        if not size:
            return
        journal, counts = self._engine.journal, self._engine.counts
        journal.events.add(
            size,
            row=rows.astype(np.int32),
            metric=journal.words(metric),
            at=times,
            value=values,
            origin=origin,
        )
        counts.events[metric] += size
        if metric == PLACED_ORDER:
            counts.orders += size
            counts.revenue += float(np.nansum(values))

    def _mind_consent(self, metric: str, rows: NDArray[np.integer], times: Times) -> None:
        if metric not in CONSENT_EVENTS or not len(rows):
            return
        channel, status = CONSENT_EVENTS[metric]
        plan = self._engine.plan
        inside = (times >= plan.start) & (times < plan.end)
        number = next(i for i, name in enumerate(CHANNELS) if name == channel)
        due = times[inside]
        self._engine.agenda.add(entries(EFFECT, rows[inside], due, number, ref=status))
