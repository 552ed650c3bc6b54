"""What an event was about, in a few words: which item, at which price, how many are left."""

from __future__ import annotations

from collections.abc import Mapping

from flows.columns import Value
from flows.filters.words import number
from flows.people import Events

_NAMES = ("ProductName", "AddedItemProductName", "Product Name", "Title")
_MOST = 2
"""So many items of a basket are named."""


def item_of(said: Mapping[str, Value]) -> str:
    """The item or the items that an event names; empty where it names none."""
    for name in _NAMES:
        value = said.get(name)
        if isinstance(value, str) and value:
            return value
    items = said.get("Items")
    named = [one for one in items if isinstance(one, str)] if isinstance(items, tuple) else []
    more = f" and {len(named) - _MOST} more" if len(named) > _MOST else ""
    return ", ".join(named[:_MOST]) + more


def change_of(said: Mapping[str, Value]) -> str:
    """An item with what became of it: “Tea Pot: 45 instead of 60”, “Tea Pot: 3 left”."""
    item, price, old, left = (
        item_of(said),
        said.get("Price"),
        said.get("OldPrice"),
        said.get("Inventory"),
    )
    if not item:
        return ""
    if isinstance(price, float) and isinstance(old, float) and price < old:
        return f"{item}: {price:,.2f} instead of {old:,.2f}"
    return f"{item}: {number(left)} left" if isinstance(left, int) else item


def thing_of(said: Mapping[str, Value], names: Mapping[str, str]) -> str:
    """A custom object by its id and properties: “rex” (property 3: 2026-03-23)."""
    told = [
        f"{names.get(key, f'property {key}' if key.isdigit() else key)}: {value}"
        for key, value in said.items()
        if key != "id" and value is not None
    ]
    return f"“{said['id']}” ({', '.join(told)})" if "id" in said else ", ".join(told)


def items_by_time(events: Events) -> dict[int, str]:
    """What each of one person's events of a metric was about, by its time."""
    wanted = {name: events.properties[name] for name in (*_NAMES, "Items") if name in
              events.properties}  # fmt: skip
    if not wanted:
        return {}
    columns = {name: column.values() for name, column in wanted.items()}
    return {
        int(time): item_of({name: values[i] for name, values in columns.items()})
        for i, time in enumerate(events.times.tolist())
    }
