"""What an account predicts about people, as it follows from the orders before the run.

Who is still a customer is told by BG/NBD in the form where people may leave after their first
order, too (Batislam, Denizel and Filiztekin 2007). A power of two per-row numbers would come out
differently from machine to machine, so logarithms and odds are looked up in rounded tables.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from flows.columns import UNSET, Bools, Codes, Column, Floats, Ints, Times, Value
from flows.moments import DAY
from simulator.audience_settings import AudienceSettings
from simulator.quantiles import settled
from simulator.synthetic.persons import Persons
from simulator.synthetic.streams import Stream
from simulator.synthetic.values import day_text

PREFIX = "predictive_analytics."
GENDERS: tuple[Value, ...] = ("likely_female", "likely_male", "uncertain")
CHANNELS = ("email", "push", "sms", "whatsapp")
RANKS: tuple[Value, ...] = ("high", "medium", "low")
WEEK_DAYS = 7.0
_MOST_DAYS = 5_000
_PER_UNIT = 256
_EDGE = 40


@dataclass(eq=False)
class Predictions:
    """The predictions for some people."""

    persons: Persons
    orders: Stream
    """Theirs, by row, then time."""
    start: int
    """The orders before this time are known."""
    subscribed: dict[str, Bools]
    """By channel, who takes its messages."""

    def columns(self, names: Iterable[str]) -> dict[str, Column]:
        """The columns of these names, as far as there are such predictions."""
        made = {name: self._column(name.removeprefix(PREFIX)) for name in names}
        return {name: column for name, column in made.items() if column is not None}

    def _column(self, dimension: str) -> Column | None:
        if dimension in NUMBERS:
            return of_numbers(NUMBERS[dimension](self))
        if dimension == "predicted_gender":
            return self._gender()
        if dimension == "expected_date_of_next_purchase":
            return self._next_order()
        affinity, _, rest = dimension.partition(".")
        channel, _, measure = rest.partition(".")
        if affinity != "channel_affinity" or channel not in CHANNELS:
            return None
        return self._rank(channel) if measure == "rank" else self._priority(channel)

    @property
    def _settings(self) -> AudienceSettings:
        return self.persons.settings

    @cached_property
    def known(self) -> Stream:
        """The orders before the run."""
        return self.orders.where(self.orders.times < self.start)

    @cached_property
    def count(self) -> Ints:
        """How many each has placed."""
        return np.bincount(self.known.rows, minlength=len(self.persons.keys)).astype(np.int64)

    @cached_property
    def spent(self) -> Floats:
        """What each has spent."""
        size = len(self.persons.keys)
        return np.round(np.bincount(self.known.rows, self.known.values, minlength=size), 2)

    @cached_property
    def bounds(self) -> tuple[Times, Times]:
        """The time of each one's first and last order; the start of the run where there is none."""
        first = np.full(len(self.count), self.start, dtype=np.int64)
        last = first.copy()
        rows, times = self.known.rows, self.known.times
        first[rows[::-1]] = times[::-1]
        last[rows] = times
        return first, last

    @cached_property
    def average(self) -> Floats:
        """The worth of one order; NaN for those without."""
        return np.where(self.count > 0, np.round(self.spent / np.maximum(self.count, 1), 2), np.nan)

    @cached_property
    def gap(self) -> Floats:
        """Days between orders; NaN for those with fewer than two."""
        first, last = self.bounds
        days = (last - first) / DAY / np.maximum(self.count - 1, 1)
        return np.where(self.count > 1, np.round(days, 1), np.nan)

    @cached_property
    def staying(self) -> Floats:
        """How likely each is still a customer; 0 for those who never were."""
        buying, repeats = self._settings.buying, np.maximum(self.count - 1, 0)
        first, last = self.bounds
        logs = _logs(buying.alpha)
        age, recency = _days(self.start - first), _days(last - first)
        power = (buying.r + repeats) * (logs[age] - logs[recency])
        place = np.minimum(power, _EDGE - 1) * _PER_UNIT
        odds = buying.a / (buying.b + repeats) * _exponentials()[place.astype(np.int64)]
        return np.where(self.count > 0, 1 / (1 + odds), 0.0)

    @cached_property
    def weekly(self) -> Floats:
        """Orders a week of those who stay."""
        buying, (first, _) = self._settings.buying, self.bounds
        weeks = (self.start - first) / (DAY * WEEK_DAYS)
        return (buying.r + np.maximum(self.count - 1, 0)) / (buying.alpha + weeks)

    @cached_property
    def coming(self) -> Floats:
        """Orders that are still to be expected."""
        return np.round(self.staying * self.weekly * self._settings.predicting.weeks, 2)

    @cached_property
    def worth(self) -> Floats:
        """What these are worth."""
        return np.round(self.coming * np.nan_to_num(self.average), 2)

    def _next_order(self) -> Column:
        """A usual gap after the last order, a day of its own for each row."""
        usual = np.round(WEEK_DAYS / self.weekly)
        gap = np.where(np.isnan(self.gap), usual, self.gap)
        days = _whole_days(self.bounds[1]) + np.minimum(gap, _MOST_DAYS).astype(np.int64)
        used, codes = np.unique(days, return_inverse=True)
        held: Codes = np.where(self.count > 0, codes, UNSET).astype(np.int32)
        return Column(held, tuple(day_text(day) for day in used.tolist()))

    def _gender(self) -> Column:
        places = self.persons.places
        first = places.first.pick(self.persons.locale, self.persons.draws("first name"))
        codes = places.genders[first]
        hidden = self.persons.lacks("first_name")
        return Column(np.where(hidden, np.int32(2), codes).astype(np.int32), GENDERS)

    def _score(self, channel: str) -> Floats:
        drawn = self.persons.draws("affinity", channel)
        taken: Floats = np.where(self.subscribed[channel], 0.3 + 0.7 * drawn, 0.3 * drawn)
        return taken

    def _priority(self, channel: str) -> Column:
        own = self._score(channel)
        better = [self._score(other) > own for other in CHANNELS if other != channel]
        return Column(np.sum(better, axis=0, dtype=np.int32), (1, 2, 3, 4))

    def _rank(self, channel: str) -> Column:
        score = self._score(channel)
        codes: Codes = np.searchsorted((-0.7, -0.3), -score, side="left").astype(np.int32)
        return Column(codes, RANKS)


