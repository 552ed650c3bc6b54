"""What a shop sells: items, their prices and stock, and how both change in the course of a run."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from flows.part import Part


class Item(Part):
    """A product, or a variant of the product `parent`."""

    id: str
    title: str = ""
    description: str = ""
    url: str = ""
    image_url: str = ""
    price: float = 0.0
    inventory: int | None = None
    """How many are in stock at the start; None for stock that nobody counts."""
    published: bool = True
    parent: str | None = None
    categories: tuple[str, ...] = ()


class ItemChange(Part):
    """From `at` on an item costs something else, or has other stock; what is absent stays."""

    at: datetime
    item: str
    price: float | None = None
    inventory: int | None = None
    published: bool | None = None


class Catalogue(Part):
    """All items, and every change in the course of a run."""

    items: tuple[Item, ...] = ()
    changes: tuple[ItemChange, ...] = Field(default=())
    """In any order; of two at one time the later in the list holds."""
