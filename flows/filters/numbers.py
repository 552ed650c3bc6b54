"""Filters on numbers, on yes and no, and on whether there is a value at all."""

from __future__ import annotations

import operator
from abc import abstractmethod
from collections.abc import Callable, Iterator
from typing import Any, Literal, cast

from numpy.typing import NDArray
from pydantic import StrictBool

from flows.columns import Bools, Column, Times, Value
from flows.filters.base import Number, ValueTest
from flows.filters.words import number, value_words
from flows.memory import ask_floats
from flows.problem import Problem

_COMPARE: dict[str, Callable[[Any, Any], Any]] = {
    "equals": operator.eq,
    "greater-than": operator.gt,
    "greater-than-or-equal": operator.ge,
    "less-than": operator.lt,
    "less-than-or-equal": operator.le,
}
_MANY = 64
"""Distinct values from which one comparison of all beats asking each."""
_WORDS = {
    "equals": "is",
    "not-equals": "is not",
    "greater-than": "is more than",
    "greater-than-or-equal": "is at least",
    "less-than": "is less than",
    "less-than-or-equal": "is at most",
}


def is_number(value: object) -> bool:
    """Whether the value is a number; true and false are none."""
    return isinstance(value, int | float) and not isinstance(value, bool)


class _NumberTest(ValueTest):
    """A filter on numbers, which can be asked of many at once."""

    @abstractmethod
    def holds(self, numbers: NDArray[Any]) -> Bools:
        """Which numbers of an array pass."""

    def accepts(self, column: Column, now: Times) -> Bools:
        """Like every filter, but all of a large pool of plain floats in one comparison."""
        passed = ask_floats(column, self.holds) if len(column.pool) >= _MANY else None
        return super().accepts(column, now) if passed is None else passed


class NumericFilter(_NumberTest):
    """A number compared with another; text that looks like one is not a number."""

    type: Literal["numeric"]
    operator: Literal[
        "equals",
        "not-equals",
        "greater-than",
        "greater-than-or-equal",
        "less-than",
        "less-than-or-equal",
    ]
    value: Number
    kind = "numeric"

    def passes(self, value: Value) -> bool:
        if self.operator == "not-equals":
            return value is not None and not (is_number(value) and value == self.value)
        if not isinstance(value, int | float) or isinstance(value, bool):
            return False
        return bool(_COMPARE[self.operator](value, self.value))

    def holds(self, numbers: NDArray[Any]) -> Bools:
        """The same over an array of numbers, NaN passing nothing but not-equals."""
        if self.operator == "not-equals":
            return cast(Bools, numbers != self.value)
        return cast(Bools, _COMPARE[self.operator](numbers, self.value))

    def sentence(self) -> str:
        return f"{_WORDS[self.operator]} {number(self.value)}"

    def compared(self) -> tuple[Value, ...]:
        return (self.value,)


class NumericRangeFilter(_NumberTest):
    """A number from `start` to `end`, both included."""

    type: Literal["numeric"]
    operator: Literal["between"]
    start: Number
    end: Number
    kind = "numeric"

    def passes(self, value: Value) -> bool:
        if not isinstance(value, int | float) or isinstance(value, bool):
            return False
        return self.start <= value <= self.end

    def holds(self, numbers: NDArray[Any]) -> Bools:
        """The same over an array of numbers."""
        return (numbers >= self.start) & (numbers <= self.end)

    def sentence(self) -> str:
        return f"is from {number(self.start)} to {number(self.end)}"

    def compared(self) -> tuple[Value, ...]:
        return (self.start, self.end)

    def problems(self, where: str) -> Iterator[Problem]:
        if self.start > self.end:
            yield Problem(
                code="F05",
                severity="error",
                where=where,
                text=f"No number lies between {number(self.start)} and {number(self.end)}.",
                fix="Write the smaller number as the start.",
            )


class BooleanFilter(ValueTest):
    """True or false; the words “true” and “false” and the numbers 1 and 0 are neither."""

    type: Literal["boolean"]
    operator: Literal["equals"]
    value: StrictBool
    kind = "boolean"

    def passes(self, value: Value) -> bool:
        return isinstance(value, bool) and value == self.value

    def sentence(self) -> str:
        return f"is {value_words(self.value)}"

    def compared(self) -> tuple[Value, ...]:
        return (self.value,)


class ExistenceFilter(ValueTest):
    """Whether there is a value, of whatever type."""

    type: Literal["existence"]
    operator: Literal["is-set", "not-set"]
    kind = "existence"

    def accepts(self, column: Column, now: Times) -> Bools:
        return column.is_set() if self.operator == "is-set" else ~column.is_set()

    def passes(self, value: Value) -> bool:
        return (value is not None) == (self.operator == "is-set")

    def sentence(self) -> str:
        return "is set" if self.operator == "is-set" else "is not set"
