"""Who is told first that an item is back, where not all are told at once (semantics B.9)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from flows.actions.back_in_stock_delay import BackInStockDelay
from flows.columns import NEVER, Column, Ints, Times, Value
from flows.metrics import BACK_IN_STOCK
from flows.moments import MINUTE
from flows.people import Events, Population
from flows.rules import BackInStock
from simulator.catalogue.for_run import catalogue_of
from simulator.goods.goods import NO_ITEM, Buyable, Goods
from simulator.plan import Plan
from simulator.source import Source

TURN = "$turn"
"""The property of a request that says, in µs, when its turn has come; unset for never."""
_AT_ONCE = 50_000
"""So many people are asked at a time who wants what."""


def turns_of(column: Column) -> Times:
    """The moments of a column of turns."""
    return column.map(lambda v: v if isinstance(v, int) else NEVER, np.int64).astype(np.int64)


def queued(source: Source, plan: Plan) -> Source:
    """The same people, whose requests know when their turn has come.

    Where a number of people is told for each restocked item, all who asked stand in one queue:
    it is computed over the whole source before any part of it runs, so that the parts do not
    matter. Everywhere else the source itself.
    """
    waits = any(isinstance(a, BackInStockDelay) for flow in plan.flows for a in flow.actions)
    if plan.scenario.rules.back_in_stock.per_unit is None or not waits:
        return source
    return Queued(source, _turns(source, plan))


@dataclass(frozen=True, slots=True)
class Queued:
    """A source of people who know when their turn has come."""

    source: Source
    turns: _Turns

    def __len__(self) -> int:
        return len(self.source)

    @property
    def earliest(self) -> int:
        return self.source.earliest

    def shard(self, start: int, stop: int) -> Population:
        people = self.source.shard(start, stop)
        asked = people.events.get(BACK_IN_STOCK)
        if asked is None:
            return people
        first, last = np.searchsorted(self.turns.people, [start, stop])
        turns: list[Value] = [t if t != NEVER else None for t in self.turns.at[first:last].tolist()]
        told = replace(asked, properties=asked.properties | {TURN: Column.of(turns)})
        return replace(people, events=people.events | {BACK_IN_STOCK: told})


@dataclass(frozen=True, slots=True)
class _Turns:
    """Every request of the whole source, in order of the people: whose, and when it is its turn."""

    people: Ints
    at: Times


@dataclass(slots=True, eq=False)
class _Requests:
    """Who asked for what, when, an entry a request."""

    people: list[Ints] = field(default_factory=list)
    times: list[Times] = field(default_factory=list)
    items: list[NDArray[np.int32]] = field(default_factory=list)

    def add(self, first: int, asked: Events, goods: Goods) -> None:
        """Take in the requests of people from number `first` on; one that is silent waits for
        nothing.
        """
        unset = Column.unset(len(asked))
        own = goods.codes(asked.properties.get("VariantId") or unset)
        products = goods.codes(asked.properties.get("ProductID") or unset)
        items = np.where(own == NO_ITEM, products, own).astype(np.int32)
        if asked.silent is not None:
            items[asked.silent] = NO_ITEM
        known = asked.times
        if asked.recorded is not None:
            known = np.maximum(known, asked.recorded)
        self.people.append(asked.rows.astype(np.int64) + first)
        self.times.append(known)
        self.items.append(items)


def _turns(source: Source, plan: Plan) -> _Turns:
    goods, requests = Goods(catalogue_of(plan.scenario)), _Requests()
    for first in range(0, len(source), _AT_ONCE):
        asked = source.shard(first, min(first + _AT_ONCE, len(source))).events.get(BACK_IN_STOCK)
        if asked is not None and len(asked):
            requests.add(first, asked, goods)
    if not requests.people:
        nobody = np.zeros(0, dtype=np.int64)
        return _Turns(nobody, nobody)
    people, times = np.concatenate(requests.people), np.concatenate(requests.times)
    items = np.concatenate(requests.items)
    at = np.full(len(people), NEVER, dtype=np.int64)
    inside = (times < plan.end) & (items != NO_ITEM)
    if not plan.scenario.add_past:
        inside &= times >= plan.start
    order = np.lexsort((people, times, items))
    order = order[inside[order]]
    rules = plan.scenario.rules.back_in_stock
    queue = _Queue(goods, goods.buyable(rules.minimum), rules, plan.end)
    for item in np.unique(items[order]).tolist():
        own = order[items[order] == item]
        at[own] = queue.turns(item, times[own], plan.start)
    return _Turns(people, at)


@dataclass(frozen=True, slots=True)
class _Queue:
    """Those who wait for an item: a batch when it is back, and another after each wait."""

    goods: Goods
    buyable: Buyable
    rules: BackInStock
    end: int

    def turns(self, item: int, asked: Times, start: int) -> Times:
        """The turn of each who asked for the item, the times ascending."""
        turns = np.full(len(asked), NEVER, dtype=np.int64)
        served = 0
        for at in self._batches(item, start):
            waiting = int(np.searchsorted(asked, at, side="right"))
            batch = float(self.rules.per_unit or 0) * float(self.goods.stock(*_now(item, at))[0])
            last = int(min(waiting, served + batch))
            turns[served:last] = at
            served = max(served, last)
            if served == len(asked):
                break
        return turns

    def _batches(self, item: int, start: int) -> Iterator[int]:
        """When a batch goes out: as stock comes, and so long after each other while it lasts."""
        wait = max(self.rules.wait_minutes, 1) * MINUTE
        opens = int(self.buyable.next(*_now(item, start))[0])
        while opens < self.end:
            closes = min(self.buyable.until(item, opens), self.end)
            yield from range(opens, closes, wait)
            opens = int(self.buyable.next(*_now(item, closes))[0])


def _now(item: int, at: int) -> tuple[NDArray[np.int32], Times]:
    return np.array([item], dtype=np.int32), np.array([at], dtype=np.int64)
