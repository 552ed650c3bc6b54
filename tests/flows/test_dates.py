"""Dates of people as days, and whether a date still names the day that a run is about."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Literal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.columns import Column, Value
from flows.dates import NO_DAY, day_number, days, same_date

EPOCH = date(1970, 1, 1)
Recurrence = Literal["annually", "monthly", "weekly", "never"]


def number(text: str) -> int:
    return (date.fromisoformat(text) - EPOCH).days


def same(own: Value, target: str, recurrence: Recurrence) -> bool:
    column, day = Column.of([own]), np.array([number(target)])
    return bool(same_date(column, day, recurrence)[0])


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026-03-01", "2026-03-01"),
        ("2026-03-01T23:59:59", "2026-03-01"),
        ("2026-03-01 08:00", "2026-03-01"),
        ("03/01/2026", "2026-03-01"),
        ("1969-12-31", "1969-12-31"),
        ("2024-02-29", "2024-02-29"),
    ],
)
def test_the_time_part_of_a_date_is_ignored(written: str, day: str) -> None:
    assert day_number(written) == number(day)


@pytest.mark.parametrize("written", [None, "", "soon", "2026-02-30", "30-01-2026", True, ("a",)])
def test_what_is_no_date_is_no_day(written: Value) -> None:
    assert day_number(written) == NO_DAY


def test_a_column_gives_a_day_a_row() -> None:
    column = Column.of(["2026-01-02", None, "soon", "2026-01-02"])
    assert days(column).tolist() == [number("2026-01-02"), NO_DAY, NO_DAY, number("2026-01-02")]
    assert days(Column.unset(2)).tolist() == [NO_DAY, NO_DAY]


TABLE: list[tuple[str, str, Recurrence, bool]] = [
    ("1990-03-10", "2026-03-10", "annually", True),
    ("1990-03-10", "2026-03-11", "annually", False),
    ("1990-04-10", "2026-03-10", "annually", False),
    ("2000-02-29", "2026-02-28", "annually", True),
    ("2000-02-29", "2028-02-29", "annually", True),
    ("2000-02-29", "2028-02-28", "annually", False),
    ("2000-02-29", "2026-03-01", "annually", False),
    ("2020-01-31", "2026-02-28", "monthly", True),
    ("2020-01-31", "2026-04-30", "monthly", True),
    ("2020-01-31", "2026-03-30", "monthly", False),
    ("2020-01-30", "2026-02-28", "monthly", True),
    ("2020-01-15", "2026-07-15", "monthly", True),
    ("2026-01-05", "2026-01-12", "weekly", True),
    ("2026-01-12", "2026-01-05", "weekly", True),
    ("2026-01-05", "2026-01-13", "weekly", False),
    ("2026-01-05", "2026-01-05", "never", True),
    ("2026-01-05", "2027-01-05", "never", False),
]


@pytest.mark.parametrize(("own", "target", "recurrence", "holds"), TABLE)
def test_a_date_names_a_day_by_its_recurrence(
    own: str, target: str, recurrence: Recurrence, holds: bool
) -> None:
    assert same(own, target, recurrence) is holds


@pytest.mark.parametrize("recurrence", ["annually", "monthly", "weekly", "never"])
def test_a_date_that_is_gone_names_no_day(recurrence: Recurrence) -> None:
    column = Column.of([None, "soon"])
    assert same_date(column, np.array([0, NO_DAY]), recurrence).tolist() == [False, False]


dates = st.dates(date(1930, 1, 1), date(2090, 1, 1))


@given(dates, st.integers(-30, 60))
def test_each_date_names_the_days_that_the_calendar_says(own: date, later: int) -> None:
    """Years, months and weeks on, clamped to the end of a shorter month."""
    months = own.year * 12 + own.month - 1 + later
    year, month = divmod(months, 12)
    in_month = date(year, month + 1, min(own.day, monthrange(year, month + 1)[1]))
    in_year = date(year, own.month, min(own.day, monthrange(year, own.month)[1]))
    in_week = own + timedelta(weeks=later)
    written = own.isoformat()
    assert same(written, in_month.isoformat(), "monthly")
    assert same(written, in_year.isoformat(), "annually")
    assert same(written, in_week.isoformat(), "weekly")
    next_day = (in_month + timedelta(days=1)).isoformat()
    assert not same(written, next_day, "monthly")
    assert not same(written, (in_week + timedelta(days=1)).isoformat(), "weekly")
    assert same(written, in_week.isoformat(), "never") is (later == 0)
