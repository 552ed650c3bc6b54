"""Which items events are about, and at which price (semantics B.9).

`ProductID` and `VariantId` name one item, `ItemIds` and `VariantIds` those of a basket; an event
about a variant is about its product, too. `Price` and `ItemPrices` are what the person saw, else
the catalogue says it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from flows.columns import Codes, Column, Floats, Times, Value
from simulator.catalogue.timeline import amount
from simulator.goods.goods import NO_ITEM, Goods

ONE = ("ProductID", "VariantId", "Price")
MANY = ("ItemIds", "VariantIds", "ItemPrices")
_ROOM = 1 << 31


@dataclass(frozen=True, slots=True, eq=False)
class Mentions:
    """Events with the items they are about: an entry for each of both."""

    events: NDArray[np.intp]
    items: Codes
    prices: Floats


def mentions(goods: Goods, properties: Mapping[str, Column], times: Times) -> Mentions:
    """The items of events that happened at these times, in order of the events."""
    size = len(times)
    columns = [properties.get(name) or Column.unset(size) for name in (*ONE, *MANY)]
    first_of, which = _alike(columns)
    said = [_said(goods, [_at(column, at) for column in columns]) for at in first_of.tolist()]
    sizes = np.array([len(one) for one in said], dtype=np.int64)
    flat = [mention for one in said for mention in one]
    items = np.array([item for item, _ in flat], dtype=np.int32)
    prices = np.array([price for _, price in flat], dtype=np.float64)
    events = np.repeat(np.arange(size), sizes[which])
    first = (np.cumsum(sizes) - sizes)[which]
    own = sizes[which]
    places = np.arange(len(events)) - np.repeat(np.cumsum(own) - own, own) + np.repeat(first, own)
    items, prices = items[places], prices[places]
    unseen = np.isnan(prices)
    prices[unseen] = goods.price(items[unseen], times[events[unseen]])
    return Mentions(events, items, prices)


def _alike(columns: list[Column]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Of rows that say the same in every column, where the first lies, and which each is like."""
    key = np.zeros(len(columns[0]), dtype=np.int64)
    for column in columns:
        if column.pool:
            key = key * (len(column.pool) + 1) + column.codes + 1
            if int(key.max(initial=0)) > _ROOM // (len(column.pool) + 1):
                key = np.unique(key, return_inverse=True)[1].reshape(-1)
    _, first, which = np.unique(key, return_index=True, return_inverse=True)
    return first, which.reshape(-1)


def _at(column: Column, row: int) -> Value:
    code = int(column.codes[row])
    return column.pool[code] if code >= 0 else None


def _said(goods: Goods, values: list[Value]) -> list[tuple[int, float]]:
    """The items that an event with these values is about, each once, with prices or NaN."""
    product, variant, price, *basket = values
    if product is not None or variant is not None:
        found = [(product, variant, price)]
    else:
        ids, variants, prices = (value if isinstance(value, tuple) else () for value in basket)
        size = max(len(ids), len(variants))
        found = list(zip(*(_filled(held, size) for held in (ids, variants, prices)), strict=True))
    said: dict[int, float] = {}
    for product, variant, price in found:
        for item in _with_product(goods, product, variant):
            said.setdefault(item, amount(price))
    return list(said.items())


def _filled(values: tuple[Value, ...], size: int) -> tuple[Value, ...]:
    return (*values, *[None] * size)[:size]


def _with_product(goods: Goods, product: Value, variant: Value) -> list[int]:
    items = [goods.code(product), goods.code(variant)]
    items += [int(goods.parents[item]) for item in items if item != NO_ITEM]
    return [item for item in dict.fromkeys(items) if item != NO_ITEM]
