"""What every value filter answers: which values it accepts, and how it says so in words."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator
from typing import Annotated, Any, ClassVar, Literal

import numpy as np
from pydantic import AfterValidator, BeforeValidator, Field, StrictFloat, StrictInt

from flows.columns import Bools, Column, Times, Value
from flows.memory import ask
from flows.part import Part
from flows.problem import Problem


def _whole(written: Any) -> Any:
    """A whole number may be written 5.0; text and true are no numbers."""
    return int(written) if isinstance(written, float) and written.is_integer() else written


Whole = Annotated[StrictInt, BeforeValidator(_whole)]
"""A whole number (semantics A.10)."""
LARGEST = 10**300
"""Beyond it no float stands for a whole number, so nothing could be compared with it."""


def _comparable(value: int) -> int:
    if abs(value) > LARGEST:
        raise ValueError("a number of at most 300 digits")
    return value


Number = (
    Annotated[StrictInt, AfterValidator(_comparable)]
    | Annotated[StrictFloat, Field(allow_inf_nan=False)]
)
"""An integer stays an integer and a float a float; text is neither."""
Kind = Literal["string", "numeric", "boolean", "date", "list", "existence"]


class ValueTest(Part):
    """The base of all value filters; `type` and `operator` tell them apart.

    Nothing is coerced: a filter on text accepts no number, one on numbers neither text nor a
    boolean. Negative forms accept every value that is set and that the positive form refuses;
    they refuse what is unset (semantics A.9).
    """

    type: str
    kind: ClassVar[Kind] = "string"

    def accepts(self, column: Column, now: Times) -> Bools:
        """Which rows pass, each as of its own `now`; `passes` is asked once a distinct value."""
        answers: Bools = ask(column, self.passes, np.bool_)
        return answers

    @abstractmethod
    def passes(self, value: Value) -> bool:
        """Whether one value passes, None standing for unset; not asked of dates."""

    @abstractmethod
    def sentence(self) -> str:
        """The filter in words that follow a property's name, as in “is at least 3”."""

    def compared(self) -> tuple[Value, ...]:
        """The values compared with, so that an audience can be made that has them."""
        return ()

    def problems(self, where: str) -> Iterator[Problem]:
        """What is wrong with the filter by itself; `where` is its JSON path."""
        yield from ()


def nothing_compared(where: str, problem_in: str = "value") -> Problem:
    """The finding for a filter that names nothing to compare with."""
    return Problem(
        code="F02",
        severity="error",
        where=f"{where}.{problem_in}",
        text="The filter compares with nothing.",
        fix="Give the value to compare with.",
    )
