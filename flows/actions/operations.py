"""The changes that a step makes to a profile, one class a kind (semantics A.5)."""

from __future__ import annotations

from abc import abstractmethod
from datetime import date
from typing import Annotated, Any, Literal

import numpy as np
from pydantic import AfterValidator, Discriminator, StrictBool, Tag

from flows.columns import Column, Value
from flows.conditions.properties import column_name
from flows.filters.base import Number
from flows.part import Part
from flows.scene import Scene
from flows.timing import local_days

TODAY = "today"
Put = Literal["create", "update"]
"""`update` makes what is missing and `create` overwrites what is there: both put a value."""


class Operation(Part):
    """The base of all changes; `operator` and `property_type` tell them apart (A.10)."""

    operator: str
    property_key: str

    @property
    def name(self) -> str:
        """The plain name of the property."""
        return column_name(self.property_key)

    @abstractmethod
    def after(self, before: Column, scene: Scene) -> Column:
        """The property's values once the change is made, for every row of the scene."""

    @abstractmethod
    def sentence(self) -> str:
        """The change in words, as in “Set tier to gold”."""


class _PutValue(Operation):
    """The base of changes that put one value in the place of another."""

    operator: Put
    property_type: str
    property_value: Any

    def after(self, before: Column, scene: Scene) -> Column:
        return Column.of([self.property_value]).take(np.zeros(len(scene), dtype=np.int64))

    def sentence(self) -> str:
        return f"Set {self.name} to {self.property_value}"


class PutString(_PutValue):
    """Set a property to a text."""

    property_type: Literal["string"] = "string"
    property_value: str


class PutBoolean(_PutValue):
    """Set a property to true or false."""

    property_type: Literal["boolean"] = "boolean"
    property_value: StrictBool


class PutNumber(_PutValue):
    """Set a property to a number."""

    property_type: Literal["numeric"] = "numeric"
    property_value: Number


def _day(written: str) -> str:
    """The text if it is a date or `today`."""
    if written == TODAY or _is_date(written):
        return written
    raise ValueError("a date as in 2026-03-01, or today")


def _is_date(written: str) -> bool:
    try:
        return len(written) == 10 and date.fromisoformat(written) is not None
    except ValueError:
        return False


class PutDate(_PutValue):
    """Set a property to a date; `today` is the day of the change where the person is."""

    property_type: Literal["date"] = "date"
    property_value: Annotated[str, AfterValidator(_day)]

    def after(self, before: Column, scene: Scene) -> Column:
        if self.property_value != TODAY:
            return super().after(before, scene)
        days = local_days(scene.now, scene.zone("profile"))
        used, codes = np.unique(days, return_inverse=True)
        pool = tuple(str(day) for day in used.astype("datetime64[D]"))
        return Column(codes.astype(np.int32), pool)


class ChangeList(Operation):
    """Put an item into a list, or take it out; without a word which, put it in."""

    operator: Put
    property_type: Literal["list"] = "list"
    property_value: str
    property_operation: Literal["add", "remove"] | None = None

    def after(self, before: Column, scene: Scene) -> Column:
        return Column.of(map(self._changed, (*before.pool, None))).take(before.codes)

    def _changed(self, value: Value) -> Value:
        removes = self.property_operation == "remove"
        if value is None:
            return None if removes else (self.property_value,)
        held = value if isinstance(value, tuple) else (value,)
        if self.property_value not in held:
            return value if removes else (*held, self.property_value)
        return tuple(one for one in held if one != self.property_value) if removes else held

    def sentence(self) -> str:
        if self.property_operation == "remove":
            return f"Take {self.property_value} out of {self.name}"
        return f"Add {self.property_value} to {self.name}"


class Delete(Operation):
    """Unset a property."""

    operator: Literal["delete"] = "delete"

    def after(self, before: Column, scene: Scene) -> Column:
        return Column.unset(len(scene))

    def sentence(self) -> str:
        return f"Remove {self.name}"


_KINDS = ("string", "boolean", "numeric", "date", "list")


def _tag(raw: Any) -> str | None:
    def of(key: str) -> Any:
        return raw.get(key) if isinstance(raw, dict) else getattr(raw, key, None)

    kind = "delete" if of("operator") == "delete" else of("property_type")
    return kind if kind in ("delete", *_KINDS) else None


_ALLOWED = (
    "a change: “operator” delete, or create or update with the “property_type” "
    "string, boolean, numeric, date or list"
)
AnyOperation = Annotated[
    Annotated[PutString, Tag("string")]
    | Annotated[PutBoolean, Tag("boolean")]
    | Annotated[PutNumber, Tag("numeric")]
    | Annotated[PutDate, Tag("date")]
    | Annotated[ChangeList, Tag("list")]
    | Annotated[Delete, Tag("delete")],
    Discriminator(_tag, custom_error_type="value_error", custom_error_context={"error": _ALLOWED}),
]
