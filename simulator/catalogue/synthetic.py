"""The made-up shop as a catalogue: sales, rises, stock that falls and comes again, by chance."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain, count

import numpy as np

from flows.catalogue import Catalogue, Item, ItemChange
from flows.columns import Keys
from simulator import chance
from simulator.catalogue.products import Product, forms, products, slug
from simulator.quantiles import exponential
from simulator.shop_settings import ShopSettings

MONTH = 30.0
"""Days that rates are told for."""
STEPS = 12
"""Changes in which a stock is sold."""


def synthetic_catalogue(seed: int, start: datetime, days: int, settings: ShopSettings) -> Catalogue:
    """The items at the start, and every change of price or stock in `days` from there.

    Products are `product-1`, `product-2`, ...; variants are `product-21-black` and so on, cost
    what the product costs and have stock of their own, of which the product has the sum. A longer
    run begins as a shorter one does.
    """
    items: list[Item] = []
    changes: list[ItemChange] = []
    for product in products():
        draws = _Draws.of(seed, product.id)
        titles = forms(product) if draws.next() < settings.variants else ()
        made = _Made(product, titles, seed, settings)
        items += made.items()
        changes += made.changes(start, days)
    changes.sort(key=lambda change: change.at)
    return Catalogue(items=tuple(items), changes=tuple(changes))


@dataclass(slots=True)
class _Draws:
    """Numbers in [0, 1), one after another, for one purpose."""

    shares: Iterator[float]

    @classmethod
    def of(cls, seed: int, *purpose: str) -> _Draws:
        key = chance.name_key("catalogue", seed, *purpose)
        return cls(chain.from_iterable(_shares(key, block) for block in count()))

    def next(self) -> float:
        return next(self.shares)

    def about(self, mean: float) -> float:
        """From half of the mean to half as much again."""
        return mean * (0.5 + self.next())

    def wait(self, rate: float) -> float:
        """Days until something happens that happens so often in 30 days."""
        drawn = exponential().at(np.array([self.next()]))
        return float(drawn[0]) * MONTH / rate if rate > 0 else float("inf")


def _shares(key: np.uint64, block: int) -> list[float]:
    size = 64
    keys: Keys = np.arange(block * size, (block + 1) * size, dtype=np.uint64)
    return chance.uniform(keys, key).tolist()


@dataclass(frozen=True, slots=True)
class _Made:
    """One product with its variants in the making."""

    product: Product
    titles: tuple[str, ...]
    seed: int
    settings: ShopSettings

    @property
    def variants(self) -> list[str]:
        """The ids of the variants; none for a product in one form."""
        return [f"{self.product.id}-{slug(title)}" for title in self.titles]

    def items(self) -> list[Item]:
        """The product and its variants as they are at the start."""
        stocks = {key: levels[0][1] for key, levels in self._stocks(1).items()}
        shared = {
            "url": self.product.url,
            "image_url": self.product.image_url,
            "price": self.product.price,
            "categories": self.product.categories,
        }
        name, key = self.product.name, self.product.id
        found = [Item(id=key, title=name, inventory=stocks[key], **shared)]
        for variant, title in zip(self.variants, self.titles, strict=True):
            found.append(
                Item(
                    id=variant,
                    title=f"{name}, {title}",
                    inventory=stocks[variant],
                    parent=key,
                    **shared,
                )
            )
        return found

    def changes(self, start: datetime, days: int) -> Iterator[ItemChange]:
        """Everything that changes about them."""
        for day, price in self._prices(days):
            for key in (self.product.id, *self.variants):
                yield ItemChange(at=_moment(start, day), item=key, price=price)
        for key, levels in self._stocks(days).items():
            for day, left in levels[1:]:
                yield ItemChange(at=_moment(start, day), item=key, inventory=left)

    def _prices(self, days: int) -> Iterator[tuple[float, float]]:
        settings, draws = self.settings, _Draws.of(self.seed, self.product.id, "price")
        rate, usual, day = settings.price_drops + settings.price_rises, self.product.price, 0.0
        while True:
            day += draws.wait(rate)
            if day >= days:
                return
            if draws.next() * rate < settings.price_drops:
                yield day, round(usual * (1 - draws.about(settings.drop)), 2)
                day += draws.about(settings.sale_days)
            else:
                usual = round(usual * (1 + draws.about(settings.rise)), 2)
            if day < days:
                yield day, usual

    def _stocks(self, days: int) -> dict[str, list[tuple[float, int]]]:
        """By item, how many are left from each day on; what came before the start is left out."""
        if not self.titles:
            return {self.product.id: self._stock(self.product.id, days)}
        own = {variant: self._stock(variant, days) for variant in self.variants}
        turns = sorted((day, key, left) for key, held in own.items() for day, left in held[1:])
        now = {key: held[0][1] for key, held in own.items()}
        whole = [(0.0, sum(now.values()))]
        for day, key, left in turns:
            now[key] = left
            whole.append((day, sum(now.values())))
        return {self.product.id: whole} | own

    def _stock(self, key: str, days: int) -> list[tuple[float, int]]:
        """How many are left from each day on; the first of them at the start."""
        settings, draws = self.settings, _Draws.of(self.seed, key, "stock")
        day = -draws.next() * settings.stock_days
        found: list[tuple[float, int]] = []
        while day < days or not found:
            full = max(round(draws.about(settings.stock)), 1)
            lasts = draws.about(settings.stock_days)
            out = draws.next() < settings.sells_out
            least = 0 if out else full // 10
            for step in range(STEPS + 1):
                at = day + lasts * (step + (draws.next() - 0.5) * (0 < step < STEPS)) / STEPS
                left = full - round((full - least) * step / STEPS)
                found.append((at, left))
            day += lasts + (draws.about(settings.restock_days) if out else 0.0)
        before = [left for at, left in found if at <= 0]
        return [(0.0, before[-1]), *((at, left) for at, left in found if 0 < at < days)]


def _moment(start: datetime, day: float) -> datetime:
    return start + timedelta(minutes=round(day * 24 * 60))
