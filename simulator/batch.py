"""A batch of people at one action, each as of its own time: the engine's side of the scene."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from flows.columns import Bools, Column, Floats, Ints, Times, Value
from flows.decisions import Decision
from flows.document import Flow
from flows.people import take_consent
from flows.rules import Channel, Rules
from flows.scene import Consent, EventTest, ObjectTest, Window
from flows.timing.zones import known_zones
from flows.triggers import MetricTrigger, ObjectDateTrigger
from simulator.chance import name_key, uniform
from simulator.history import MetricHistory
from simulator.memory import NOTHING, Memory
from simulator.objects import ObjectStore, days_of, objects_of
from simulator.people import People
from simulator.plan import Plan, flow_key


@dataclass(frozen=True, slots=True, eq=False)
class Stage:
    """What all batches of a shard share."""

    plan: Plan
    people: People
    objects: ObjectStore
    histories: dict[str, MetricHistory] = field(default_factory=dict)
    memory: Memory = field(default_factory=Memory)


@dataclass(frozen=True, slots=True, eq=False)
class Runs:
    """The runs of a batch, an entry each; every row of the shard at most once."""

    rows: NDArray[np.integer]
    now: Times
    visit: Ints
    entered_at: Times
    entered_before: Times
    """The same person's entry before this one."""
    ref: Ints
    """What started the run: an event, a joining, the day of a date flow or that of an object."""
    numbers: Ints | None = None
    """The runs' own numbers; None for those who only come to the flow."""


class Batch:
    """The scene of one step of a flow, for one action."""

    def __init__(self, stage: Stage, flow: int, action: str, runs: Runs) -> None:
        self._stage = stage
        self._plan, self._people, self._histories = stage.plan, stage.people, stage.histories
        self._flow, self._action = flow, action
        self._runs = runs
        self.rows, self.now, self.visit = runs.rows, runs.now, runs.visit
        self.entered_at, self.ref = runs.entered_at, runs.ref

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def flow(self) -> Flow:
        return self._plan.flows[self._flow]

    @property
    def rules(self) -> Rules:
        return self._plan.scenario.rules

    @property
    def target_day(self) -> Ints:
        trigger = self.flow.trigger
        return days_of(self.ref) if isinstance(trigger, ObjectDateTrigger) else self.ref

    def column(self, name: str) -> Column:
        return self._people.column(name).take(self.rows)

    def event_column(self, name: str) -> Column:
        trigger = self.flow.trigger
        if isinstance(trigger, MetricTrigger) and trigger.id:
            history = self._histories.get(self._plan.metric(trigger.id))
            if history:
                return history.property(name, self.ref)
        return Column.unset(len(self))

    def count(self, metric: str, window: Window, where: Sequence[EventTest] = ()) -> Ints:
        history = self._histories.get(self._plan.metric(metric))
        if history is None:
            return np.zeros(len(self), dtype=np.int64)
        return history.count(self.rows, window, where)

    def total(self, metric: str, window: Window, where: Sequence[EventTest] = ()) -> Floats:
        history = self._histories.get(self._plan.metric(metric))
        if history is None:
            return np.zeros(len(self), dtype=np.float64)
        return history.total(self.rows, window, where)

    def joined(self, group: str) -> Times:
        return self._people.joined(group)[self.rows]

    def consent(self, channel: Channel) -> Consent:
        return take_consent(self._people.consent[channel], self.rows)

    def address(self, channel: Channel) -> NDArray[np.int8]:
        return self._people.address(channel)[self.rows]

    def last_sent(self, channel: Channel) -> Times:
        return self._people.last_sent[channel][self.rows]

    def smart_until(self, channel: Channel) -> Times:
        return self._people.smart_until[channel][self.rows]

    def last_entered(self) -> Times:
        return self._runs.entered_before

    def zone(self, timezone: str) -> Column:
        if timezone == "profile":
            return self._people.zones().take(self.rows)
        fixed = Column(np.zeros(len(self), dtype=np.int32), (timezone,))
        return known_zones(fixed, self.rules.account_timezone)

    def chance(self, purpose: str, *, per_visit: bool = True) -> Floats:
        salt = name_key(self._plan.scenario.seed, flow_key(self.flow), self._action, purpose)
        keys = self._people.keys[self.rows]
        if per_visit:
            return uniform(keys, salt, self.visit.astype(np.uint64))
        return uniform(keys, salt)

    def object_count(self, object_type: str, where: Sequence[ObjectTest] = ()) -> Ints:
        return self._stage.objects.count(object_type, self.rows, self.now, where)

    def object_column(self, name: str) -> Column:
        trigger = self.flow.trigger
        if not isinstance(trigger, ObjectDateTrigger):
            return Column.unset(len(self))
        held = self._stage.objects.column(trigger.object_type_id, name)
        return held.take(objects_of(self.ref))

    def remembered(self, action: str) -> NDArray[np.int16]:
        runs = self._runs.numbers
        if runs is None:
            return np.full(len(self), NOTHING, dtype=np.int16)
        return self._stage.memory.recall(self._flow, action, runs)

    def restocked(self) -> Times:
        return self.now

    def still_wanted(self) -> Bools:
        return np.ones(len(self), dtype=np.bool_)

    def available(self, items: Column) -> Bools:
        return np.ones(len(self), dtype=np.bool_)

    @property
    def decisions(self) -> Sequence[Decision]:
        return self._plan.decisions

    def profile_id(self, place: int) -> str:
        """The id of the person at this place of the batch."""
        return str(self._people.ids[self.rows[place]])

    def everything(self) -> dict[str, Value]:
        """All properties that the first person of the batch has now."""
        row = self.rows[:1]
        found = {name: c.take(row).values()[0] for name, c in self._people.properties.items()}
        return {name: value for name, value in found.items() if value is not None}

    def event(self) -> dict[str, Value]:
        """All properties of the event that started the first person's run."""
        trigger = self.flow.trigger
        if not isinstance(trigger, MetricTrigger) or not trigger.id:
            return {}
        history = self._histories.get(self._plan.metric(trigger.id))
        names = history.names() if history else ()
        found = {name: self.event_column(name).values()[0] for name in (*names, "$value")}
        return {name: value for name, value in found.items() if value is not None}
