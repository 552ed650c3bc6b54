"""What is asked of those who come to a flow, in the order in which it is told (semantics B.1)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

import numpy as np

from flows.actions.reasons import FAILS_FLOW_FILTERS, NO_LONGER_IN_LIST
from flows.columns import Bools
from flows.moments import DAY, HOUR
from flows.triggers import DateTrigger, ListTrigger, SegmentTrigger
from simulator.entry.comers import NOTHING_LIVE, REENTRY_BLOCKED, Comers
from simulator.floor import Floor

_UNITS = {"hour": HOUR, "day": DAY, "week": 7 * DAY}

Check: TypeAlias = Callable[[Floor, int, Comers], Bools]
"""Who of those that come to a flow passes."""


def checks(floor: Floor, flow: int) -> Iterator[tuple[str, Check]]:
    """Each reason to be turned away, with who passes."""
    held = floor.plan.flows[flow]
    if not held.acts(as_live=floor.plan.scenario.rules.as_live):
        yield NOTHING_LIVE, _nobody
    if isinstance(held.trigger, ListTrigger | SegmentTrigger) and held.trigger.id:
        yield NO_LONGER_IN_LIST, _is_member
    yield REENTRY_BLOCKED, _may_come_again
    if held.profile_filter and held.profile_filter.condition_groups:
        yield FAILS_FLOW_FILTERS, _passes_filter


def _nobody(floor: Floor, flow: int, who: Comers) -> Bools:
    return np.zeros(len(who), dtype=np.bool_)


def _is_member(floor: Floor, flow: int, who: Comers) -> Bools:
    """Who still is a member by the joining that brings them."""
    trigger = floor.plan.flows[flow].trigger
    assert isinstance(trigger, ListTrigger | SegmentTrigger)
    passed: Bools = floor.people.joined(trigger.id or "")[who.rows] == who.ref
    return passed


def _passes_filter(floor: Floor, flow: int, who: Comers) -> Bools:
    asked = floor.plan.flows[flow].profile_filter
    assert asked is not None
    return asked.test(floor.comers(flow, who.rows, who.now, who.ref))


def _may_come_again(floor: Floor, flow: int, who: Comers) -> Bools:
    held = floor.plan.flows[flow]
    last = floor.people.last_entered[flow][who.rows]
    free = floor.people.visits[flow][who.rows] == 0
    if not isinstance(held.trigger, DateTrigger):
        free |= who.since < who.now  # those added from the past are not asked
    again = held.reentry_criteria
    if again is None:
        return free | bool(held.trigger and held.trigger.reentry_always)
    if again.unit == "alltime":
        return free | (again.duration == 0)
    since = who.now - np.where(free, who.now, last)
    passed: Bools = free | (since >= again.duration * _UNITS[again.unit])
    return passed
