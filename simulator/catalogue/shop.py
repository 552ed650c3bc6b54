"""A shop as events see it: what was viewed, put into a cart and ordered, at which price.

An event of the standing shop says what there is by name. In a shop whose prices and stock move,
`ProductID` and `VariantId` (`ItemIds` and `VariantIds` of a basket) say it by id, and `Price`
(`ItemPrices`) is what the person saw: the price of the product at the time of the event.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from flows.catalogue import Catalogue
from flows.columns import Bools, Codes, Column, Floats, Keys, Times, Value
from simulator import chance
from simulator.catalogue.products import (
    ADDRESS,
    BASKETS,
    Facet,
    Product,
    Variant,
    baskets,
    of_items,
    pick,
    products,
)
from simulator.catalogue.stock import SoldOut, price_steps, stock_steps
from simulator.catalogue.timeline import Steps, Timeline, amount, changed

ORDER_IDS = 5_000


@dataclass(frozen=True, slots=True, eq=False)
class Moving:
    """What a catalogue adds to a shop: forms of products, prices by time, and empty shelves."""

    variant: Facet
    """The id of every form, product by product."""
    first: Codes
    """By product, the place of its first form."""
    forms: Codes
    """By product, in how many forms it comes."""
    price: Timeline
    """By product."""
    basket_price: Timeline
    """By basket, the prices of its products."""
    sold_out: SoldOut
    """Over the forms."""


@dataclass(frozen=True, slots=True, eq=False)
class Shop:
    """Products, the baskets they make and what events say of both."""

    products: tuple[Product, ...]
    of_product: dict[str, Facet]
    of_basket: dict[str, Facet]
    moving: Moving | None = None

    def baskets(self, keys: Keys) -> Codes:
        """A basket per key."""
        return pick(keys, "basket", BASKETS)

    def viewed(self, keys: Keys) -> Codes:
        """A product per key."""
        return pick(keys, "product", len(self.products))

    def prices(self, entries: Codes, times: Times) -> Floats:
        """The price of each product at the time."""
        if self.moving is None:
            return np.array([p.price for p in self.products])[entries]
        return self.moving.price.column(entries, times).map(amount, np.float64).astype(np.float64)

    def missed(self, keys: Keys, times: Times) -> tuple[Bools, Codes]:
        """Where some form is sold out at the time, and there one of those, by place."""
        shares = chance.uniform(keys, chance.name_key("product"))
        if self.moving is None:
            return np.zeros(len(keys), dtype=np.bool_), np.zeros(0, dtype=np.int32)
        return self.moving.sold_out.pick(times, shares)

    def order(self, entries: Codes, times: Times, keys: Keys) -> dict[str, Column]:
        """The properties of orders: by basket, and an id (out of a bounded pool) by key."""
        return self._basket(entries, times, "Items", "ItemCount", "Categories") | {
            "OrderId": Column(pick(keys, "order id", ORDER_IDS), _order_ids())
        }

    def checkout(self, entries: Codes, times: Times, keys: Keys) -> dict[str, Column]:
        """The properties of started checkouts."""
        return self._basket(entries, times, "Items", "ItemCount", "Categories") | {
            "CheckoutURL": Column(pick(keys, "checkout", ORDER_IDS), _checkout_urls())
        }

    def cart(self, entries: Codes, times: Times) -> dict[str, Column]:
        """The properties of things put into the cart: the first of a basket was put in last."""
        names = ("AddedItemProductName", "Items", "ItemCount", "Categories")
        columns = self._basket(entries, times, *names)
        if self.moving is None:
            return columns
        added = {n: self.of_basket[n].column(entries) for n in ("ProductID", "VariantId")}
        firsts = columns["ItemPrices"]
        price = Column.of([held[0] if isinstance(held, tuple) else held for held in firsts.pool])
        return columns | added | {"Price": Column(price.codes[firsts.codes], price.pool)}

    def product(self, entries: Codes, times: Times, keys: Keys | None) -> dict[str, Column]:
        """The properties of viewed products; one that comes in forms is viewed in one, by key."""
        columns = {name: facet.column(entries) for name, facet in self.of_product.items()}
        if self.moving is None or keys is None:
            return columns
        chosen = chance.uniform(keys, chance.name_key("variant")) * self.moving.forms[entries]
        place = (self.moving.first[entries] + chosen).astype(np.int32)
        return columns | {
            "Price": self.moving.price.column(entries, times),
            "VariantId": self.moving.variant.column(place),
        }

    def form(self, places: Codes, times: Times) -> dict[str, Column]:
        """The properties of events about one form of a product, by the place of the form."""
        if self.moving is None:
            return {}
        entries = self.owner(places)
        columns = {name: facet.column(entries) for name, facet in self.of_product.items()}
        return columns | {
            "Price": self.moving.price.column(entries, times),
            "VariantId": self.moving.variant.column(places),
        }

    def owner(self, places: Codes) -> Codes:
        """The product that each form belongs to."""
        first = self.moving.first if self.moving else np.zeros(1, dtype=np.int32)
        return (np.searchsorted(first, places, side="right") - 1).astype(np.int32)

    def _basket(self, entries: Codes, times: Times, *names: str) -> dict[str, Column]:
        columns = {name: self.of_basket[name].column(entries) for name in names}
        if self.moving is None:
            return columns
        ids = {name: self.of_basket[name].column(entries) for name in ("ItemIds", "VariantIds")}
        return columns | ids | {"ItemPrices": self.moving.basket_price.column(entries, times)}


@lru_cache(maxsize=1)
def standing_shop() -> Shop:
    """The made-up shop whose prices never move, for flows that do not look at them."""
    sold = products()
    return Shop(sold, _of_product(sold), _of_basket(sold))


@lru_cache(maxsize=4)
def shop_of(catalogue: Catalogue) -> Shop:
    """The shop that sells these items; ValueError where there are none."""
    sold = of_items(catalogue.items)
    if not sold:
        raise ValueError("a catalogue without items sells nothing")
    forms = [variant.id for product in sold for variant in product.variants]
    sizes = np.array([len(product.variants) for product in sold], dtype=np.int32)
    prices = price_steps(catalogue)
    of_product = [_seen(product, prices) for product in sold]
    moving = Moving(
        variant=Facet.of(list(forms)),
        first=(np.cumsum(sizes) - sizes).astype(np.int32),
        forms=sizes,
        price=Timeline.of(of_product),
        basket_price=Timeline.of([_together(of_product, b) for b in baskets(len(sold))]),
        sold_out=SoldOut.of(stock_steps(catalogue), forms),
    )
    images: dict[str, Facet] = {"ImageURL": Facet.of([p.image_url or None for p in sold])}
    return Shop(sold, _of_product(sold) | images, _of_basket(sold) | _ids(sold), moving)


def _seen(product: Product, prices: dict[str, list[tuple[int, Value]]]) -> Steps:
    """The prices that people see: the product's own, else those of its first form."""
    own = prices[product.id]
    return own if any(price for _, price in own) else prices[product.variants[0].id]


