"""Filters on lists of plain values: what they hold and how many."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal

from pydantic import StrictInt, StrictStr

from flows.columns import Scalar, Value
from flows.filters.base import ValueTest, Whole, nothing_compared
from flows.filters.words import any_of, value_words
from flows.problem import Problem

_LENGTHS: dict[str, tuple[Callable[[int, int], bool], str]] = {
    "length-equals": (int.__eq__, "exactly"),
    "length-greater-than": (int.__gt__, "more than"),
    "length-greater-than-or-equal": (int.__ge__, "at least"),
    "length-less-than": (int.__lt__, "fewer than"),
    "length-less-than-or-equal": (int.__le__, "at most"),
}


def _same(item: Scalar | None, wanted: str | int) -> bool:
    if isinstance(item, bool) or isinstance(item, str) != isinstance(wanted, str):
        return False
    return item == wanted


def _holds(items: Value, wanted: str | int) -> bool:
    """Whether a list has this very item; a number equals a number, text equals text."""
    return isinstance(items, tuple) and any(_same(item, wanted) for item in items)


class ListItemFilter(ValueTest):
    """A list that has, or has not, one item exactly."""

    type: Literal["list"]
    operator: Literal["contains", "not-contains"]
    value: StrictInt | StrictStr | None
    kind = "list"

    def passes(self, value: Value) -> bool:
        if value is None or self.value is None:
            return False
        return _holds(value, self.value) == (self.operator == "contains")

    def sentence(self) -> str:
        shown = "nothing" if self.value is None else value_words(self.value)
        return f"{'contains' if self.operator == 'contains' else 'does not contain'} {shown}"

    def compared(self) -> tuple[Value, ...]:
        return () if self.value is None else (self.value,)

    def problems(self, where: str) -> Iterator[Problem]:
        if self.value is None:
            yield nothing_compared(where)


class ListSetFilter(ValueTest):
    """A list that has all, any, not all or none of several items."""

    type: Literal["list"]
    operator: Literal["contains-all", "contains-any", "not-contains-all", "not-contains-any"]
    value: tuple[StrictStr, ...]
    kind = "list"

    def passes(self, value: Value) -> bool:
        if value is None or not self.value:
            return False
        found = [_holds(value, item) for item in self.value]
        holds = all(found) if self.operator.endswith("all") else any(found)
        return holds != self.operator.startswith("not")

    def sentence(self) -> str:
        verb = "does not contain" if self.operator.startswith("not") else "contains"
        one = len(self.value) == 1
        every = "" if one else "all of " if self.operator.endswith("all") else "any of "
        return f"{verb} {every}{any_of(self.value, 'and' if 'all' in every else 'or') or 'nothing'}"

    def compared(self) -> tuple[Value, ...]:
        return self.value

    def problems(self, where: str) -> Iterator[Problem]:
        if not self.value:
            yield nothing_compared(where)


class ListSubstringFilter(ValueTest):
    """A list of which an item has, or none has, this text in it."""

    type: Literal["list"]
    operator: Literal["contains-substring", "not-contains-substring"]
    value: StrictStr | None
    kind = "list"

    def passes(self, value: Value) -> bool:
        if value is None or self.value is None:
            return False
        items = value if isinstance(value, tuple) else ()
        found = any(isinstance(item, str) and self.value in item for item in items)
        return found == (self.operator == "contains-substring")

    def sentence(self) -> str:
        shown = "nothing" if self.value is None else value_words(self.value)
        return (
            f"has {'an' if self.operator == 'contains-substring' else 'no'} item with {shown} in it"
        )

    def compared(self) -> tuple[Value, ...]:
        return () if self.value is None else (self.value,)

    def problems(self, where: str) -> Iterator[Problem]:
        if self.value is None:
            yield nothing_compared(where)


class ListLengthFilter(ValueTest):
    """A list by how many items it has."""

    type: Literal["list"]
    operator: Literal[
        "length-equals",
        "length-greater-than",
        "length-greater-than-or-equal",
        "length-less-than",
        "length-less-than-or-equal",
    ]
    value: Whole
    kind = "list"

    def passes(self, value: Value) -> bool:
        return isinstance(value, tuple) and _LENGTHS[self.operator][0](len(value), self.value)

    def sentence(self) -> str:
        return f"has {_LENGTHS[self.operator][1]} {self.value} item{'s' * (self.value != 1)}"
