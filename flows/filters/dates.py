"""Filters on dates that are one span of time: fixed, or counted from each row's own now."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator
from typing import Literal

import numpy as np
from pydantic import StrictStr

from flows.columns import LONG_AGO, NEVER, Bools, Column, Times, Value
from flows.filters import words
from flows.filters.base import ValueTest, Whole
from flows.moments import DAY, Moment, instants, read
from flows.problem import Problem
from flows.scene import Window

Unit = Literal["day", "hour", "week"]
_UNITS = {"hour": DAY // 24, "day": DAY, "week": 7 * DAY}
_LONGEST = 36_525 * DAY
_LAST = NEVER - 1


def length(quantity: int, unit: Unit) -> int:
    """µs of so many units, a hundred years at most."""
    return max(-_LONGEST, min(quantity * _UNITS[unit], _LONGEST))


class DateFilter(ValueTest):
    """The base of all date filters: over a property's dates, and as the timeframe of events.

    A fixed date without a time, or at 00:00, names the whole day: after it means after its end.
    """

    type: Literal["date"]
    kind = "date"

    def accepts(self, column: Column, now: Times) -> Bools:
        """Rows whose value is a date that lies where the filter asks, each as of its own now."""
        times = instants(column)
        known: Bools = times != NEVER
        return known & self.holds(times, now)

    def passes(self, value: Value) -> bool:
        return read(value) is not None

    def holds(self, times: Times, now: Times) -> Bools:
        """Which of the moments, one a row, lie where the filter asks."""
        span = self.window(now)
        inside: Bools = (span.after < times) & ~(span.until < times)
        return inside

    def holds_for_joining(self, times: Times, now: Times) -> Bools:
        """The same for moments of joining a list or segment."""
        return self.holds(times, now)

    @abstractmethod
    def window(self, now: Times) -> Window:
        """The span of time that the filter names, around now where it comes back each year."""

    def windows(self, now: Times, entered_at: Times) -> tuple[Window, ...]:
        """Spans of time, none overlapping, in which events count; what is to come does not."""
        span = self.window(now)
        return (Window(span.after, np.minimum(span.until, now)),)

    @abstractmethod
    def timeframe(self) -> str:
        """The filter as it follows a verb, as in “in the last 7 days”."""

    def sentence(self) -> str:
        return f"is {self.timeframe()}"


def _fixed(now: Times, after: int, until: int) -> Window:
    return Window(np.full(len(now), after), np.full(len(now), until))


def _end(moment: Moment) -> int:
    """The last µs that the written date covers."""
    return moment.at + DAY - 1 if moment.whole_day else moment.at


def _words(text: str) -> str:
    moment = read(text)
    return words.day(moment.at) if moment else f"“{text}”"


def _date_problem(text: str, where: str) -> Iterator[Problem]:
    if read(text) is None:
        yield Problem(
            code="F04",
            severity="error",
            where=where,
            text=f"“{text}” is no date, so nobody matches.",
            fix="Write it as 2026-03-31 or 2026-03-31T09:00:00Z.",
        )


class StaticDateFilter(DateFilter):
    """After or before a fixed date, that date excluded."""

    operator: Literal["after", "before"]
    date: StrictStr

    def window(self, now: Times) -> Window:
        moment = read(self.date)
        if moment is None:
            return _fixed(now, _LAST, LONG_AGO)
        if self.operator == "after":
            return _fixed(now, _end(moment), _LAST)
        return _fixed(now, LONG_AGO, moment.at - 1)

    def timeframe(self) -> str:
        return f"{self.operator} {_words(self.date)}"

    def compared(self) -> tuple[Value, ...]:
        return (self.date,)

    def problems(self, where: str) -> Iterator[Problem]:
        yield from _date_problem(self.date, f"{where}.date")


class StaticRangeFilter(DateFilter):
    """From one fixed date to another, both included; for joining a list the end is excluded."""

    operator: Literal["between-static"]
    start: StrictStr
    end: StrictStr

    def window(self, now: Times) -> Window:
        start, end = read(self.start), read(self.end)
        if start is None or end is None:
            return _fixed(now, _LAST, LONG_AGO)
        return _fixed(now, start.at - 1, _end(end))

    def holds_for_joining(self, times: Times, now: Times) -> Bools:
        end = read(self.end)
        return self.holds(times, now) & (times < (end.at if end else LONG_AGO))

    def timeframe(self) -> str:
        return f"between {_words(self.start)} and {_words(self.end)}"

    def compared(self) -> tuple[Value, ...]:
        return (self.start, self.end)

    def problems(self, where: str) -> Iterator[Problem]:
        yield from _date_problem(self.start, f"{where}.start")
        yield from _date_problem(self.end, f"{where}.end")
        start, end = read(self.start), read(self.end)
        if start and end and start.at > end.at:
            yield empty_span(where)


class RelativeDateFilter(DateFilter):
    """Within the last or next span, its bounds included, or at least a span ago."""

    operator: Literal["at-least", "in-the-last", "in-the-next"]
    unit: Unit
    quantity: Whole

    def window(self, now: Times) -> Window:
        span = length(self.quantity, self.unit)
        if self.operator == "in-the-last":
            return Window(now - span - 1, now)
        if self.operator == "in-the-next":
            return Window(now - 1, now + span)
        return Window(np.full(len(now), LONG_AGO), now - span)

    def timeframe(self) -> str:
        if self.operator == "at-least":
            return f"at least {words.span(self.quantity, self.unit)} ago"
        which = words.last(self.quantity, self.unit)
        return (
            f"in the {which if self.operator == 'in-the-last' else which.replace('last', 'next')}"
        )

    def sentence(self) -> str:
        return f"{'is' if self.operator == 'in-the-next' else 'was'} {self.timeframe()}"

    def problems(self, where: str) -> Iterator[Problem]:
        if self.quantity < 0:
            yield empty_span(f"{where}.quantity")


class RelativeRangeFilter(DateFilter):
    """Between two spans ago: the moment `start` units ago is included, that of `end` is not."""

    operator: Literal["between"]
    start: Whole
    end: Whole
    unit: Unit

    def window(self, now: Times) -> Window:
        start, end = length(self.start, self.unit), length(self.end, self.unit)
        if start <= end:
            return Window(now - end, now - start if start < end else now - end)
        return Window(now - start - 1, now - end - 1)

    def timeframe(self) -> str:
        return f"between {self.start} and {words.span(self.end, self.unit)} ago"

    def sentence(self) -> str:
        return f"was {self.timeframe()}"

    def problems(self, where: str) -> Iterator[Problem]:
        if self.start == self.end:
            yield empty_span(where)


class AlltimeFilter(DateFilter):
    """Whenever it was."""

    operator: Literal["alltime"]

    def window(self, now: Times) -> Window:
        return _fixed(now, LONG_AGO, _LAST)

    def timeframe(self) -> str:
        return "over all time"

    def sentence(self) -> str:
        return "is any date"


class FlowStartFilter(DateFilter):
    """Since this person entered this run of the flow, that moment excluded; for events only."""

    operator: Literal["flow-start"]

    def window(self, now: Times) -> Window:
        return _fixed(now, _LAST, LONG_AGO)

    def windows(self, now: Times, entered_at: Times) -> tuple[Window, ...]:
        return (Window(entered_at, now),)

    def timeframe(self) -> str:
        return "since starting this flow"


def empty_span(where: str) -> Problem:
    """The finding for a span of time that holds no moment."""
    return Problem(
        code="F05",
        severity="error",
        where=where,
        text="No date lies in this span, so nobody matches.",
        fix="Make the span longer, or swap its ends.",
    )
