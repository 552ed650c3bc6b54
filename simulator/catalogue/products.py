"""What a shop sells and the baskets people fill: the made-up tea shop, or a catalogue's items."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from flows.catalogue import Item
from flows.columns import Codes, Column, Keys, Value
from simulator import chance

BASKETS = 400
ADDRESS = "https://shop.example.com"
_ORDERED_WHOLE = 1_000
"""Up to so many products a basket is the head of an order of all of them."""
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
_FORMS: dict[str, tuple[str, ...]] = {
    "Teapots": ("Black", "White"),
    "Cups": ("White", "Green", "Blue"),
    "Tools": ("Black", "Silver"),
    "Gifts": ("Blue ribbon", "Red ribbon"),
}
"""What a product of the shelf comes in, where it comes in variants; other shelves sell tea."""
_TEA = ("Loose leaf", "Tea bags")


@dataclass(frozen=True, slots=True)
class Variant:
    """One form of a product; a product that comes in one form has one, with its own id."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Product:
    """One thing for sale."""

    id: str
    name: str
    categories: tuple[str, ...]
    price: float
    url: str
    image_url: str
    variants: tuple[Variant, ...]


@lru_cache(maxsize=1)
def products() -> tuple[Product, ...]:
    """The forty products of the made-up shop, in shelf order, each in one form."""
    names = [(name, shelf) for shelf, shelved in _SHELVES.items() for name in shelved]
    return tuple(
        _product(number, name, shelf) for number, (name, shelf) in enumerate(names, start=1)
    )


def _product(number: int, name: str, shelf: str) -> Product:
    key, price = f"product-{number}", 9.0 + ((number - 1) * 37) % 150
    url, image = f"{ADDRESS}/products/{slug(name)}", f"{ADDRESS}/images/{slug(name)}.jpg"
    return Product(key, name, (shelf,), price, url, image, (Variant(key, name),))


def forms(product: Product) -> tuple[str, ...]:
    """What the product would come in if it came in variants."""
    return _FORMS.get(product.categories[0], _TEA)


def of_items(items: Iterable[Item]) -> tuple[Product, ...]:
    """The products among a catalogue's items, in its order, each with its variants."""
    items = tuple(items)
    known = {item.id for item in items}
    variants: dict[str, list[Variant]] = {}
    for item in items:
        if item.parent in known:
            variants.setdefault(item.parent, []).append(Variant(item.id, item.title or item.id))
    return tuple(
        Product(
            item.id,
            item.title or item.id,
            item.categories,
            item.price,
            item.url,
            item.image_url,
            tuple(variants.get(item.id) or [Variant(item.id, item.title or item.id)]),
        )
        for item in items
        if item.parent not in known
    )


@lru_cache(maxsize=8)
def baskets(size: int) -> tuple[tuple[int, ...], ...]:
    """The baskets that occur, as places of so many products: one to four, most often one or two."""
    keys = np.arange(BASKETS, dtype=np.uint64)
    counts = 1 + np.searchsorted([0.45, 0.75, 0.92], chance.uniform(keys, chance.name_key("size")))
    return tuple(
        _basket(key, min(int(count), size), size) for key, count in zip(keys, counts, strict=True)
    )


def _basket(key: np.uint64, count: int, size: int) -> tuple[int, ...]:
    if size > _ORDERED_WHOLE:
        draws = np.arange(4 * count, dtype=np.uint64)
        drawn = chance.uniform(np.full(len(draws), key), draws) * size
        return tuple(list(dict.fromkeys(drawn.astype(int).tolist()))[:count])
    shares = chance.uniform(np.full(size, key), np.arange(size, dtype=np.uint64))
    return tuple(np.argsort(shares)[:count].tolist())


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


def slug(name: str) -> str:
    """A name as it stands in an address."""
    return name.lower().replace(" ", "-")


def pick(keys: Keys, purpose: str, size: int) -> Codes:
    """One of `size` entries per key, each as likely."""
    drawn: Codes = (chance.uniform(keys, chance.name_key(purpose)) * size).astype(np.int32)
    return drawn
