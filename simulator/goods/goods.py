"""A catalogue as flows ask about it: what an item costs, and how many are left, at any time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np

from flows.catalogue import Catalogue, Item
from flows.columns import LONG_AGO, NEVER, Bools, Codes, Column, Floats, Times, Value
from flows.moments import micros
from simulator.catalogue.stock import price_steps, stock_steps
from simulator.catalogue.timeline import Timeline, amount, changed

NO_ITEM = -1
_History = list[tuple[int, Value]]


@dataclass(frozen=True, slots=True)
class Turn:
    """A number of an item changes: from `before` to `after`, at `at`."""

    item: int
    at: int
    before: float
    after: float


class Goods:
    """Items by code: their place in the catalogue. Stock that nobody counts is infinite."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.items: tuple[Item, ...] = catalogue.items
        self._codes = {item.id: code for code, item in enumerate(self.items)}
        self.parents: Codes = np.array(
            [self._codes.get(item.parent or "", NO_ITEM) for item in self.items], dtype=np.int32
        )
        """By item, the product that it is a variant of; NO_ITEM for products."""
        prices, stocks = price_steps(catalogue), _stocks(catalogue)
        self._price_steps = [prices[item.id] for item in self.items]
        self._stock_steps = [stocks[item.id] for item in self.items]
        self._published_steps = _published(catalogue)
        self._price = Timeline.of(self._price_steps)
        self._stock = Timeline.of(self._stock_steps)
        self._published = Timeline.of(self._published_steps)

    def __len__(self) -> int:
        return len(self.items)

    def code(self, identifier: Value) -> int:
        """The code of an item's id; NO_ITEM for one that the catalogue does not have."""
        if identifier is None or isinstance(identifier, tuple):
            return NO_ITEM
        return self._codes.get(str(identifier), NO_ITEM)

    def codes(self, identifiers: Column) -> Codes:
        """The codes of a column of ids."""
        return identifiers.map(self.code, np.int32).astype(np.int32, copy=False)

    @cached_property
    def facts(self) -> dict[str, Column]:
        """What events say of items, by property, an entry an item."""
        facts: dict[str, list[Value]] = {
            "ItemId": [item.id for item in self.items],
            "ProductName": [item.title or None for item in self.items],
            "URL": [item.url or None for item in self.items],
            "ImageURL": [item.image_url or None for item in self.items],
            "Categories": [item.categories for item in self.items],
        }
        return {name: Column.of(values) for name, values in facts.items()}

    def price(self, items: Codes, at: Times) -> Floats:
        """What each item costs at the time."""
        return self._price.column(items, at).map(amount, np.float64).astype(np.float64)

    def stock(self, items: Codes, at: Times) -> Floats:
        """How many of each item are left at the time."""
        return self._stock.column(items, at).map(_left, np.float64).astype(np.float64)

    def published(self, items: Codes, at: Times) -> Bools:
        """Whether each item can be seen in the shop at the time."""
        return self._published.column(items, at).test(lambda value: value is not False)

    def price_drops(self) -> Iterator[Turn]:
        """Every lowering of a price, of variants only where their product's does not fall too."""
        drops = [turn for turn in _turns(self._price_steps, amount) if turn.after < turn.before]
        of_products = {(turn.item, turn.at) for turn in drops}
        for turn in drops:
            if (int(self.parents[turn.item]), turn.at) not in of_products:
                yield turn

    def shortages(self, most: float, *, variants: bool) -> Iterator[Turn]:
        """Every fall of a stock from more than `most` to no more than that.

        Of variants, a product without any counting as its own; or of products alone.
        """
        split = {int(code) for code in self.parents if code != NO_ITEM}
        for turn in _turns(self._stock_steps, _left):
            is_product = self.parents[turn.item] == NO_ITEM
            asked = turn.item not in split if variants else is_product
            if asked and turn.before > most >= turn.after:
                yield turn

    def buyable(self, least: float) -> Buyable:
        """When at least so many of each item are there and it is published."""
        both: list[_History] = []
        for stock, published in zip(self._stock_steps, self._published_steps, strict=True):
            times = sorted({time for time, _ in (*stock, *published)})
            steps: _History = []
            for time in times:
                enough = _left(_value(stock, time)) >= least
                changed(steps, time, enough and _value(published, time) is not False)
            both.append(steps)
        return Buyable.of(both)