def _together(prices: list[Steps], basket: tuple[int, ...]) -> Steps:
    """The prices of several products as one history."""
    steps: list[tuple[int, Value]] = []
    now: list[str | int | float | bool | None] = [None] * len(basket)
    found = sorted(
        (time, place, value)
        for place, entry in enumerate(basket)
        for time, value in prices[entry]
        if not isinstance(value, tuple)
    )
    for time, place, value in found:
        now[place] = value
        if None not in now:
            changed(steps, time, tuple(now))
    return steps


def _of_product(sold: tuple[Product, ...]) -> dict[str, Facet]:
    return {
        "ProductName": Facet.of([p.name for p in sold]),
        "ProductID": Facet.of([p.id for p in sold]),
        "Categories": Facet.of([p.categories for p in sold]),
        "Price": Facet.of([p.price for p in sold]),
        "URL": Facet.of([p.url or None for p in sold]),
    }


def _of_basket(sold: tuple[Product, ...]) -> dict[str, Facet]:
    filled = [tuple(sold[place] for place in basket) for basket in baskets(len(sold))]
    kinds = [[category for p in basket for category in p.categories] for basket in filled]
    return {
        "Items": Facet.of([tuple(p.name for p in basket) for basket in filled]),
        "ItemCount": Facet.of([len(basket) for basket in filled]),
        "Categories": Facet.of([tuple(dict.fromkeys(kind)) for kind in kinds]),
        "AddedItemProductName": Facet.of([basket[0].name for basket in filled]),
    }


def _ids(sold: tuple[Product, ...]) -> dict[str, Facet]:
    filled = [tuple(sold[place] for place in basket) for basket in baskets(len(sold))]
    keys = np.arange(BASKETS * 4, dtype=np.uint64)
    shares = iter(chance.uniform(keys, chance.name_key("basket variant")).tolist())
    chosen = [tuple(_form(p, next(shares)).id for p in basket) for basket in filled]
    return {
        "ItemIds": Facet.of([tuple(p.id for p in basket) for basket in filled]),
        "VariantIds": Facet.of(list(chosen)),
        "ProductID": Facet.of([basket[0].id for basket in filled]),
        "VariantId": Facet.of([held[0] for held in chosen]),
    }


def _form(product: Product, share: float) -> Variant:
    return product.variants[int(share * len(product.variants))]


@lru_cache(maxsize=1)
def _order_ids() -> tuple[Value, ...]:
    return tuple(f"order-{number:05d}" for number in range(1, ORDER_IDS + 1))


@lru_cache(maxsize=1)
def _checkout_urls() -> tuple[Value, ...]:
    return tuple(f"{ADDRESS}/checkout/{n:05d}" for n in range(1, ORDER_IDS + 1))
