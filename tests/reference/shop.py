"""Prices that drop and stock that runs low, and whom it concerns (semantics B.9, E20)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
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
NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass
class Shop:
    """The items of a catalogue, and how they change."""

    catalogue: dict[str, Any]

    def variants(self, item: str) -> list[str]:
        """The variants of a product."""
        return [one["id"] for one in self.catalogue["items"] if one.get("parent") == item]

    def parent(self, item: str | None) -> str | None:
        """The product of a variant."""
        found = (one for one in self.catalogue["items"] if one["id"] == item)
        return next((one.get("parent") for one in found), None)

    def has(self, item: str | None) -> bool:
        """Whether the catalogue knows the item."""
        return any(one["id"] == item for one in self.catalogue["items"])

    def at(self, item: str, now: datetime) -> dict[str, Any]:
        """The item as it is at this moment, changes at the moment included.

        A product whose stock nobody ever counts has the sum of its variants', as long as all of
        them are counted.
        """
        held = self._own(item, now)
        later = (one.get("inventory") for one in self.catalogue["changes"] if one["item"] == item)
        if held.get("inventory") is None and not any(left is not None for left in later):
            counts = [self._own(one, now).get("inventory") for one in self.variants(item)]
            known = [count for count in counts if count is not None]
            held["inventory"] = sum(known) if known and len(known) == len(counts) else None
        return held

    def _own(self, item: str, now: datetime) -> dict[str, Any]:
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
        found |= {(at, parent) for at, item in found if (parent := self.parent(item))}
        return sorted((at, item) for at, item in found if at is not None)


Who = tuple[Shop, Person]


def sold(item: dict[str, Any]) -> bool:
    """Whether it can be bought."""
    left = item.get("inventory")
    return item.get("published", True) and (left is None or left > 0)


def places(shop: Shop, event: Event, item: str) -> list[Any]:
    """The price at each place where the event is about the item or a variant of it."""
    told = event.properties
    if told.get("ProductID") or told.get("VariantId"):
        rows = [(told.get("ProductID"), told.get("VariantId"), told.get("Price"))]
    else:
        rows = _rows(told)
    return [
        price
        for product, variant, price in rows
        if item in (product, variant, shop.parent(variant))
    ]


def _rows(told: dict[str, Any]) -> list[tuple[Any, Any, Any]]:
    """What stands in the lists of an event, place by place."""
    lists = [told.get(name) or [] for name in ("ItemIds", "VariantIds", "ItemPrices")]
    longest = max(map(len, lists[:2]))
    wide = [(one + [None] * longest)[:longest] for one in lists]
    return list(zip(*wide, strict=True))


def about(shop: Shop, event: Event, item: str) -> bool:
    """Whether the event is about the item."""
    return bool(places(shop, event, item))


def price_seen(shop: Shop, event: Event, item: str) -> float:
    """What the item cost for the person: as the event says, else as the catalogue did."""
    told = places(shop, event, item)[0]
    return float(shop.at(item, event.at)["price"] if told is None else told)


def interest(trigger: dict[str, Any], who: Who, item: str, span: Any) -> list[Event]:
    """What the audience of the trigger did with the item within the span, in time."""
    (shop, person), (first, last, now) = who, span
    kinds = [METRICS[one] for one in trigger["audience"]]
    return [
        event
        for event in sorted(person.events, key=lambda event: event.at)
        if event.metric in kinds
        and about(shop, event, item)
        and first < event.at <= last
        and event.known <= now
    ]


def bought(who: Who, item: str, since: datetime, now: datetime) -> bool:
    """Whether the item was bought from then on."""
    shop, person = who
    past = person.past(BOUGHT, now)
    return any(event.at >= since and about(shop, event, item) for event in past)


def wanted(
    trigger: dict[str, Any], shop: Shop, person: Person, what: tuple[str, datetime, datetime]
) -> Event | None:
    """The event that starts a run, for a change of an item at `at`, as it looks now."""
    item, at, now = what
    first = at - timedelta(days=trigger.get("timeframe_days", 30))
    if trigger["type"] == "price-drop":
        return _dropped(trigger, shop, person, (item, at, now, first))
    found = interest(trigger, (shop, person), item, (first, at, now))
    if not found or bought((shop, person), item, first + TICK, now):
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
    held, found = shop.at(item, now), interest(trigger, (shop, person), item, (first, at, now))
    if not found or not sold(held):
        return None
    seen = price_seen(shop, found[-1], item)
    later = interest(trigger, (shop, person), item, (first, now, now))
    if any(price_seen(shop, event, item) <= held["price"] for event in later):
        return None
    if bought((shop, person), item, found[-1].at + TICK, now) or not enough(
        trigger, seen, held["price"]
    ):
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
        parent = shop.parent(item)
        if trigger["type"] == "price-drop":
            if _fell(shop, item, at) and not (parent and _fell(shop, parent, at)):
                yield item, at
        elif not _asked(trigger, shop, item):
            continue
        elif _above(before, trigger["inventory_count"]) and not _above(
            after, trigger["inventory_count"]
        ):
            yield item, at


def _asked(trigger: dict[str, Any], shop: Shop, item: str) -> bool:
    """Whether low stock of the item counts; a product without variants is its only one."""
    if trigger["product_level"] == "variant":
        return not shop.variants(item)
    return shop.parent(item) is None


def _fell(shop: Shop, item: str, at: datetime) -> bool:
    return bool(shop.at(item, at)["price"] < shop.at(item, at - TICK)["price"])


def _above(held: dict[str, Any], number: int) -> bool:
    """Whether more are left than that; of what nobody counts there always are."""
    left = held.get("inventory")
    return left is None or left > number


def back_at(shop: Shop, event: Event | None, now: datetime, minimum: int) -> datetime:
    """From when on the item that somebody asked for can be bought again."""
    told = event.properties if event else {}
    item = told.get("VariantId") or told.get("ProductID")
    if item is None or not shop.has(item):
        return NEVER
    for at in [now, *(at for at, _ in shop.moments() if at > now)]:
        held = shop.at(item, at)
        left = held.get("inventory")
        if held.get("published", True) and (left is None or left >= minimum):
            return at
    return NEVER