NUMBERS: dict[str, Callable[[Predictions], Floats | Ints]] = {
    "historic_number_of_orders": lambda made: made.count,
    "historic_clv": lambda made: made.spent,
    "average_order_value": lambda made: made.average,
    "average_days_between_orders": lambda made: made.gap,
    "churn_probability": lambda made: np.where(
        made.count > 0, np.round(1 - made.staying, 3), np.nan
    ),
    "predicted_number_of_orders": lambda made: made.coming,
    "predicted_clv": lambda made: made.worth,
    "total_clv": lambda made: np.round(made.spent + made.worth, 2),
}
"""By dimension, its number for every row; NaN where nothing is known."""


def of_numbers(numbers: Floats | Ints) -> Column:
    """A column of numbers, unset where they are NaN."""
    used, codes = np.unique(numbers, return_inverse=True)
    known = ~np.isnan(used)
    held = np.where(known[codes], codes, UNSET).astype(np.int32)
    return Column(held, tuple(used[known].tolist()))


def _whole_days(times: Times) -> Ints:
    return np.floor_divide(times, DAY)


def _days(span: Times) -> Ints:
    return np.clip(_whole_days(span), 0, _MOST_DAYS)


@lru_cache(maxsize=8)
def _logs(alpha: float) -> Floats:
    """The logarithm of alpha plus so many days, in weeks."""
    return settled(np.log(alpha + np.arange(_MOST_DAYS + 1) / WEEK_DAYS))


@lru_cache(maxsize=1)
def _exponentials() -> Floats:
    return settled(np.exp(np.arange(_EDGE * _PER_UNIT + 1) / _PER_UNIT))
