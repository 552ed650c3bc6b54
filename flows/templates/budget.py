"""What one message may cost: steps, output and the size of a value, counted while it is made."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.template import Context

from flows.templates.errors import TemplateProblemError
from flows.templates.occasion import Occasion

MAX_SOURCE = 64 * 1024
MAX_TAG = 2_000
MAX_NESTING = 40
MAX_PARTS = 4_000
"""Tags, values and filters of one template: reading them is what takes longest."""
MAX_STEPS = 25_000
MAX_OUTPUT = 1_000_000
MAX_VALUE = 100_000
MAX_BITS = 512
"""Numbers beyond this many bits are refused: printing them takes quadratic time."""
MAX_WORK = 10_000
"""Characters or items for filters that look at each of them."""
_GRAIN = 64
"""Characters or items that are worth one step to hold."""
_HANDFUL = 8
"""Characters or items that are worth one step to work on."""

_SIZED = (str, list, tuple, dict)


class Budget:
    """Counts down. Once it is used up, every further charge raises TemplateProblemError."""

    __slots__ = ("line", "output", "steps")

    def __init__(self) -> None:
        self.steps = MAX_STEPS
        self.output = MAX_OUTPUT
        self.line = 1
        """The line that is being worked on."""

    def value(self, value: object) -> None:
        """Charge for looking at a value."""
        self.steps -= 1
        if isinstance(value, str | list | tuple | dict):
            self._size(len(value))
        elif isinstance(value, int) and value.bit_length() > MAX_BITS:
            raise TemplateProblemError("A number grows too large.", self.line)
        if self.steps < 0:
            raise self._used_up()

    def work(self, value: object, given: Sequence[object], cost: int, *, heavy: bool) -> None:
        """Charge for a filter that is about to work on a value, `heavy` where item by item."""
        steps = cost
        for one in given:
            if isinstance(one, _SIZED):
                steps += self._reading(one)
        if isinstance(value, _SIZED):
            if heavy and len(value) > MAX_WORK:
                reason = "A value is too large for what is done with it."
                raise TemplateProblemError(reason, self.line)
            steps += self._reading(value) + (len(value) if heavy else 0)
        self.steps -= steps
        if self.steps < 0:
            raise self._used_up()

    def _reading(self, value: str | list[Any] | tuple[Any, ...] | dict[Any, Any]) -> int:
        """The steps that it takes to look through a value, which may be written out for that."""
        if isinstance(value, str):
            return len(value) // _HANDFUL
        size, parts = weighed(value)
        if size > MAX_VALUE:
            raise TemplateProblemError("A value grows too large.", self.line)
        return parts + size // _HANDFUL

    def result(self, value: object) -> None:
        """Charge for a value that a filter made, lists by all that they hold."""
        self.value(value)
        if isinstance(value, list | tuple | dict):
            size, parts = weighed(value)
            self.steps -= parts
            self._size(size)

    def text(self, text: str) -> None:
        """Charge for text that goes into the message."""
        self.output -= len(text)
        if self.output < 0:
            raise TemplateProblemError("The message grows beyond a million characters.", self.line)

    def turn(self, steps: int, characters: int) -> None:
        """Charge for one turn of a loop: its parts and its plain text."""
        self.steps -= 1 + steps
        self.output -= characters
        if self.steps < 0 or self.output < 0:
            raise self._used_up()

    def _size(self, size: int) -> None:
        if size > MAX_VALUE:
            raise TemplateProblemError("A value grows too large.", self.line)
        self.steps -= size // _GRAIN
        if self.steps < 0:
            raise self._used_up()

    def _used_up(self) -> TemplateProblemError:
        return TemplateProblemError("The message takes too many steps to make.", self.line)


def weighed(value: object) -> tuple[int, int]:
    """Characters and items in a nested value, and its parts; counted up to just beyond a limit."""
    weight = parts = 0
    left = [value]
    while left and weight <= MAX_VALUE:
        item = left.pop()
        parts += 1
        weight += len(item) if isinstance(item, str | list | tuple | dict) else 1
        if parts > MAX_WORK:
            return MAX_VALUE + 1, parts
        if isinstance(item, list | tuple):
            left.extend(item[:MAX_WORK])
        elif isinstance(item, dict):
            left.extend(item.values())
    return weight, parts


class BudgetContext(Context):  # type: ignore[misc]
    """Django's context with the budget of this message and what stands around it."""

    def __init__(self, values: dict[str, Any], occasion: Occasion, *, html: bool) -> None:
        super().__init__(values, autoescape=html)
        self.push()  # what tags set stays here, never in the caller's values
        self.budget = Budget()
        self.occasion = occasion
