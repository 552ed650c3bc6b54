"""Who wants an item: what each did with it, against its price and stock (semantics B.9)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from flows.columns import LONG_AGO, Bools, Floats, Times
from flows.metrics import PLACED_ORDER
from flows.moments import DAY
from flows.triggers.catalogue import METRICS, CatalogueTrigger, PriceDropTrigger
from simulator.goods.doings import Doers, Doings
from simulator.goods.goods import Goods
from simulator.goods.reading import Mentions

_CENTS = 6
"""Decimal places to which differences of prices count."""
SHOP_METRICS = frozenset({PLACED_ORDER, *METRICS.values()})


@dataclass(frozen=True, slots=True, eq=False)
class Offer:
    """Changes of the catalogue as they reach people, an entry each."""

    who: Doers
    at: Times
    """When the item changed."""

    def __len__(self) -> int:
        return len(self.at)


class Interest:
    """What the people of a shard did with the items of the catalogue."""

    def __init__(self, goods: Goods) -> None:
        self._goods = goods
        self._doings = {metric: Doings(len(goods)) for metric in sorted(SHOP_METRICS)}

    def take(self, metric: str, who: Doers, said: Mentions, times: Times) -> None:
        """These people did something with these items, at these times."""
        self._doings[metric].add(who.rows, who.items, times, said.prices)

    def seen(self, trigger: CatalogueTrigger, offer: Offer) -> tuple[Times, Floats]:
        """When each last showed interest within the timeframe before the change, at which price."""
        when = np.full(len(offer), LONG_AGO, dtype=np.int64)
        price = np.full(len(offer), np.nan)
        for doings in self._of(trigger):
            at, own = doings.last(offer.who, _opens(trigger, offer), offer.at)
            when, price = np.where(at > when, at, when), np.where(at > when, own, price)
        return when, price

    def wanted(self, trigger: CatalogueTrigger, offer: Offer, now: Times) -> Bools:
        """Whom the change would start, or still would, as of now.

        The timeframe ends with the change; what people bought and saw counts until now.
        """
        if isinstance(trigger, PriceDropTrigger):
            return self._still_cheaper(trigger, offer, now)
        when, _ = self.seen(trigger, offer)
        bought = self._doings[PLACED_ORDER].any(offer.who, _opens(trigger, offer), now)
        return (when != LONG_AGO) & ~bought

    def _still_cheaper(self, trigger: PriceDropTrigger, offer: Offer, now: Times) -> Bools:
        when, seen = self.seen(trigger, offer)
        items = offer.who.items
        price = self._goods.price(items, now)
        wanted = (when != LONG_AGO) & _dropped(trigger, seen, price)
        wanted &= (self._goods.stock(items, now) > 0) & self._goods.published(items, now)
        for doings in self._of(trigger):
            wanted &= doings.lowest(offer.who, _opens(trigger, offer), now) > price
        return wanted & ~self._doings[PLACED_ORDER].any(offer.who, when, now)

    def _of(self, trigger: CatalogueTrigger) -> Iterator[Doings]:
        for one in dict.fromkeys(trigger.audience):
            yield self._doings[METRICS[one]]


def _opens(trigger: CatalogueTrigger, offer: Offer) -> Times:
    return offer.at - trigger.timeframe_days * DAY


def _dropped(trigger: PriceDropTrigger, seen: Floats, price: Floats) -> Bools:
    """Where the price is so much lower than the one that was seen (semantics E20)."""
    less = seen - price
    least = np.full(len(less), float(trigger.price_drop_amount_value))
    if trigger.price_drop_amount_unit == "percent":
        less, least = less * 100, least * seen
    enough: Bools = (np.round(less - least, _CENTS) >= 0) & (np.round(less, _CENTS) > 0)
    return enough
