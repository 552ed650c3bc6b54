"""Triggers by a change of the catalogue: an item becomes cheaper, or few are left of it."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from flows.conditions import Filter
from flows.conditions.base import Names, Need
from flows.face import Face
from flows.filters.base import Number, Whole
from flows.filters.words import joined, number
from flows.metrics import ADDED_TO_CART, STARTED_CHECKOUT, VIEWED_PRODUCT
from flows.problem import Problem
from flows.triggers.base import Trigger

Interest = Literal["viewed", "added-to-cart", "checkout-started"]
METRICS: dict[Interest, str] = {
    "viewed": VIEWED_PRODUCT,
    "added-to-cart": ADDED_TO_CART,
    "checkout-started": STARTED_CHECKOUT,
}
"""The metric by which a person has shown each interest."""
_DID = {
    "viewed": "viewed{}",
    "added-to-cart": "put{} into the cart",
    "checkout-started": "started a checkout with{}",
}


class CatalogueTrigger(Trigger):
    """The base of triggers that reach those who showed interest in an item (semantics B.9)."""

    trigger_filter: Filter | None
    audience: tuple[Interest, ...]
    timeframe_days: Whole = 30

    @property
    @abstractmethod
    def threshold(self) -> int | float:
        """The number that a change must come up, or down, to."""

    def interested(self, it: str = "") -> str:
        """What people did, as in “viewed or started a checkout with”; `it` names the item there."""
        did = [_DID[one].format(it) for one in dict.fromkeys(self.audience)]
        return joined(did, "or") or f"did nothing to{it}"

    def needs(self) -> Iterator[Need]:
        yield Need(kind="item", name=self.type, values=(self.threshold,), trigger=True)
        for one in dict.fromkeys(self.audience):
            yield Need(kind="metric", name=METRICS[one], trigger=True)
        if self.trigger_filter:
            for need in self.trigger_filter.needs():
                yield replace(need, trigger=True)

    def problems(self, where: str) -> Iterator[Problem]:
        if not self.audience:
            yield Problem(
                code="R01",
                severity="error",
                where=f"{where}.audience",
                text="The trigger names no audience, so nobody can enter.",
                fix="Choose what people must have done with the item.",
            )
        if self.timeframe_days < 1:
            yield Problem(
                code="R01",
                severity="error",
                where=f"{where}.timeframe_days",
                text=f"Nobody did anything within {self.timeframe_days} days.",
                fix="Choose 1 day or more.",
            )
        if self.trigger_filter:
            yield from self.trigger_filter.problems(f"{where}.trigger_filter")

    def _asked(self, names: Names) -> str:
        asked = self.trigger_filter
        return f" where {asked.sentence(names)}" if asked and asked.condition_groups else ""


class PriceDropTrigger(CatalogueTrigger):
    """An item becomes so much cheaper than at the price that a person has seen (semantics B.9)."""

    type: Literal["price-drop"] = "price-drop"
    price_drop_amount_value: Number
    price_drop_amount_unit: Literal["currency", "percent"] = "currency"
    audience: tuple[Literal["viewed", "checkout-started"], ...]
    currency_type: Literal["usd"] = "usd"
    face = Face("Price drop", "sell", "other", "An item that someone looked at becomes cheaper")

    @property
    def threshold(self) -> int | float:
        return self.price_drop_amount_value

    def sentence(self, names: Names) -> str:
        amount = number(self.price_drop_amount_value)
        unit = self.price_drop_amount_unit
        less = f"{amount}%" if unit == "percent" else f"{amount} {self.currency_type.upper()}"
        who = f"someone {self.interested(' it')} in the last {self.timeframe_days} days"
        return f"An item becomes {less} cheaper than when {who}{self._asked(names)}"

    def problems(self, where: str) -> Iterator[Problem]:
        top = 100 if self.price_drop_amount_unit == "percent" else float("inf")
        if not 0 < self.price_drop_amount_value <= top:
            yield Problem(
                code="R01",
                severity="error",
                where=f"{where}.price_drop_amount_value",
                text=f"No price drops by {number(self.price_drop_amount_value)}"
                f"{'%' if self.price_drop_amount_unit == 'percent' else ''}.",
                fix="Choose more than 0, and for percent at most 100.",
            )
        yield from super().problems(where)


class LowInventoryTrigger(CatalogueTrigger):
    """The number of an item, or of one variant of it, falls to the given one (semantics B.9)."""

    type: Literal["low-inventory"] = "low-inventory"
    product_level: Literal["product", "variant"]
    inventory_count: Whole
    face = Face("Low inventory", "inventory_2", "other", "Few are left of what someone looked at")

    @property
    def threshold(self) -> int | float:
        return self.inventory_count

    def sentence(self, names: Names) -> str:
        what = "An item" if self.product_level == "product" else "A variant"
        who = f"someone {self.interested()} in the last {self.timeframe_days} days"
        return f"{what} that {who} is down to {self.inventory_count}{self._asked(names)}"

    def problems(self, where: str) -> Iterator[Problem]:
        if self.inventory_count < 0:
            yield Problem(
                code="R01",
                severity="error",
                where=f"{where}.inventory_count",
                text=f"Stock never falls to {self.inventory_count}.",
                fix="Choose 0 or more.",
            )
        yield from super().problems(where)
