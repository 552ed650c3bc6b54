"""A batch of people at one action, each as of its own time: the engine's side of the scene."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from flows.columns import Bools, Column, Floats, Ints, Times, Value
from flows.decisions import Decision
from flows.document import Flow
from flows.people import take_consent
from flows.rules import Channel, Rules
from flows.scene import Consent, EventTest, ObjectTest, Window
from flows.timing.zones import known_zones
from flows.triggers import CatalogueTrigger, MetricTrigger, ObjectDateTrigger
from simulator.catalogue.for_run import catalogue_of
from simulator.chance import name_key, uniform
from simulator.goods import NO_ITEM, Goods, Interest
from simulator.goods.goods import Buyable
from simulator.goods.offered import OfferLog
from simulator.goods.queue import TURN, turns_of
from simulator.history import KeyRange, MetricHistory
from simulator.memory import NOTHING, Memory
from simulator.objects import ObjectStore, days_of, objects_of
from simulator.people import People
from simulator.plan import Plan, flow_key
from simulator.runs import OpenRuns, Runs


@dataclass(frozen=True, eq=False)
class Stage:
    """What all batches of a shard share; what few flows ask for is made when one does."""

    plan: Plan
    people: People
    objects: ObjectStore
    span: KeyRange
    histories: dict[str, MetricHistory] = field(default_factory=dict)
    memory: Memory = field(default_factory=Memory)
    offered: dict[int, OfferLog] = field(default_factory=dict)
    """By flow, what the catalogue has started its runs with."""

    def history(self, metric: str) -> MetricHistory:
        """The history of a metric, empty if there is none yet."""
        if metric not in self.histories:
            self.histories[metric] = MetricHistory(self.span, len(self.people))
        return self.histories[metric]

    @cached_property
    def goods(self) -> Goods:
        """The catalogue of the run."""
        return Goods(catalogue_of(self.plan.scenario))

    @cached_property
    def interest(self) -> Interest:
        """What people did with the items of the catalogue."""
        return Interest(self.goods)

    @cached_property
    def buyable(self) -> Buyable:
        """When there is enough of each item to tell those who asked for it."""
        return self.goods.buyable(self.plan.scenario.rules.back_in_stock.minimum)


class Batch:
    """The scene of one step of a flow, for one action."""

    def __init__(
        self,
        stage: Stage,
        flow: int,
        action: str,
        runs: Runs | OpenRuns,
        *,
        plan: Plan | None = None,
    ) -> None:
        """`plan` is the one of the rows' version of the flow, where that is edited in the run."""
        self._stage = stage
        self._plan, self._people = plan or stage.plan, stage.people
        self._histories = stage.histories
        self._flow, self._action = flow, action
        self._runs = runs
        self.rows, self.now, self.visit = runs.rows, runs.now, runs.visit

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def entered_at(self) -> Times:
        return self._runs.entered_at

    @property
    def ref(self) -> Ints:
        """What started each run."""
        return self._runs.ref

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
        history = self._started_by()
        return history.property(name, self.ref) if history else Column.unset(len(self))

    def _started_by(self) -> MetricHistory | None:
        """The events of which each started a run; None where none did."""
        trigger = self.flow.trigger
        if isinstance(trigger, MetricTrigger) and trigger.id:
            return self._histories.get(self._plan.metric(trigger.id))
        offered = self._stage.offered.get(self._flow)
        return offered.history if offered else None

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
        memory = self._runs.memory or self._stage.memory
        return memory.recall(self._flow, action, runs)

    def restocked(self) -> Times:
        goods = self._stage.goods
        variants, products = self.event_column("VariantId"), self.event_column("ProductID")
        own = goods.codes(variants)
        items = np.where(own == NO_ITEM, goods.codes(products), own)
        free = self._stage.buyable.next(items, self.now)
        if self.rules.back_in_stock.per_unit is None:
            return free
        turns = turns_of(self.event_column(TURN))
        return np.where(turns > self.now, turns, free)

    def still_wanted(self) -> Bools:
        trigger, offered = self.flow.trigger, self._stage.offered.get(self._flow)
        if not isinstance(trigger, CatalogueTrigger) or offered is None:
            return np.ones(len(self), dtype=np.bool_)
        offer = offered.offer(self.rows, self.ref)
        return self._stage.interest.wanted(trigger, offer, self.now)

    def available(self, items: Column) -> Bools:
        goods = self._stage.goods
        codes = goods.codes(items)
        known = np.flatnonzero(codes != NO_ITEM)
        found = np.zeros(len(self), dtype=np.bool_)
        found[known] = goods.published(codes[known], self.now[known])
        return found

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
        history = self._started_by()
        names = (*history.names(), "$value") if history else ()
        found = {name: self.event_column(name).values()[0] for name in names if name != TURN}
        return {name: value for name, value in found.items() if value is not None}

    def object(self) -> dict[str, Value]:
        """All properties of the custom object whose date started the first person's run."""
        trigger = self.flow.trigger
        if not isinstance(trigger, ObjectDateTrigger):
            return {}
        return self._stage.objects.described(trigger.object_type_id, int(objects_of(self.ref)[0]))

    def having(self) -> dict[str, tuple[dict[str, Value], ...]]:
        """All custom objects that the first person has by now, by type."""
        return self._stage.objects.all_of(int(self.rows[0]), int(self.now[0]))
