"""A generated shop of a few items, and what people do with them."""

from __future__ import annotations

from random import Random
from typing import Any

from tests.reference.words import Json, instant, maybe

SHOP = ("price-drop", "low-inventory")
ITEMS = ("pot", "pan", "cup")
VARIANTS = {"pot-s": "pot", "pot-l": "pot", "cup-s": "cup"}
BACK = "Subscribed to Back in Stock"
PRICES = (60, 50, 45, 40, 19.99)


def catalogue(random: Random, scenario: dict[str, Any]) -> Json:
    """Three products, some with variants, whose prices and stock change often."""
    items = [_item(random, name) for name in ITEMS]
    items += [_item(random, name) | {"parent": parent} for name, parent in VARIANTS.items()]
    return {"items": items, "changes": [_change(random, scenario) for _ in range(18)]}


def _item(random: Random, name: str) -> Json:
    return {
        "id": name,
        "title": name.title(),
        "price": random.choice(PRICES),
        "inventory": random.choice((None, 0, 0, 5, 12)),
        "published": random.random() < 0.9,
    }


def _change(random: Random, scenario: dict[str, Any]) -> Json:
    at = instant(random, scenario["start"], scenario["days"], past=3)
    change: Json = {"at": at.isoformat(), "item": random.choice((*ITEMS, *VARIANTS))}
    if random.random() < 0.6:
        change["price"] = random.choice(PRICES)
    if random.random() < 0.5:
        change["inventory"] = random.choice((0, 1, 3, 12))
    if random.random() < 0.1:
        change["published"] = random.random() < 0.5
    return change


def shop_trigger(random: Random) -> Json:
    """A trigger by a price that drops or by stock that runs low."""
    days = random.choice((3, 30))
    if random.random() < 0.6:
        return {
            "type": "price-drop",
            "trigger_filter": None,
            "price_drop_amount_value": random.choice((5, 10, 20)),
            "price_drop_amount_unit": random.choice(("currency", "percent")),
            "audience": random.choice((["viewed"], ["checkout-started", "viewed"])),
            "timeframe_days": days,
            "currency_type": "usd",
        }
    return {
        "type": "low-inventory",
        "product_level": random.choice(("product", "variant")),
        "trigger_filter": None,
        "inventory_count": random.choice((0, 1, 3)),
        "audience": random.choice((["viewed"], ["checkout-started", "viewed"])),
        "timeframe_days": days,
    }


def about_items(random: Random, metric: str) -> Json:
    """Which items an event is about, and at which price, if any."""
    if random.random() < 0.3:
        return {}
    variant = random.choice(list(VARIANTS))
    if metric in {"Viewed Product", BACK}:
        one: Json = {"ProductID": random.choice(ITEMS)}
        if random.random() < 0.3:
            one = {"ProductID": VARIANTS[variant], "VariantId": variant}
        return one | maybe(random, 0.5, {"Price": random.choice(PRICES)}, {})
    several = random.sample(ITEMS, random.choice((1, 1, 2)))
    prices = [random.choice(PRICES) for _ in several]
    found: Json = {"ItemIds": several} | maybe(random, 0.5, {"ItemPrices": prices}, {})
    if random.random() < 0.3:
        found["VariantIds"] = [_variant(random, name) for name in several]
    return found


def _variant(random: Random, product: str) -> str | None:
    own = [name for name, parent in VARIANTS.items() if parent == product]
    return random.choice(own) if own else None
