"""The custom objects of a shard's people, found by the ids that flows know them by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from flows.columns import Column, Ints, Times, Value
from flows.people import Objects
from flows.scene import ObjectTest

_DAY_BITS = 24
_MIDDLE = 1 << (_DAY_BITS - 1)


def object_refs(objects: NDArray[np.integer], days: Ints) -> Ints:
    """What runs about these days of objects refer to: the object's number, then the day."""
    refs: Ints = (objects.astype(np.int64) << _DAY_BITS) | (days + _MIDDLE)
    return refs


def objects_of(refs: Ints) -> Ints:
    """The numbers of the objects that runs refer to."""
    return refs >> _DAY_BITS


def days_of(refs: Ints) -> Ints:
    """The days that runs refer to, in days since 1970."""
    return (refs & ((1 << _DAY_BITS) - 1)) - _MIDDLE


class ObjectStore:
    """All objects of a shard; they stay as they are, and each counts from its `since` on."""

    def __init__(self, objects: Mapping[str, Objects], names: Mapping[str, str]) -> None:
        self._objects, self._names = objects, names

    def of(self, object_type: str) -> Objects | None:
        """The objects of a type, by its id; None where nobody has any."""
        return self._objects.get(self._names.get(object_type, object_type))

    def column(self, object_type: str, name: str) -> Column:
        """A property of every object of a type, by the property's id or name."""
        held = self.of(object_type)
        if held is None:
            return Column.unset(0)
        named = self._names.get(f"{object_type}/{name}", name)
        found = held.properties.get(named) or held.properties.get(name)
        return found or Column.unset(len(held))

    def count(
        self,
        object_type: str,
        rows: NDArray[np.integer],
        now: Times,
        where: Sequence[ObjectTest],
    ) -> Ints:
        """How many objects of the type each row has by its time that pass every test."""
        held = self.of(object_type)
        if held is None:
            return np.zeros(len(rows), dtype=np.int64)
        first = np.searchsorted(held.rows, rows, "left")
        sizes = np.searchsorted(held.rows, rows, "right") - first
        own = np.repeat(np.arange(len(rows)), sizes)
        which = np.arange(len(own)) - np.repeat(np.cumsum(sizes) - sizes, sizes) + first[own]
        at = now[own]
        passed = held.since[which] <= at
        for test in where:
            passed &= test.accepts(self.column(object_type, test.property).take(which), at)
        return np.bincount(own[passed], minlength=len(rows)).astype(np.int64)

    def described(self, object_type: str, number: int) -> dict[str, Value]:
        """All properties of one object, its id among them."""
        held = self.of(object_type)
        return {} if held is None else _described(held, number)

    def all_of(self, row: int, now: int) -> dict[str, tuple[dict[str, Value], ...]]:
        """The objects that one row has by a time, by the name of their type."""
        found = {}
        for name, held in self._objects.items():
            first, last = np.searchsorted(held.rows, [row, row + 1])
            own = [number for number in range(first, last) if held.since[number] <= now]
            if own:
                found[name] = tuple(_described(held, number) for number in own)
        return found


def _described(held: Objects, number: int) -> dict[str, Value]:
    which = np.array([number])
    values = {name: column.take(which).values()[0] for name, column in held.properties.items()}
    known = {name: value for name, value in values.items() if value is not None}
    return {"id": str(held.ids[number]), **known}
