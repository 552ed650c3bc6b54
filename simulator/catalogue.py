"""A small made-up shop: its products and the baskets people fill, as columns for events."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from flows.columns import Codes, Column, Floats, Keys, Value
from simulator import chance

BASKETS = 400
ORDER_IDS = 5_000
_SHELVES: dict[str, tuple[str, ...]] = {
    "Black tea": ("Assam Harbour", "Yunnan Gold", "Darjeeling Chest", "Keemun Box", "Smoke & Pine"),
    "Green tea": ("Genmaicha Toast", "Spring Sencha", "Gyokuro Tin", "Matcha Set", "Dragonwell"),
    "Oolong": ("Iron Goddess", "Oriental Beauty", "Aged Dong Ding", "Milk Oolong", "Rock Oolong"),
    "Herbal": ("Orange Peel Rooibos", "Tisane Box", "Verbena", "Chamomile", "Hibiscus Chest"),
    "Teapots": ("Cast Iron Pot", "Glass Pot", "Stoneware Pot", "Porcelain Pot", "Clay Pot"),
    "Cups": ("Pair of Cups", "Set of Four Cups", "Gaiwan", "Tasting Cups", "Travel Mug"),
    "Tools": ("Bamboo Whisk", "Kettle", "Gooseneck Kettle", "Strainer", "Scale"),
    "Gifts": ("Tasting Box", "Garden Hamper", "Refill Pouches", "Gift Card", "Harvest Box"),
}


@dataclass(frozen=True, slots=True)
class Product:
    """One thing for sale."""

    name: str
    category: str
    price: float


@lru_cache(maxsize=1)
def products() -> tuple[Product, ...]:
    """The forty products, in shelf order."""
    names = [(name, shelf) for shelf, shelved in _SHELVES.items() for name in shelved]
    return tuple(
        Product(name, shelf, 9.0 + (position * 37) % 150)
        for position, (name, shelf) in enumerate(names)
    )


@lru_cache(maxsize=1)
def baskets() -> tuple[tuple[Product, ...], ...]:
    """The baskets that occur: one to four products, most often one or two."""
    keys = np.arange(BASKETS, dtype=np.uint64)
    sizes = 1 + np.searchsorted([0.45, 0.75, 0.92], chance.uniform(keys, chance.name_key("size")))
    return tuple(_basket(key, int(size)) for key, size in zip(keys, sizes, strict=True))


def _basket(key: np.uint64, size: int) -> tuple[Product, ...]:
    shelf = products()
    order = np.argsort(
        chance.uniform(np.full(len(shelf), key), np.arange(len(shelf), dtype=np.uint64))
    )
    return tuple(shelf[place] for place in order[:size].tolist())


@dataclass(frozen=True, slots=True, eq=False)
class Facet:
    """One property of every entry of a pool: `codes[entry]` points into `pool`."""

    codes: Codes
    pool: tuple[Value, ...]

    @classmethod
    def of(cls, values: list[Value]) -> Facet:
        """The facet whose entries have these values."""
        column = Column.of(values)
        return cls(column.codes, column.pool)

    def column(self, entries: Codes) -> Column:
        """The property of these entries."""
        return Column(self.codes[entries], self.pool)


@lru_cache(maxsize=1)
def basket_facets() -> dict[str, Facet]:
    """What an order or a checkout says of its basket."""
    filled = baskets()
    return {
        "Items": Facet.of([tuple(p.name for p in basket) for basket in filled]),
        "ItemCount": Facet.of([len(basket) for basket in filled]),
        "Categories": Facet.of([tuple(dict.fromkeys(p.category for p in b)) for b in filled]),
        "AddedItemProductName": Facet.of([basket[0].name for basket in filled]),
    }


@lru_cache(maxsize=1)
def product_facets() -> dict[str, Facet]:
    """What a view of a product says of it."""
    shown = products()
    return {
        "ProductName": Facet.of([p.name for p in shown]),
        "ProductID": Facet.of([f"product-{number}" for number in range(1, len(shown) + 1)]),
        "Categories": Facet.of([(p.category,) for p in shown]),
        "Price": Facet.of([p.price for p in shown]),
        "URL": Facet.of([f"https://shop.example.com/products/{slug(p.name)}" for p in shown]),
    }


@lru_cache(maxsize=1)
def _order_ids() -> tuple[Value, ...]:
    return tuple(f"order-{number:05d}" for number in range(1, ORDER_IDS + 1))


@lru_cache(maxsize=1)
def _checkout_urls() -> tuple[Value, ...]:
    return tuple(f"https://shop.example.com/checkout/{n:05d}" for n in range(1, ORDER_IDS + 1))


def slug(name: str) -> str:
    """A name as it stands in an address."""
    return name.lower().replace(" ", "-")


def pick(keys: Keys, purpose: str, size: int) -> Codes:
    """One of `size` entries per key, each as likely."""
    drawn: Codes = (chance.uniform(keys, chance.name_key(purpose)) * size).astype(np.int32)
    return drawn


def order_columns(entries: Codes, keys: Keys) -> dict[str, Column]:
    """The properties of orders: baskets by entry, ids (out of a bounded pool) by key."""
    return _of_basket(entries, "Items", "ItemCount", "Categories") | {
        "OrderId": Column(pick(keys, "order id", ORDER_IDS), _order_ids())
    }


def checkout_columns(entries: Codes, keys: Keys) -> dict[str, Column]:
    """The properties of started checkouts."""
    return _of_basket(entries, "Items", "ItemCount", "Categories") | {
        "CheckoutURL": Column(pick(keys, "checkout", ORDER_IDS), _checkout_urls())
    }


def cart_columns(entries: Codes) -> dict[str, Column]:
    """The properties of things put into the cart."""
    return _of_basket(entries, "AddedItemProductName", "Items", "ItemCount", "Categories")


def product_columns(entries: Codes) -> dict[str, Column]:
    """The properties of viewed products."""
    return {name: facet.column(entries) for name, facet in product_facets().items()}


def prices(entries: Codes) -> Floats:
    """The price of each product."""
    return np.array([p.price for p in products()])[entries]


def _of_basket(entries: Codes, *names: str) -> dict[str, Column]:
    facets = basket_facets()
    return {name: facets[name].column(entries) for name in names}
