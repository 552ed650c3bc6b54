"""People who are added to a flow from before the run (semantics B.1).

Whoever has what starts the flow in their history comes at the run's start, and comes in where
they would stand by then: see `walk.py`. Members of a list or segment may begin anew instead.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from flows.actions.time_delay import TimeDelay
from flows.columns import LONG_AGO, Bools, Times
from flows.document import Flow
from flows.moments import DAY
from flows.triggers import ListTrigger, MetricTrigger, SegmentTrigger
from simulator.entry.comers import Comers
from simulator.entry.late import plain_span
from simulator.floor import Floor
from simulator.happened import Happened

_SLACK = 9 * DAY
"""More than a delay may grow by its time of day and its weekdays."""


class Past:
    """Posts those who are added, and tells them from those who come by themselves."""

    def __init__(self, floor: Floor) -> None:
        self._floor = floor
        asked = floor.plan.scenario.add_past
        self._by_flow = {
            i: asked.get(flow.key, asked.get("*"))
            for i, flow in enumerate(floor.plan.flows)
            if asked and isinstance(flow.trigger, MetricTrigger | ListTrigger | SegmentTrigger)
        }

    def happened(self, what: Happened, first: int, started: Iterable[int]) -> None:
        """Events of the history: each adds its person to the flows that it would have started."""
        for i in started:
            flow = self._floor.plan.flows[i]
            if self._by_flow.get(i) and any(isinstance(a, TimeDelay) for a in flow.actions):
                self._post_events(i, what, first)

    def _post_events(self, flow: int, what: Happened, first: int) -> None:
        held = self._floor.plan.flows[flow]
        coming = np.flatnonzero(self._recent(held, what.known) & (what.times > LONG_AGO))
        trigger = held.trigger
        if isinstance(trigger, MetricTrigger) and trigger.trigger_filter and len(coming):
            rows, times = what.rows[coming], what.times[coming]
            scene = self._floor.comers(flow, rows, times, first + coming)
            coming = coming[trigger.trigger_filter.test(scene)]
        due = np.full(len(coming), self._floor.plan.start, dtype=np.int64)
        since = what.times[coming]
        self._floor.post(flow, what.rows[coming], due, ref=first + coming, since=since)

    def joined(self, flow: int, joined: Times) -> None:
        """Members of the list or segment that starts the flow, each with the time of joining."""
        how, start = self._by_flow.get(flow), self._floor.plan.start
        if not how:
            return
        held = self._floor.plan.flows[flow]
        before = joined < start
        if how == "relative":
            before &= self._recent(held, joined)
        rows = np.flatnonzero(before)
        due = np.full(len(rows), start, dtype=np.int64)
        since = joined[rows] if how == "relative" else None
        self._floor.post(flow, rows, due, ref=joined[rows], since=since)

    def _recent(self, flow: Flow, times: Times) -> Bools:
        """What happened before the run, and not so long ago that all is over."""
        start, span = self._floor.plan.start, _longest(flow)
        recent: Bools = (times < start) & (times > LONG_AGO)
        return recent if span is None else recent & (times >= start - span)

    def added(self, flow: int, who: Comers) -> int:
        """How many of those who enter were added."""
        if not self._by_flow.get(flow):
            return 0
        if isinstance(self._floor.plan.flows[flow].trigger, MetricTrigger):
            return int(np.count_nonzero(who.since < who.now))
        return int(np.count_nonzero(who.ref < self._floor.plan.start))


def _longest(flow: Flow) -> int | None:
    """In µs, no less than anybody can be on the way; None where people wait for other things."""
    if any(action.type == "back-in-stock-delay" for action in flow.actions):
        return None
    delays = [action for action in flow.actions if isinstance(action, TimeDelay)]
    return sum(plain_span(delay) + _SLACK for delay in delays)
