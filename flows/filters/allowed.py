"""Which value filters the public definition allows where; others are read, and told of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import get_args

from flows.filters import FILTERS
from flows.filters.anniversaries import (
    AnniversaryFilter,
    AnniversarySpanFilter,
    CalendarMonthFilter,
)
from flows.filters.base import ValueTest
from flows.filters.dates import (
    AlltimeFilter,
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
from flows.problem import Problem

Kinds = tuple[type[ValueTest], ...]

FIXED_DATES: Kinds = (
    StaticDateFilter,
    StaticRangeFilter,
    RelativeDateFilter,
    RelativeRangeFilter,
)
DATES: Kinds = (*FIXED_DATES, AnniversarySpanFilter, CalendarMonthFilter, AnniversaryFilter)
"""The seven filters on dates."""
TEXTS: Kinds = (StringFilter, StringSetFilter)
NUMBERS: Kinds = (NumericFilter, NumericRangeFilter)
LISTS: Kinds = (ListItemFilter, ListLengthFilter)
FULL: Kinds = (*TEXTS, *NUMBERS, BooleanFilter, *DATES, *LISTS, ExistenceFilter)
"""All that may be asked of an event's property."""
PROFILE: Kinds = (
    *TEXTS,
    PhoneCountryFilter,
    NumericFilter,
    BooleanFilter,
    *DATES,
    *LISTS,
    ExistenceFilter,
)
EVENTS: Kinds = (
    *TEXTS,
    ExistenceFilter,
    ListSetFilter,
    ListLengthFilter,
    ListSubstringFilter,
    BooleanFilter,
    NumericFilter,
)
"""All that may be asked of the events that are counted."""
SPANS: Kinds = (*FIXED_DATES, AnniversarySpanFilter, AlltimeFilter, FlowStartFilter)
"""The timeframes of events."""
OBJECT: Kinds = (
    *TEXTS,
    *NUMBERS,
    BooleanFilter,
    *FIXED_DATES,
    AnniversarySpanFilter,
    *LISTS,
    ExistenceFilter,
)
"""All that may be asked of the objects that are counted."""
STARTING_OBJECT: Kinds = (
    StringFilter,
    *NUMBERS,
    BooleanFilter,
    *FIXED_DATES,
    *LISTS,
    ExistenceFilter,
)
"""All that may be asked of the object that started a run."""
OUTPUT: Kinds = (*TEXTS, *NUMBERS, BooleanFilter, ExistenceFilter)


def unusual(held: ValueTest, allowed: Kinds, where: str) -> Iterator[Problem]:
    """The finding for a filter that is known, but not where it stands."""
    if isinstance(held, FILTERS) and not isinstance(held, allowed):
        shown = f"{held.type} {getattr(held, 'operator', '')}"
        yield not_asked_here(f"“{shown}”", where, map(_words, allowed))


def not_asked_here(what: str, where: str, allowed: Iterable[str]) -> Problem:
    """The finding for a known part in a place for which the public definition has none such."""
    listed = ", ".join(allowed)
    return Problem(
        code="F07",
        severity="hint",
        where=where,
        text=f"{what} is not asked here in Klaviyo; here it counts all the same.",
        fix=f"Klaviyo allows: {listed}." if listed else "Klaviyo allows nothing here.",
    )


def _words(kind: type[ValueTest]) -> str:
    name, operators = (kind.model_fields[key].annotation for key in ("type", "operator"))
    return f"{get_args(name)[0]} ({', '.join(get_args(operators))})"
