"""What `catalog` gives of an item, in the shape of Klaviyo's `catalog_item`."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from flows.catalogue import Catalogue, Item, ItemChange

PRODUCT: dict[str, Any] = {
    "id": "sample-product",
    "title": "Sample product",
    "description": "What the catalog says about the product stands here.",
    "url": "https://example.com/products/sample-product",
    "price": "29.00",
    "featured_image": {
        "full": {"src": "https://example.com/products/sample-product.jpg"},
        "thumbnail": {"src": "https://example.com/products/sample-product-small.jpg"},
    },
    "images": [],
    "variants": [],
    "categories": [],
    "metadata": {},
}
"""Stands in where no catalogue is known, as in the editor."""


class Products:
    """The items of a catalogue, each as it is at a moment."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def item(self, item_id: str, at: datetime) -> dict[str, Any]:
        """The item as templates see it; empty where the catalogue has no such item."""
        found = self._items.get(item_id)
        if found is None:
            return {}
        variants = self._variants.get(item_id, ())
        return self._shown(found, at) | {"variants": [self._shown(one, at) for one in variants]}

    @cached_property
    def _items(self) -> dict[str, Item]:
        return {item.id: item for item in self._catalogue.items}

    @cached_property
    def _variants(self) -> dict[str, list[Item]]:
        held: dict[str, list[Item]] = {}
        for item in self._catalogue.items:
            if item.parent is not None:
                held.setdefault(item.parent, []).append(item)
        return held

    @cached_property
    def _changes(self) -> dict[str, list[ItemChange]]:
        """By item, in the order of time; of two at one time the later in the list comes last."""
        held: dict[str, list[ItemChange]] = {}
        for change in sorted(self._catalogue.changes, key=lambda change: _aware(change.at)):
            held.setdefault(change.item, []).append(change)
        return held

    def _shown(self, item: Item, at: datetime) -> dict[str, Any]:
        price, inventory, published = item.price, item.inventory, item.published
        for change in self._changes.get(item.id, ()):
            if _aware(change.at) > at:
                break
            price = price if change.price is None else change.price
            inventory = inventory if change.inventory is None else change.inventory
            published = published if change.published is None else change.published
        image = {"src": item.image_url}
        pictures = {"full": image, "thumbnail": image}
        return {
            "id": item.id,
            "title": item.title or item.id,
            "description": item.description,
            "url": item.url,
            "price": f"{price:.2f}",
            "featured_image": pictures,
            "images": [pictures] if item.image_url else [],
            "variants": [],
            "categories": list(item.categories),
            "inventory_quantity": inventory,
            "published": published,
            "metadata": {"$price": f"{price:.2f}"},
        }


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
