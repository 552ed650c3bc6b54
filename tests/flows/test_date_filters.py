"""Filters on dates, judged as of each row's own now (semantics A.9)."""

from typing import Any

import numpy as np
import pytest
from asking import event_asking, holds
from fake_scene import accepted, scene, times
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from flows.columns import Column, Value
from flows.filters import ValueFilter, ValueTest

READ: TypeAdapter[ValueTest] = TypeAdapter(ValueFilter)
Json = dict[str, Any]


DATES: tuple[Value, ...] = (
    None,
    "no date",
    20260310,
    "2026-03-09",
    "2026-03-10",
    "2026-03-10T12:00:00Z",
    "2026-03-10T23:59:59.999999+00:00",
    "2026-03-11T00:00:00Z",
    "2026-03-11T01:00:00+02:00",
    "03/12/2026",
    "3/12/26 08:30",
)
NOW = "2026-03-10T12:00:00"


def dated(raw: Json) -> list[Value]:
    """The dates that the filter accepts at noon of 10 March 2026."""
    test = READ.validate_python({"type": "date"} | raw)
    answers = accepted(test.accepts(Column.of(DATES), times(*[NOW] * len(DATES))))
    return [date for date, answer in zip(DATES, answers, strict=True) if answer]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ({"operator": "after", "date": "2026-03-10"}, [DATES[7], DATES[9], DATES[10]]),
        ({"operator": "after", "date": "2026-03-10T12:00:00Z"}, [*DATES[6:]]),
        ({"operator": "before", "date": "2026-03-10"}, [DATES[3]]),
        (
            {"operator": "between-static", "start": "2026-03-10", "end": "2026-03-11"},
            [*DATES[4:9]],
        ),
        ({"operator": "in-the-last", "unit": "day", "quantity": 1}, [DATES[4], DATES[5]]),
        ({"operator": "in-the-last", "unit": "hour", "quantity": 12}, [DATES[4], DATES[5]]),
        ({"operator": "at-least", "unit": "hour", "quantity": 12}, [DATES[3], DATES[4]]),
        ({"operator": "in-the-next", "unit": "hour", "quantity": 12}, [*DATES[5:9]]),
        ({"operator": "between", "start": 0, "end": 12, "unit": "hour"}, [DATES[5]]),
        ({"operator": "between", "start": 12, "end": 36, "unit": "hour"}, [DATES[4]]),
        ({"operator": "between", "start": 12, "end": 37, "unit": "hour"}, [DATES[3], DATES[4]]),
        ({"operator": "alltime"}, [*DATES[3:]]),
        ({"operator": "calendar-month", "value": 3}, [*DATES[3:]]),
        ({"operator": "calendar-month", "value": 4}, []),
        ({"operator": "anniversary-month"}, [*DATES[3:]]),
        ({"operator": "anniversary"}, [DATES[4], DATES[5], DATES[6], DATES[8]]),
        ({"operator": "flow-start"}, []),
    ],
    ids=str,
)
def test_a_date_filter_counts_from_each_rows_own_now(raw: Json, expected: list[Value]) -> None:
    assert dated(raw) == expected


@pytest.mark.parametrize(
    ("operator", "quantity", "birthday", "now", "expected"),
    [
        ("anniversary-last", 7, "1990-03-05", "2026-03-10T12:00:00", True),
        ("anniversary-last", 7, "1990-03-03", "2026-03-10T12:00:00", True),
        ("anniversary-last", 7, "1990-03-02", "2026-03-10T12:00:00", False),
        ("anniversary-last", 7, "1990-03-11", "2026-03-10T12:00:00", False),
        ("anniversary-next", 7, "1990-03-17", "2026-03-10T12:00:00", True),
        ("anniversary-next", 7, "1990-03-18", "2026-03-10T12:00:00", False),
        ("anniversary-next", 7, "1990-03-10", "2026-03-10T12:00:00", True),
        ("anniversary-next", 7, "1990-01-02", "2026-12-30T12:00:00", True),
        ("anniversary-last", 7, "1990-12-30", "2026-01-02T12:00:00", True),
        ("anniversary-last", 1, "1992-02-29", "2026-02-28T12:00:00", True),
        ("anniversary-last", 400, "1990-07-07", "2026-02-28T12:00:00", True),
    ],
)
def test_an_anniversary_ignores_the_year(
    operator: str, quantity: int, birthday: str, now: str, expected: bool
) -> None:
    raw = {"type": "date", "operator": operator, "unit": "day", "quantity": quantity}
    answers = READ.validate_python(raw).accepts(Column.of([birthday]), times(now))
    assert accepted(answers) == [expected]


@pytest.mark.parametrize(
    ("now", "today", "month"),
    [
        ("2028-02-29T12:00:00", True, True),
        ("2028-02-28T12:00:00", False, True),
        ("2026-02-28T12:00:00", True, True),
        ("2026-03-01T00:00:00", False, False),
        ("2026-02-01T00:00:00", False, True),
    ],
)
def test_the_29th_of_february_has_its_day_on_the_28th_in_other_years(
    now: str, today: bool, month: bool
) -> None:
    def asked(operator: str) -> list[bool]:
        test = READ.validate_python({"type": "date", "operator": operator})
        return accepted(test.accepts(Column.of(["1992-02-29"]), times(now)))

    assert (asked("anniversary"), asked("anniversary-month")) == ([today], [month])


def test_a_date_in_an_event_is_compared_where_it_is_written_in_iso() -> None:
    soon = {"type": "date", "operator": "in-the-next", "unit": "day", "quantity": 7}
    starts = (
        "2026-03-12", "2026-03-12T10:00:00+02:00", "2026-02-12", "Thursday", 1773316800, None,
    )  # fmt: skip
    people = scene(size=6, event={"Starts": starts})
    assert holds(event_asking("Starts", **soon), people) == [True, True, False, False, False, False]


RELATIVE = st.builds(
    lambda operator, unit, quantity: {
        "type": "date",
        "operator": operator,
        "unit": unit,
        "quantity": quantity,
    },
    st.sampled_from(
        ["at-least", "in-the-last", "in-the-next", "anniversary-last", "anniversary-next"]
    ),
    st.sampled_from(["hour", "day", "week"]),
    st.integers(0, 400),
)


@given(
    RELATIVE,
    st.lists(
        st.tuples(st.dates().map(str), st.integers(0, 4_000_000_000_000_000)),
        min_size=1,
        max_size=6,
    ),
)
def test_dates_together_are_judged_as_each_alone(raw: Json, rows: list[tuple[str, int]]) -> None:
    test = READ.validate_python(raw)
    dates, now = Column.of(date for date, _ in rows), np.array([at for _, at in rows])
    alone = [test.accepts(dates.take(np.array([i])), now[i : i + 1])[0] for i in range(len(rows))]
    assert accepted(test.accepts(dates, now)) == [bool(answer) for answer in alone]
