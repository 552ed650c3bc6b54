"""Who comes to a flow by an event (semantics B.1, E2)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from flows.columns import Times
from flows.triggers import MetricTrigger
from simulator.entry.comers import FAILS_TRIGGER_FILTER, FUTURE_EVENT, LATE_EVENT
from simulator.entry.late import late_limit
from simulator.entry.past import Past
from simulator.floor import Floor
from simulator.happened import Happened

PAST_STARTS_NOTHING = frozenset(
    {
        "Subscribed to List",
        "Subscribed to Email Marketing",
        "Subscribed to SMS Marketing",
    }
)
"""Metrics whose events start no flow if they are recorded after they happened."""


class Events:
    """Posts those whose events start flows."""

    def __init__(self, floor: Floor, past: Past) -> None:
        self._floor, self._past = floor, past

    def post(self, what: Happened, first: int) -> None:
        """Those whose event starts a flow and passes its trigger filter come when it is known.

        `first` is the number of the first event in the history of their metric.
        """
        plan = self._floor.plan
        started = plan.started_by(what.metric)
        if not started:
            return
        self._past.happened(what, first, started)
        due = what.known
        starts = (due >= plan.start) & (due < plan.end)
        if what.silent is not None:
            starts &= ~what.silent
        for i in started:
            coming = np.flatnonzero(starts)
            if what.recorded is not None:
                coming = self._in_time(i, what, due, coming)
            trigger = plan.flows[i].trigger
            if isinstance(trigger, MetricTrigger) and trigger.trigger_filter and len(coming):
                scene = self._floor.comers(i, what.rows[coming], due[coming], first + coming)
                passed = trigger.trigger_filter.test(scene)
                fails = coming[~passed]
                self._floor.turn_away(i, FAILS_TRIGGER_FILTER, what.rows[fails], due[fails])
                coming = coming[passed]
            self._floor.post(i, what.rows[coming], due[coming], ref=first + coming)

    def _in_time(
        self, flow: int, what: Happened, due: Times, coming: NDArray[np.intp]
    ) -> NDArray[np.intp]:
        """Of those who come, whose event was recorded neither too late nor before it happened."""
        plan = self._floor.plan
        assert what.recorded is not None
        limit = 0
        if what.metric not in PAST_STARTS_NOTHING:
            limit = late_limit(plan.flows[flow], plan.scenario.rules.late)
        lateness = what.recorded - what.times
        for reason, off in ((LATE_EVENT, lateness > limit), (FUTURE_EVENT, lateness < 0)):
            away = coming[off[coming]]
            self._floor.turn_away(flow, reason, what.rows[away], due[away])
            coming = coming[~off[coming]]
        return coming
