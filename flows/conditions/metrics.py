"""The condition on what a person did: how often, or how much in all, in which time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from flows.columns import Bools, Column, Times
from flows.conditions.base import Answer, Condition, Names, Need
from flows.filters import DateFilter, ValueFilter
from flows.filters.allowed import EVENTS, SPANS, unusual
from flows.filters.dates import AlltimeFilter, FlowStartFilter
from flows.filters.numbers import NumericFilter, NumericRangeFilter
from flows.filters.words import joined, moment, number
from flows.flaws import unreadable
from flows.part import Part
from flows.problem import Problem
from flows.scene import Scene

_ALWAYS = AlltimeFilter(type="date", operator="alltime")


class EventPropertyFilter(Part):
    """One test on a property of each event; without a filter every event passes."""

    property: str
    filter: ValueFilter | None = None

    def accepts(self, column: Column, at: Times) -> Bools:
        """Which events pass: `column` holds the property, `at` the time each happened."""
        if self.filter is None:
            return np.ones(len(column), dtype=np.bool_)
        return self.filter.accepts(column, at)

    def sentence(self) -> str:
        """The test in words, as in “Items contains “Hat””."""
        test = self.filter.sentence() if self.filter else "is anything"
        return f"{self.property.removeprefix('$')} {test}"


class ProfileMetricCondition(Condition):
    """How often a person did something, or the sum of its values (semantics A.6).

    Since starting this flow means strictly after the entry: the event that started a run never
    counts in it.
    """

    type: Literal["profile-metric"]
    metric_id: str
    measurement: Literal["count", "sum"]
    measurement_filter: ValueFilter
    timeframe_filter: ValueFilter
    metric_filters: tuple[EventPropertyFilter, ...] | None = None
    label = "What someone has done"

    @property
    def timeframe(self) -> DateFilter:
        """The time that counts; all of it where what is written is no time."""
        written = self.timeframe_filter
        return written if isinstance(written, DateFilter) else _ALWAYS

    def measured(self, scene: Scene) -> NDArray[Any]:
        """The count or sum of every row."""
        windows = self.timeframe.windows(scene.now, scene.entered_at)
        where = self.metric_filters or ()
        ask = scene.count if self.measurement == "count" else scene.total
        measured: NDArray[Any] = ask(self.metric_id, windows[0], where)
        for window in windows[1:]:
            measured = measured + ask(self.metric_id, window, where)
        return measured

    def test(self, scene: Scene) -> Bools:
        wanted = self.measurement_filter
        if not isinstance(wanted, NumericFilter | NumericRangeFilter):
            return np.ones(len(scene), dtype=np.bool_)
        return wanted.holds(self.measured(scene))

    def sentence(self, names: Names) -> str:
        metric, wanted = names(self.metric_id), self.measurement_filter.sentence()
        when = self.timeframe.timeframe()
        if self.measurement == "sum":
            return f"the value of {metric} {when}{self._where()} {wanted}"
        return f"has {metric} {times_words(self.measurement_filter)} {when}{self._where()}"

    def _where(self) -> str:
        tests = [test.sentence() for test in self.metric_filters or ()]
        return f" where {joined(tests, 'and')}" if tests else ""

    def explain(self, scene: Scene, names: Names) -> Answer:
        found = self.measured(scene)[0]
        when = self.timeframe.timeframe()
        if isinstance(self.timeframe, FlowStartFilter):
            when = f"since entering on {moment(int(scene.entered_at[0]))}"
        wanted = self.measurement_filter.sentence().removeprefix("is ")
        shown = "1 time" if found == 1 else f"{number(found)} times"
        if self.measurement == "sum":
            shown = f"{number(found)} in all"
        text = f"{names(self.metric_id)} {when}{self._where()}: {shown}, wanted {wanted}"
        return Answer(bool(self.test(scene)[0]), text)

    def needs(self) -> Iterator[Need]:
        yield Need(kind="metric", name=self.metric_id, value_type="numeric")
        if self.measurement == "sum":
            worth = self.measurement_filter.compared()
            yield Need(
                kind="event-property",
                name="$value",
                metric=self.metric_id,
                values=worth,
                value_type="numeric",
            )
        for test in self.metric_filters or ():
            yield Need(
                kind="event-property",
                name=test.property,
                metric=self.metric_id,
                values=test.filter.compared() if test.filter else (),
                value_type=test.filter.kind if test.filter else "existence",
            )

    def problems(self, where: str) -> Iterator[Problem]:
        yield from self.measurement_filter.problems(f"{where}.measurement_filter")
        yield from self.timeframe_filter.problems(f"{where}.timeframe_filter")
        if not isinstance(self.timeframe_filter, DateFilter):
            text = "The timeframe is no time, so all time counts."
            yield unreadable(f"{where}.timeframe_filter", text)
        if self.measurement_filter.kind != "numeric":
            text = "How often is no number, so the condition holds for everybody."
            yield unreadable(f"{where}.measurement_filter", text)
        yield from unusual(self.measurement_filter, (NumericFilter,), f"{where}.measurement_filter")
        yield from unusual(self.timeframe_filter, SPANS, f"{where}.timeframe_filter")
        for i, test in enumerate(self.metric_filters or ()):
            if test.filter:
                place = f"{where}.metric_filters[{i}].filter"
                yield from test.filter.problems(place)
                yield from unusual(test.filter, EVENTS, place)


def times_words(wanted: ValueFilter) -> str:
    """A count filter as people say it: zero times, at least once, more than 3 times."""
    if not isinstance(wanted, NumericFilter):
        return f"a number of times that {wanted.sentence()}"
    count, operator = wanted.value, wanted.operator
    if (operator, count) == ("equals", 0):
        return "zero times"
    if (operator, count) in {("greater-than", 0), ("greater-than-or-equal", 1), ("not-equals", 0)}:
        return "at least once"
    often = "once" if count == 1 else f"{number(count)} times"
    words = {
        "equals": "exactly",
        "not-equals": "not exactly",
        "greater-than": "more than",
        "greater-than-or-equal": "at least",
        "less-than": "less than",
        "less-than-or-equal": "at most",
    }
    return f"{words[operator]} {often}"