@dataclass(frozen=True, slots=True, eq=False)
class Buyable:
    """From which time on each item can be bought, and from which not."""

    timeline: Timeline
    starts: Times
    """When each step of the timeline begins."""

    @classmethod
    def of(cls, steps: list[_History]) -> Buyable:
        """Of items 0, 1, 2, ... with these steps."""
        starts = np.array([time for held in steps for time, _ in held], dtype=np.int64)
        return cls(Timeline.of(steps), starts)

    def next(self, items: Codes, at: Times) -> Times:
        """When each can first be bought, at the time or behind it; NEVER for no more."""
        if not len(items) or not len(self.starts):
            return np.full(len(items), NEVER, dtype=np.int64)
        known = items != NO_ITEM
        place = self.timeline.places(np.where(known, items, 0), at)
        now = self.timeline.held.take(place).test(lambda value: value is True)
        following = np.append(self.starts, LONG_AGO)[place + 1]
        later = np.where(following > at, following, NEVER)
        return np.where(known, np.where(now, at, later), NEVER)

    def until(self, item: int, at: int) -> int:
        """Until when the item, which can be bought at the time, can be; NEVER for always."""
        code, moment = np.array([item], dtype=np.int32), np.array([at], dtype=np.int64)
        following = int(np.append(self.starts, LONG_AGO)[self.timeline.places(code, moment)[0] + 1])
        return following if following > at else NEVER


def _turns(histories: list[_History], number: Callable[[Value], float]) -> Iterator[Turn]:
    for item, steps in enumerate(histories):
        for (_, before), (at, after) in pairwise(steps):
            yield Turn(item, at, number(before), number(after))


def _stocks(catalogue: Catalogue) -> dict[str, _History]:
    """By item the steps of its stock; a product that nobody counts has what its variants have.

    A variant that nobody counts is there in plenty, and so is its product.
    """
    own = stock_steps(catalogue)
    variants: dict[str, list[_History]] = {}
    for item in catalogue.items:
        if item.parent:
            variants.setdefault(item.parent, []).append(own.get(item.id, [(LONG_AGO, None)]))
    found: dict[str, _History] = {}
    for item in catalogue.items:
        steps = own.get(item.id) or _summed(variants.get(item.id, []))
        counted = bool(steps) and steps[0][0] == LONG_AGO
        found[item.id] = steps if counted else [(LONG_AGO, None), *steps]
    return found


def _summed(histories: list[_History]) -> _History:
    """The steps of several stocks together."""
    steps: _History = []
    for time in sorted({time for held in histories for time, _ in held}):
        known = [_left(_value(held, time)) for held in histories]
        whole = sum(known)
        changed(steps, time, None if np.isinf(whole) else int(whole))
    return steps


def _published(catalogue: Catalogue) -> list[_History]:
    steps: dict[str, _History] = {item.id: [(LONG_AGO, item.published)] for item in catalogue.items}
    for change in sorted(catalogue.changes, key=lambda one: micros(one.at)):
        if change.published is not None and change.item in steps:
            changed(steps[change.item], micros(change.at), change.published)
    return list(steps.values())


def _value(steps: _History, time: int) -> Value:
    """What holds at the time; None before the first step."""
    held: Value = None
    for at, value in steps:
        if at > time:
            break
        held = value
    return held


def _left(value: Value) -> float:
    return float(value) if isinstance(value, int | float) else float("inf")
