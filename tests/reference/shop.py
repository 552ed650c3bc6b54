"""Prices that drop and stock that runs low, and whom it concerns (semantics B.9, E20)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from tests.reference.instants import moment
from tests.reference.person import Event, Person

METRICS = {
    "viewed": "Viewed Product",
    "added-to-cart": "Added to Cart",
    "checkout-started": "Started Checkout",
}
CATALOGUE = ("price-drop", "low-inventory")
"""The types of triggers that a change of the catalogue starts."""
BOUGHT = "Placed Order"
TICK = timedelta(microseconds=1)


@dataclass
class Shop:
    """The items of a catalogue, and how they change."""

    catalogue: dict[str, Any]

    def at(self, item: str, now: datetime) -> dict[str, Any]:
        """The item as it is at this moment, changes at the moment included."""
        held = next(dict(one) for one in self.catalogue["items"] if one["id"] == item)
        changes = [(moment(one["at"]), i, one) for i, one in enumerate(self.catalogue["changes"])]
        for at, _, one in sorted(changes, key=lambda change: change[:2]):
            if one["item"] == item and at is not None and at <= now:
                given = {name: value for name, value in one.items() if value is not None}
                held |= {name: given[name] for name in given.keys() - {"at", "item"}}
        return held

    def moments(self) -> list[tuple[datetime, str]]:
        """When something changes, and of which item."""
        found = {(moment(one["at"]), one["item"]) for one in self.catalogue["changes"]}
        return sorted((at, item) for at, item in found if at is not None)


def sold(item: dict[str, Any]) -> bool:
    """Whether it can be bought."""
    left = item.get("inventory")
    return item.get("published", True) and (left is None or left > 0)


def about(event: Event, item: str) -> bool:
    """Whether the event is about the item."""
    one, several = event.properties.get("ProductID"), event.properties.get("ItemIds")
    return one == item or (one is None and item in (several or ()))


def price_seen(shop: Shop, event: Event, item: str) -> float:
    """What the item cost for the person: as the event says, else as the catalogue did."""
    if event.properties.get("ProductID") == item:
        told = event.properties.get("Price")
    else:
        prices = event.properties.get("ItemPrices") or ()
        place = (event.properties.get("ItemIds") or []).index(item)
        told = prices[place] if place < len(prices) else None
    return float(shop.at(item, event.at)["price"] if told is None else told)


def interest(trigger: dict[str, Any], person: Person, item: str, span: Any) -> list[Event]:
    """What the audience of the trigger did with the item within the span, in time."""
    first, last, now = span
    kinds = [METRICS[one] for one in trigger["audience"]]
    return [
        event
        for event in sorted(person.events, key=lambda event: event.at)
        if event.metric in kinds
        and about(event, item)
        and first < event.at <= last
        and event.known <= now
    ]


def bought(person: Person, item: str, since: datetime, now: datetime) -> bool:
    """Whether the item was bought from then on."""
    return any(event.at >= since and about(event, item) for event in person.past(BOUGHT, now))


def wanted(
    trigger: dict[str, Any], shop: Shop, person: Person, what: tuple[str, datetime, datetime]
) -> Event | None:
    """The event that starts a run, for a change of an item at `at`, as it looks now."""
    item, at, now = what
    first = at - timedelta(days=trigger.get("timeframe_days", 30))
    if trigger["type"] == "price-drop":
        return _dropped(trigger, shop, person, (item, at, now, first))
    found = interest(trigger, person, item, (first, at, now))
    if not found or bought(person, item, first + TICK, now):
        return None
    held = shop.at(item, at)
    return _event("Low Inventory", held, at, None)


def _dropped(
    trigger: dict[str, Any],
    shop: Shop,
    person: Person,
    what: tuple[str, datetime, datetime, datetime],
) -> Event | None:
    item, at, now, first = what
    held, found = shop.at(item, now), interest(trigger, person, item, (first, at, now))
    if not found or not sold(held):
        return None
    seen = price_seen(shop, found[-1], item)
    later = interest(trigger, person, item, (first, now, now))
    if any(price_seen(shop, event, item) <= held["price"] for event in later):
        return None
    if bought(person, item, found[-1].at + TICK, now) or not enough(trigger, seen, held["price"]):
        return None
    return _event("Price Drop", held, at, seen)


def enough(trigger: dict[str, Any], seen: float, price: float) -> bool:
    """Whether the price has dropped by as much as the trigger asks for."""
    if price >= seen:
        return False
    drop = round(seen - price, 6)
    if trigger.get("price_drop_amount_unit", "currency") == "percent":
        drop = round(drop / seen * 100, 6)
    return bool(drop >= trigger["price_drop_amount_value"])


def _event(metric: str, held: dict[str, Any], at: datetime, seen: float | None) -> Event:
    told = {
        "ItemId": held["id"],
        "ProductName": held.get("title"),
        "Price": held["price"],
        "OldPrice": seen,
        "Inventory": held.get("inventory"),
    }
    given = {name: value for name, value in told.items() if value is not None}
    return Event(metric, at, None, given, at)


def concerning(trigger: dict[str, Any], shop: Shop) -> Iterator[tuple[str, datetime]]:
    """The changes that the trigger looks at: every fall of a price, or below the number."""
    for at, item in shop.moments():
        before, after = shop.at(item, at - TICK), shop.at(item, at)
        if trigger["type"] == "price-drop":
            if after["price"] < before["price"]:
                yield item, at
        elif _above(before, trigger["inventory_count"]) and not _above(
            after, trigger["inventory_count"]
        ):
            yield item, at


def _above(held: dict[str, Any], number: int) -> bool:
    """Whether more are left than that; of what nobody counts there always are."""
    left = held.get("inventory")
    return left is None or left > number
