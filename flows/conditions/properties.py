"""Conditions on what is known of a person, or of the event that started the run."""

from __future__ import annotations

import builtins
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal

from flows.columns import Column
from flows.conditions.base import Names, Need
from flows.conditions.reading import ReadingCondition
from flows.filters import ValueFilter, ValueTest
from flows.filters.allowed import PROFILE
from flows.scene import Scene

_QUOTED = re.compile(r"""(?:properties|location)\[(['"])(.*)\1\]""", re.DOTALL)
_KEY = r"""\[(?:'((?:\\.|[^'\\])*)'|"((?:\\.|[^"\\])*)")\]"""
_KEYS = re.compile(_KEY, re.DOTALL)
_NESTED = re.compile(rf"(?:properties|location)((?:{_KEY})+)", re.DOTALL)
_ESCAPED = re.compile(r"""\\(['"\\])""")


@lru_cache(maxsize=1024)
def column_name(written: str) -> str:
    """The column that a condition's `property` names: `properties['Tier']` is Tier.

    Keys of objects in objects are joined by dots: `properties['Home']['City']` is Home.City.
    """
    if nested := _NESTED.fullmatch(written):
        keys = (single or double for single, double in _KEYS.findall(nested[1]))
        return ".".join(_ESCAPED.sub(r"\1", key) for key in keys)
    found = _QUOTED.fullmatch(written)
    if found:
        return _ESCAPED.sub(r"\1", found[2])
    return written.removeprefix("location.")


class ProfilePropertyCondition(ReadingCondition):
    """A property of the person, as it is at the row's time (semantics A.6)."""

    type: Literal["profile-property"]
    property: str
    filter: ValueFilter
    label = "Property of the person"
    allowed = PROFILE

    @builtins.property
    def name(self) -> str:
        """The column's name."""
        return column_name(self.property)

    @builtins.property
    def asked(self) -> ValueTest:
        return self.filter

    @builtins.property
    def topic(self) -> tuple[str, ...]:
        return ("property", self.name)

    def read(self, scene: Scene) -> Column:
        return scene.column(self.name)

    def subject(self, names: Names) -> str:
        return names(self.name)

    def needs(self) -> Iterator[Need]:
        yield Need(
            kind="property",
            name=self.name,
            values=self.filter.compared(),
            value_type=self.filter.kind,
        )


class EventCondition(ReadingCondition):
    """The base of conditions on a property of the event that started the run (semantics A.8)."""

    metric_id: str | None = None
    field: str
    filter: ValueFilter

    @builtins.property
    def words(self) -> str:
        """The property as it is read: `$value` is the value."""
        return self.field.removeprefix("$")

    @builtins.property
    def asked(self) -> ValueTest:
        return self.filter

    @builtins.property
    def topic(self) -> tuple[str, ...]:
        return ("event", self.field)

    def read(self, scene: Scene) -> Column:
        return scene.event_column(self.field)

    def subject(self, names: Names) -> str:
        return self.words


class MetricPropertyCondition(EventCondition):
    """A property of the event that started the run (semantics A.8)."""

    type: Literal["metric-property"]
    metric_id: str
    label = "Property of the event"

    def described(self, names: Names) -> str:
        return f"{self.words} of {names(self.metric_id)}"

    def needs(self) -> Iterator[Need]:
        yield Need(
            kind="event-property",
            name=self.field,
            metric=self.metric_id,
            values=self.filter.compared(),
            value_type=self.filter.kind,
        )


class _CatalogueCondition(EventCondition):
    def needs(self) -> Iterator[Need]:
        yield Need(
            kind="item",
            name=self.type.removesuffix("-property"),
            property=self.field,
            values=self.filter.compared(),
            value_type=self.filter.kind,
        )


class PriceDropPropertyCondition(_CatalogueCondition):
    """A property of the price drop that started the run, as its event has it (semantics A.8)."""

    type: Literal["price-drop-property"]
    label = "Property of the price drop"

    def described(self, names: Names) -> str:
        return f"{self.words} of the price drop"


class LowInventoryPropertyCondition(_CatalogueCondition):
    """A property of the low stock that started the run, as its event has it (semantics A.8)."""

    type: Literal["low-inventory-property"]
    label = "Property of the low stock"

    def described(self, names: Names) -> str:
        return f"{self.words} of the low stock"
