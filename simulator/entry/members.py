"""Who comes to a flow by joining a list or a segment (semantics B.1)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from flows.actions.base import Change
from flows.columns import NEVER, Bools, Times
from flows.moments import MINUTE
from flows.people import Profiles
from flows.triggers import ListTrigger, SegmentTrigger
from simulator.entry.past import Past
from simulator.floor import Floor


class Members:
    """Posts those who join; what a run refers to is the time of joining."""

    def __init__(self, floor: Floor, past: Past) -> None:
        self._floor, self._past = floor, past
        self._given: Profiles | None = None
        self._by_group: dict[str, list[int]] = {}
        for i, flow in enumerate(floor.plan.flows):
            if isinstance(flow.trigger, ListTrigger | SegmentTrigger) and flow.trigger.id:
                self._by_group.setdefault(flow.trigger.id, []).append(i)

    def open(self, profiles: Profiles) -> None:
        """Those who join inside the run come then."""
        self._given = profiles
        for group, flows in self._by_group.items():
            joined = self._to_join(group)
            if joined is not None:
                rows = np.flatnonzero(self._brings(group, joined))
                for i in flows:
                    self._post(i, rows, joined[rows])
                    self._past.joined(i, joined)

    def _to_join(self, group: str) -> Times | None:
        """When everybody joins the list or segment by themselves, as given."""
        if self._given is None:
            return None
        joined = self._given.lists.get(group)
        return self._given.segments.get(group) if joined is None else joined

    def _brings(self, group: str, joined: Times) -> Bools:
        """Whose joining lies inside the run and brings them to flows; a quiet one brings nobody."""
        assert self._given is not None
        plan, quiet = self._floor.plan, self._given.quiet.get(group)
        inside: Bools = (joined >= plan.start) & (joined < plan.end)
        return inside if quiet is None else inside & ~quiet

    def changed(self, change: Change, rows: NDArray[np.integer], now: Times) -> None:
        """Carry out what an action changes in a list; joining brings people to its flows."""
        joined = self._floor.people.joined(change.name)
        touched = np.flatnonzero(change.rows)
        member = joined[rows[touched]] <= now[touched]
        if change.kind == "list-remove":
            self._leave(change.name, rows[touched[member]], now[touched[member]])
        else:
            self._join(change.name, rows[touched[~member]], now[touched[~member]])

    def _leave(self, group: str, rows: NDArray[np.integer], now: Times) -> None:
        """These people are no members now; who joins by themselves later on still does."""
        joined, given = self._floor.people.joined(group), self._to_join(group)
        joined[rows] = NEVER
        if given is None:
            return
        rows = rows[(given[rows] > now) & (given[rows] != NEVER)]
        joined[rows] = given[rows]
        rows = rows[self._brings(group, given)[rows]]
        for i in self._by_group.get(group, ()):
            self._post(i, rows, given[rows])

    def _join(self, group: str, rows: NDArray[np.integer], now: Times) -> None:
        """These people become members; who was to join later has joined already by then."""
        joined = self._floor.people.joined(group)
        expected = rows[joined[rows] != NEVER]
        joined[rows] = now
        for i in self._by_group.get(group, ()):
            if len(expected):
                self._floor.agenda.withdraw(expected, i)
            self._post(i, rows, now)

    def _post(self, flow: int, rows: NDArray[np.integer], joined: Times) -> None:
        plan = self._floor.plan
        lag = plan.scenario.rules.segment_lag_minutes * MINUTE
        if not lag or not isinstance(plan.flows[flow].trigger, SegmentTrigger):
            self._floor.post(flow, rows, joined, ref=joined)
            return
        inside = joined + lag < plan.end
        rows, joined = rows[inside], joined[inside]
        self._floor.post(flow, rows, joined + lag, ref=joined)
