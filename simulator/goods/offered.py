"""Events that the catalogue causes: a price that drops, a stock that runs low (semantics B.9)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from flows.columns import Codes, Column, Floats, Ints, Times, Value
from simulator.goods.doings import Doers
from simulator.goods.goods import Goods
from simulator.goods.interest import Offer
from simulator.history import MetricHistory


class OfferLog:
    """The events that started the runs of one flow, by number, in the order in which they came."""

    def __init__(self, history: MetricHistory) -> None:
        self.history = history
        self._items: Codes = np.zeros(0, dtype=np.int32)
        self._at: Times = np.zeros(0, dtype=np.int64)

    def add(self, offer: Offer, properties: dict[str, Column]) -> Ints:
        """Take events in; their numbers."""
        first, nothing = self.history.size, np.full(len(offer), np.nan)
        self.history.add(offer.who.rows, offer.at, nothing, properties)
        self._items = np.concatenate((self._items, offer.who.items))
        self._at = np.concatenate((self._at, offer.at))
        return np.arange(first, self.history.size)

    def offer(self, rows: NDArray[np.integer], numbers: Ints) -> Offer:
        """What the events with these numbers, of these people, were about."""
        return Offer(Doers(rows, self._items[numbers]), self._at[numbers])


def properties(goods: Goods, offer: Offer, seen: Floats) -> dict[str, Column]:
    """What such events say: the item as it is from its change on, and the price that was seen."""
    items, at = offer.who.items, offer.at
    columns = {name: column.take(items) for name, column in goods.facts.items()}
    return columns | {
        "Price": _numbers(goods.price(items, at)),
        "OldPrice": _numbers(seen),
        "Inventory": _numbers(goods.stock(items, at), whole=True),
    }


def _numbers(values: Floats, *, whole: bool = False) -> Column:
    """Numbers as a column; what is not finite is unset."""
    used, codes = np.unique(values, return_inverse=True)
    pool: list[Value] = [
        None if not np.isfinite(v) else int(v) if whole else float(v) for v in used.tolist()
    ]
    return Column.of(pool).take(codes.reshape(-1))
