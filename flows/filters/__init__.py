"""The value filters a condition may carry, in one union; what is unknown is kept as it came."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, TypeAlias, get_args

import numpy as np
from pydantic import Discriminator, Tag

from flows.columns import Bools, Column, Times, Value
from flows.filters.anniversaries import (
    AnniversaryFilter,
    AnniversarySpanFilter,
    CalendarMonthFilter,
)
from flows.filters.base import ValueTest
from flows.filters.dates import (
    AlltimeFilter,
    DateFilter,
    FlowStartFilter,
    RelativeDateFilter,
    RelativeRangeFilter,
    StaticDateFilter,
    StaticRangeFilter,
)
from flows.filters.lists import ListItemFilter, ListLengthFilter, ListSetFilter, ListSubstringFilter
from flows.filters.numbers import (
    BooleanFilter,
    ExistenceFilter,
    NumericFilter,
    NumericRangeFilter,
)
from flows.filters.text import PhoneCountryFilter, StringFilter, StringSetFilter
from flows.flaws import faults, unreadable
from flows.problem import Problem
from flows.unread import or_opaque

FILTERS: tuple[type[ValueTest], ...] = (
    StringFilter,
    StringSetFilter,
    PhoneCountryFilter,
    NumericFilter,
    NumericRangeFilter,
    BooleanFilter,
    ExistenceFilter,
    ListItemFilter,
    ListSetFilter,
    ListSubstringFilter,
    ListLengthFilter,
    StaticDateFilter,
    StaticRangeFilter,
    RelativeDateFilter,
    RelativeRangeFilter,
    AnniversaryFilter,
    AnniversarySpanFilter,
    CalendarMonthFilter,
    AlltimeFilter,
    FlowStartFilter,
)


_KINDS: dict[tuple[str, str], type[ValueTest]] = {
    (name, operator): kind
    for kind in FILTERS
    for name in get_args(kind.model_fields["type"].annotation)
    for operator in get_args(kind.model_fields["operator"].annotation)
}
_OPAQUE = "opaque"


class OpaqueFilter(ValueTest):
    """A filter that we cannot read: kept as it came, and never the reason that somebody fails."""

    type: Any = None

    def model_post_init(self, context: Any, /) -> None:
        """A type that was not written stays unwritten."""

    def accepts(self, column: Column, now: Times) -> Bools:
        return np.ones(len(column), dtype=np.bool_)

    def passes(self, value: Value) -> bool:
        return True

    def sentence(self) -> str:
        return f"passes “{self._name()}” (unknown)"

    def _name(self) -> str:
        parts = (self.type, (self.model_extra or {}).get("operator"))
        return (
            " ".join(str(part) for part in parts if part is not None) or "a filter without a type"
        )

    def problems(self, where: str) -> Iterator[Problem]:
        kind = _kind(self.to_json())
        if kind is None:
            text = f"The filter “{self._name()}” is not known, so everybody passes."
            yield unreadable(where, text, "warning")
            return
        yield from faults(kind, self.to_json(), where)


def _kind(raw: Any) -> type[ValueTest] | None:
    def of(key: str) -> Any:
        return raw.get(key) if isinstance(raw, dict) else getattr(raw, key, None)

    name, operator = of("type"), of("operator")
    if isinstance(name, str) and isinstance(operator, str):
        return _KINDS.get((name, operator))
    return None


def _tag(raw: Any) -> str:
    kind = _kind(raw)
    return kind.__name__ if kind and not isinstance(raw, OpaqueFilter) else _OPAQUE


_Any: TypeAlias = (
    Annotated[StringFilter, Tag("StringFilter")]
    | Annotated[StringSetFilter, Tag("StringSetFilter")]
    | Annotated[PhoneCountryFilter, Tag("PhoneCountryFilter")]
    | Annotated[NumericFilter, Tag("NumericFilter")]
    | Annotated[NumericRangeFilter, Tag("NumericRangeFilter")]
    | Annotated[BooleanFilter, Tag("BooleanFilter")]
    | Annotated[ExistenceFilter, Tag("ExistenceFilter")]
    | Annotated[ListItemFilter, Tag("ListItemFilter")]
    | Annotated[ListSetFilter, Tag("ListSetFilter")]
    | Annotated[ListSubstringFilter, Tag("ListSubstringFilter")]
    | Annotated[ListLengthFilter, Tag("ListLengthFilter")]
    | Annotated[StaticDateFilter, Tag("StaticDateFilter")]
    | Annotated[StaticRangeFilter, Tag("StaticRangeFilter")]
    | Annotated[RelativeDateFilter, Tag("RelativeDateFilter")]
    | Annotated[RelativeRangeFilter, Tag("RelativeRangeFilter")]
    | Annotated[AnniversaryFilter, Tag("AnniversaryFilter")]
    | Annotated[AnniversarySpanFilter, Tag("AnniversarySpanFilter")]
    | Annotated[CalendarMonthFilter, Tag("CalendarMonthFilter")]
    | Annotated[AlltimeFilter, Tag("AlltimeFilter")]
    | Annotated[FlowStartFilter, Tag("FlowStartFilter")]
    | Annotated[OpaqueFilter, Tag(_OPAQUE)]
)
ValueFilter = Annotated[_Any, Discriminator(_tag), or_opaque(OpaqueFilter)]
"""Any value filter; the type and the operator tell which (semantics A.10)."""

__all__ = ["FILTERS", "DateFilter", "OpaqueFilter", "ValueFilter", "ValueTest"]
