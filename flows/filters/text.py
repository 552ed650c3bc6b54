"""Filters on text: equal, containing, patterns, one of several, and the country of a number."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, Literal

import re2
from pydantic import StrictStr

from flows.columns import Value
from flows.filters.base import ValueTest, nothing_compared
from flows.filters.phones import country_of
from flows.filters.words import any_of, value_words
from flows.problem import Problem

_MEMORY = 1 << 20
"""Bytes that a compiled pattern may take; matching is linear in the text, whatever the pattern."""

_OPPOSITE = {
    "not-equals": "equals",
    "not-contains": "contains",
    "not-starts-with": "starts-with",
    "not-ends-with": "ends-with",
    "nregex": "regex",
}
_WORDS = {
    "equals": "is",
    "not-equals": "is not",
    "contains": "contains",
    "not-contains": "does not contain",
    "starts-with": "starts with",
    "not-starts-with": "does not start with",
    "ends-with": "ends with",
    "not-ends-with": "does not end with",
    "regex": "matches the pattern",
    "nregex": "does not match the pattern",
}


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> Any | str:
    """The pattern, or why it is none."""
    options = re2.Options()
    options.log_errors = False
    options.max_mem = _MEMORY
    try:
        return re2.compile(_sound(pattern), options)
    except re2.error as error:
        reason = error.args[0] if error.args else "unreadable"
        return reason.decode(errors="replace") if isinstance(reason, bytes) else str(reason)


def _matches(text: str, pattern: str) -> bool:
    compiled = _compiled(pattern)
    return not isinstance(compiled, str) and compiled.search(_sound(text)) is not None


def _sound(text: str) -> str:
    """The text with halves of characters, which have no UTF-8 form, replaced."""
    return text.encode("utf-8", "replace").decode("utf-8")


_POSITIVE: dict[str, Callable[[str, str], bool]] = {
    "equals": str.__eq__,
    "contains": str.__contains__,
    "starts-with": str.startswith,
    "ends-with": str.endswith,
    "regex": _matches,
}


class StringFilter(ValueTest):
    """One text compared, case and all; a pattern may match anywhere in the text.

    A pattern that cannot be read accepts nothing, in neither form; so does a missing value.
    """

    type: Literal["string"]
    operator: Literal[
        "equals",
        "not-equals",
        "contains",
        "not-contains",
        "starts-with",
        "not-starts-with",
        "ends-with",
        "not-ends-with",
        "regex",
        "nregex",
    ]
    value: StrictStr | None

    def passes(self, value: Value) -> bool:
        if value is None or self.value is None or self._unreadable():
            return False
        positive = _POSITIVE[_OPPOSITE.get(self.operator, self.operator)]
        holds = isinstance(value, str) and positive(value, self.value)
        return holds != (self.operator in _OPPOSITE)

    def _unreadable(self) -> str:
        if self.value is None or self.operator not in {"regex", "nregex"}:
            return ""
        compiled = _compiled(self.value)
        return compiled if isinstance(compiled, str) else ""

    def sentence(self) -> str:
        shown = "nothing" if self.value is None else value_words(self.value)
        return f"{_WORDS[self.operator]} {shown}"

    def compared(self) -> tuple[Value, ...]:
        return () if self.value is None else (self.value,)

    def problems(self, where: str) -> Iterator[Problem]:
        if self.value is None:
            yield nothing_compared(where)
        if reason := self._unreadable():
            yield Problem(
                code="F01",
                severity="error",
                where=f"{where}.value",
                text=f"The pattern “{self.value}” cannot be used ({reason}), so nobody matches.",
                fix="Mend it; patterns may not look around or refer back.",
            )


class StringSetFilter(ValueTest):
    """One of several texts, or none of them."""

    type: Literal["string"]
    operator: Literal["in", "not-in"]
    value: tuple[StrictStr, ...]

    def passes(self, value: Value) -> bool:
        if value is None:
            return False
        return (isinstance(value, str) and value in self.value) == (self.operator == "in")

    def sentence(self) -> str:
        if self.operator == "in":
            return f"is {any_of(self.value, 'or')}"
        return f"is not {any_of(self.value, 'or')}"

    def compared(self) -> tuple[Value, ...]:
        return self.value

    def problems(self, where: str) -> Iterator[Problem]:
        if not self.value:
            yield nothing_compared(where)


class PhoneCountryFilter(ValueTest):
    """The country that a phone number in international form belongs to, as ISO codes."""

    type: Literal["string"]
    operator: Literal["phone-country-code-in", "phone-country-code-not-in"]
    value: tuple[StrictStr, ...]

    def passes(self, value: Value) -> bool:
        if value is None:
            return False
        wanted = {code.upper() for code in self.value}
        found = isinstance(value, str) and country_of(value) in wanted
        return found == (self.operator == "phone-country-code-in")

    def sentence(self) -> str:
        codes = " or ".join(self.value) or "nowhere"
        return f"is {'' if self.operator == 'phone-country-code-in' else 'not '}from {codes}"

    def problems(self, where: str) -> Iterator[Problem]:
        if not self.value:
            yield nothing_compared(where)
