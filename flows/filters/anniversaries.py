"""Filters on dates whose year does not count: anniversaries and months.

Days are those of UTC; 29 February has its day on the 28th in years that lack it (semantics E19).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import numpy as np

from flows.columns import NEVER, Bools, Ints, Times, Value
from flows.filters import words
from flows.filters.base import Whole
from flows.filters.dates import DateFilter, Unit, empty_span, length
from flows.moments import DAY
from flows.problem import Problem
from flows.scene import Window
from flows.timing.calendar import add_months, day_of, parts

_FIRST_YEAR = 1990
"""No event is older (semantics C)."""


def _days(times: Times) -> Ints:
    return np.where(times == NEVER, 0, times) // DAY


def _equal(left: Ints, right: Ints) -> Bools:
    same: Bools = left == right
    return same


def _in_year(days: Ints, months: Ints) -> Ints:
    """The day of each date's anniversary in the year that begins with these months."""
    month, day = parts(days)
    return day_of(months + month % 12, day)


def _january(now: Times) -> Ints:
    month, _ = parts(_days(now))
    return month - month % 12


class AnniversaryFilter(DateFilter):
    """A date whose day, or whose month, is that of now."""

    operator: Literal["anniversary", "anniversary-month"]

    def holds(self, times: Times, now: Times) -> Bools:
        if self.operator == "anniversary":
            return _equal(_in_year(_days(times), _january(now)), _days(now))
        (month, _), (current, _) = parts(_days(times)), parts(_days(now))
        return _equal(month % 12, current % 12)

    def window(self, now: Times) -> Window:
        today = _days(now)
        if self.operator == "anniversary":
            return Window(today * DAY - 1, today * DAY + DAY - 1)
        month, _ = parts(today)
        first, after = (day_of(months, np.zeros_like(month)) for months in (month, month + 1))
        return Window(first * DAY - 1, after * DAY - 1)

    def windows(self, now: Times, entered_at: Times) -> tuple[Window, ...]:
        return _every_year(self.window(now), now)

    def timeframe(self) -> str:
        return "on this day" if self.operator == "anniversary" else "in this month"

    def sentence(self) -> str:
        return f"has its anniversary {'today' if self.operator == 'anniversary' else 'this month'}"


class AnniversarySpanFilter(DateFilter):
    """A date whose day comes or came within a span of now."""

    operator: Literal["anniversary-last", "anniversary-next"]
    unit: Unit
    quantity: Whole

    def window(self, now: Times) -> Window:
        """The whole days that touch the span around now."""
        span = length(self.quantity, self.unit)
        low, high = (now - span, now) if self.operator == "anniversary-last" else (now, now + span)
        return Window(low // DAY * DAY - 1, (high // DAY + 1) * DAY - 1)

    def holds(self, times: Times, now: Times) -> Bools:
        span, days, january = self.window(now), _days(times), _january(now)
        found = np.full(len(now), length(self.quantity, self.unit) >= 366 * DAY)
        for year in (-12, 0, 12):
            start = _in_year(days, january + year) * DAY
            found |= (span.after < start) & (start <= span.until)
        return found

    def windows(self, now: Times, entered_at: Times) -> tuple[Window, ...]:
        if length(self.quantity, self.unit) >= 364 * DAY:
            return (Window(np.full(len(now), np.iinfo(np.int64).min), now),)
        return _every_year(self.window(now), now)

    def timeframe(self) -> str:
        return f"on the days of the {self._which()}, in any year"

    def sentence(self) -> str:
        verb = "had" if self.operator == "anniversary-last" else "has"
        return f"{verb} its anniversary in the {self._which()}"

    def _which(self) -> str:
        which = words.last(self.quantity, self.unit)
        return which if self.operator == "anniversary-last" else which.replace("last", "next")

    def problems(self, where: str) -> Iterator[Problem]:
        if self.quantity < 0:
            yield empty_span(f"{where}.quantity")


class CalendarMonthFilter(DateFilter):
    """A date in one month of any year, from 1 for January to 12."""

    operator: Literal["calendar-month"]
    value: Whole

    def holds(self, times: Times, now: Times) -> Bools:
        month, _ = parts(_days(times))
        return _equal(month % 12, np.full(len(month), self.value - 1))

    def sentence(self) -> str:
        known = 1 <= self.value <= 12
        return f"is in {words.MONTHS[self.value - 1] if known else f'month {self.value}'}"

    def timeframe(self) -> str:
        return self.sentence().removeprefix("is ")

    def window(self, now: Times) -> Window:
        month = _january(now) + (self.value - 1) % 12
        first, after = (day_of(months, np.zeros_like(month)) for months in (month, month + 1))
        return Window(first * DAY - 1, after * DAY - 1)

    def windows(self, now: Times, entered_at: Times) -> tuple[Window, ...]:
        return _every_year(self.window(now), now)

    def compared(self) -> tuple[Value, ...]:
        return ()

    def problems(self, where: str) -> Iterator[Problem]:
        if not 1 <= self.value <= 12:
            yield Problem(
                code="F04",
                severity="error",
                where=f"{where}.value",
                text=f"There is no month {self.value}, so nobody matches.",
                fix="Months are numbered from 1 to 12.",
            )


def _every_year(span: Window, now: Times) -> tuple[Window, ...]:
    """The same days of this year and of every year before, up to now."""
    if len(now) == 0:
        return (Window(span.after, span.until),)
    first, last = (span.after + 1) // DAY, span.until // DAY
    years = int(now.max() // DAY) // 365 + 1970 - _FIRST_YEAR
    found = []
    for back in range(years + 1):
        start = add_months(first, -12 * back)
        # The day after is moved too: it tells whether 29 February belongs to the span.
        end = np.maximum(add_months(last, -12 * back) + 1, add_months(last + 1, -12 * back))
        found.append(Window(start * DAY - 1, np.minimum(end * DAY - 1, now)))
    return tuple(found)
