"""How consent came about: filters beside the status of a condition on consent or permission.

Each reads reserved columns of the person, and all of a list must hold (semantics A.7).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Any, Literal, TypeAlias

import numpy as np
from pydantic import Discriminator, Tag

from flows.columns import LONG_AGO, NEVER, Bools, Value
from flows.conditions.base import Need
from flows.conditions.known import METHODS, Known
from flows.filters import DateFilter, ValueFilter, ValueTest
from flows.filters.numbers import BooleanFilter, ExistenceFilter
from flows.filters.words import moment, value_words
from flows.flaws import unreadable
from flows.memory import ask
from flows.part import Part
from flows.problem import Problem
from flows.unread import or_opaque

_DATED = {
    "status_date": "",
    "bounce_date": ", bounced",
    "manual_suppression_date": ", suppressed by hand",
    "invalid_email_date": ", found invalid",
    "effective_date": ", in effect",
    "recorded_date": ", recorded",
}
_MARKS = {
    "custom_source": "source",
    "is_double_opt_in": "double opt-in",
    "is_rcs_capable": "RCS",
}
_METHOD = ("method", "subscribe_method")
Reading = tuple[str, ValueTest | None, tuple[Value, ...]]
"""A field that is read, the filter it is asked with, and the values compared with."""


class BaseDetail(Part):
    """The base of all filters on how consent came about; `field` tells them apart."""

    @property
    def key(self) -> str:
        """What tells the filter from others where the public definition lists those allowed."""
        return str(getattr(self, "field", ""))

    def holds(self, known: Known) -> Bools:
        """For which rows it holds; everywhere where the filter is not known."""
        return np.ones(len(known), dtype=np.bool_)

    def sentence(self) -> str:
        """The filter in words that follow the status."""
        return f", {self.key} (unknown)"

    def found(self, known: Known) -> str:
        """What the first row has, in words."""
        return f"{self.key}: not known here"

    def asked(self) -> Iterator[Reading]:
        """The fields that are read."""
        yield from ()

    def problems(self, where: str) -> Iterator[Problem]:
        """What is wrong with the filter itself."""
        for _, held, _ in self.asked():
            if held:
                yield from held.problems(f"{where}.filter")


class OtherDetail(BaseDetail):
    """A filter that is not known: kept, and treated as holding."""

    field: Any = None

    def problems(self, where: str) -> Iterator[Problem]:
        text = f"The filter on “{self.field}” cannot be read, so it holds for everybody."
        yield unreadable(where, text, "warning")


class DateDetail(BaseDetail):
    """When something about the consent happened; for whom it never did, the filter fails."""

    field: Literal[
        "status_date",
        "bounce_date",
        "manual_suppression_date",
        "invalid_email_date",
        "effective_date",
        "recorded_date",
    ]
    filter: ValueFilter

    def holds(self, known: Known) -> Bools:
        at = known.times(self.field)
        there: Bools = at != NEVER
        if isinstance(self.filter, ExistenceFilter):
            return there if self.filter.operator == "is-set" else ~there
        if not isinstance(self.filter, DateFilter):
            return np.ones(len(at), dtype=np.bool_)
        return there & self.filter.holds(at, known.scene.now)

    def sentence(self) -> str:
        held = self.filter
        when = f" {held.timeframe()}" if isinstance(held, DateFilter) else ""
        return f"{_DATED[self.field]}{when}"

    def found(self, known: Known) -> str:
        at = int(known.times(self.field)[0])
        name = self.field.replace("_", " ")
        return f"{name}: {'not set' if at in (NEVER, LONG_AGO) else moment(at)}"

    def asked(self) -> Iterator[Reading]:
        yield self.field, self.filter, self.filter.compared()

    def problems(self, where: str) -> Iterator[Problem]:
        yield from super().problems(where)
        if not isinstance(self.filter, DateFilter | ExistenceFilter):
            text = "What is asked of the date is no time, so any will do."
            yield unreadable(f"{where}.filter", text)


class MarkDetail(BaseDetail):
    """A mark of the consent: its source, whether it was confirmed, whether RCS can be read.

    What is not known is neither yes nor no.
    """

    field: Literal["custom_source", "is_double_opt_in", "is_rcs_capable"]
    filter: ValueFilter

    def holds(self, known: Known) -> Bools:
        return self.filter.accepts(known.column(self.field), known.scene.now)

    def sentence(self) -> str:
        if isinstance(self.filter, BooleanFilter):
            return f", {'with' if self.filter.value else 'without'} {_MARKS[self.field]}"
        return f", whose {_MARKS[self.field]} {self.filter.sentence()}"

    def found(self, known: Known) -> str:
        return f"{_MARKS[self.field]}: {value_words(known.column(self.field).values()[0])}"

    def asked(self) -> Iterator[Reading]:
        yield self.field, self.filter, self.filter.compared()


class MethodDetail(BaseDetail):
    """The way by which consent came or went, and which form, key, page or user it was."""

    field: Literal["method", "subscribe_method"]
    method: str
    filter: ValueFilter | None = None

    @property
    def key(self) -> str:
        return f"method {self.method}"

    def holds(self, known: Known) -> Bools:
        found: Bools = ask(known.column("method"), self._is_it, np.bool_)
        if self.filter is None:
            return found
        return found & ask(known.column("method_detail"), self._passes, np.bool_)

    def _is_it(self, value: Value) -> bool:
        return value == self.method

    def _passes(self, value: Value) -> bool:
        items = value if isinstance(value, tuple) else (value,)
        return self.filter is None or any(map(self.filter.passes, items))

    def sentence(self) -> str:
        detail = f" that {self.filter.sentence()}" if self.filter else ""
        return f", {METHODS.get(self.method, f'by “{self.method}”')}{detail}"

    def found(self, known: Known) -> str:
        method, detail = (known.column(n).values()[0] for n in ("method", "method_detail"))
        shown = f" ({value_words(detail)})" if self.filter and detail is not None else ""
        return f"method: {value_words(method)}{shown}"

    def asked(self) -> Iterator[Reading]:
        yield "method", None, (self.method,)
        if self.filter:
            yield "method_detail", self.filter, self.filter.compared()

    def problems(self, where: str) -> Iterator[Problem]:
        yield from super().problems(where)
        if self.method not in METHODS:
            text = f"The method “{self.method}” is not known, so nobody came by it."
            yield unreadable(f"{where}.method", text, "warning")


_KINDS: dict[str, str] = {
    **dict.fromkeys(_DATED, "date"),
    **dict.fromkeys(_MARKS, "mark"),
    **dict.fromkeys(_METHOD, "method"),
}


def _tag(raw: Any) -> str:
    name = raw.get("field") if isinstance(raw, dict) else getattr(raw, "field", None)
    known = isinstance(name, str) and not isinstance(raw, OtherDetail)
    return _KINDS.get(name, "other") if known and isinstance(name, str) else "other"


_Any: TypeAlias = (
    Annotated[DateDetail, Tag("date")]
    | Annotated[MarkDetail, Tag("mark")]
    | Annotated[MethodDetail, Tag("method")]
    | Annotated[OtherDetail, Tag("other")]
)
Detail = Annotated[_Any, Discriminator(_tag), or_opaque(OtherDetail)]


def detail_needs(details: Sequence[BaseDetail], columns: dict[str, str]) -> Iterator[Need]:
    """What the filters read, `columns` giving the reserved column of each field."""
    for detail in details:
        for field, held, values in detail.asked():
            if field in columns:
                kind = held.kind if held else "string"
                name = columns[field]
                yield Need(kind="consent-detail", name=name, values=values, value_type=kind)
