"""Runs of a small shop: what people did with its items, and what became of these."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from small_runs import Json, Person, at, population, scenario, us

from flows.catalogue import Catalogue, Item, ItemChange
from flows.columns import Column, Value
from flows.people import Events, Population
from simulator.scenario import Scenario

MUG = Item(id="mug", title="Mug", price=80.0, inventory=10, url="https://example.com/mug")
POT = Item(id="pot", title="Pot", price=40.0)
RED = Item(id="pot-red", title="Red pot", price=40.0, inventory=6, parent="pot")
BLUE = Item(id="pot-blue", title="Blue pot", price=44.0, inventory=9, parent="pot")


@dataclass(frozen=True)
class Did:
    """One person's event, with its properties."""

    who: int
    metric: str
    when: str
    properties: dict[str, Value]
    recorded: str | None = None
    silent: bool = False


def viewed(who: int, when: str, item: str, price: float | None = None, **more: Any) -> Did:
    """A look at an item, at a price."""
    return Did(who, "Viewed Product", when, {"ProductID": item, "Price": price, **more})


def asked(who: int, when: str, item: str, variant: str | None = None, **more: Any) -> Did:
    """A wish to be told when the item is back."""
    said = {"ProductID": item, "VariantId": variant}
    return Did(who, "Subscribed to Back in Stock", when, said, **more)


def basket(who: int, metric: str, when: str, *items: str, prices: tuple[float, ...] = ()) -> Did:
    """Something done with several items."""
    return Did(who, metric, when, {"ItemIds": items, "ItemPrices": prices or None})


def change(when: str, item: str, **what: Any) -> ItemChange:
    """An item changes."""
    return ItemChange(at=at(when), item=item, **what)


def shop(*changes: ItemChange, items: tuple[Item, ...] = (MUG, POT, RED, BLUE)) -> Catalogue:
    """The small shop with what changes in it."""
    return Catalogue(items=items, changes=changes)


def selling(sold: Catalogue, *, days: int = 60, **rules: Any) -> Scenario:
    """A scenario with this catalogue, from 5 January 2026."""
    return scenario(days=days, **rules).model_copy(update={"catalogue": sold})


def shoppers(size: int, *done: Did) -> Population:
    """So many people who did this."""
    return with_events(population(*(Person() for _ in range(size))), *done)


def with_events(people: Population, *done: Did) -> Population:
    """The people with these events beside their own."""
    for metric in dict.fromkeys(one.metric for one in done):
        own = sorted(
            (one for one in done if one.metric == metric), key=lambda one: (one.who, one.when)
        )
        people.events[metric] = _events(metric, own)
    return people


def _events(metric: str, done: list[Did]) -> Events:
    names = dict.fromkeys(name for one in done for name in one.properties)
    late = any(one.recorded for one in done)
    return Events(
        metric,
        np.array([one.who for one in done], dtype=np.int32),
        _times([at(one.when) for one in done]),
        np.full(len(done), math.nan),
        {name: Column.of([one.properties.get(name) for one in done]) for name in names},
        _times([at(one.recorded or one.when) for one in done]) if late else None,
        np.array([one.silent for one in done]) if any(one.silent for one in done) else None,
    )


def _times(moments: list[datetime]) -> Any:
    return np.array([us(moment) for moment in moments], dtype=np.int64)


def dropping(value: float = 10, unit: str = "currency", **more: Any) -> Json:
    """The head of a flow that a price drop starts."""
    head = {
        "type": "price-drop",
        "trigger_filter": None,
        "price_drop_amount_value": value,
        "price_drop_amount_unit": unit,
        "audience": ["viewed", "checkout-started"],
        "timeframe_days": 30,
    }
    return {"triggers": [head | more]}


def running_low(count: int = 3, level: str = "product", **more: Any) -> Json:
    """The head of a flow that low stock starts."""
    head = {
        "type": "low-inventory",
        "trigger_filter": None,
        "product_level": level,
        "inventory_count": count,
        "audience": ["viewed", "added-to-cart", "checkout-started"],
        "timeframe_days": 30,
    }
    return {"triggers": [head | more]}
