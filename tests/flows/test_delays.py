"""What delays find wrong with themselves, and the laws of when they end (semantics B.3)."""

from typing import Any

import numpy as np
import pytest
from clocks import CLOCKS, NEW_YORK, ROWS, columns, shown
from fake_scene import at
from hypothesis import given
from hypothesis import strategies as st

from flows.actions.time_delay import TimeDelayData
from flows.columns import Column
from flows.timing import delay_until, timing_problems


def test_a_time_shown_twice_has_passed_after_its_first() -> None:
    second = at("2026-11-01T01:10:00-05:00")
    data = TimeDelayData(value=0, delay_until_time="01:30")
    due = delay_until(np.array([second]), Column.of([NEW_YORK]), data)
    assert shown(due, NEW_YORK) == ["2026-11-02T01:30:00-05:00"]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({"value": 1}, []),
        ({"value": -1}, ["T03 $.data.value"]),
        ({"value": 99_999_999}, ["T03 $.data.value"]),
        ({"value": 1, "timezone": "Mars/Olympus"}, ["T01 $.data.timezone"]),
        ({"value": 1, "delay_until_time": "noon"}, ["T02 $.data.delay_until_time"]),
        (
            {"value": 1, "unit": "hours", "delay_until_weekdays": ["monday"]},
            ["T04 $.data.delay_until_weekdays"],
        ),
    ],
)
def test_a_delay_says_what_is_wrong_with_it(data: dict[str, Any], expected: list[str]) -> None:
    found = timing_problems(TimeDelayData.model_validate(data), "$.data")
    assert [f"{problem.code} {problem.where}" for problem in found] == expected


DELAYS = st.builds(
    TimeDelayData,
    unit=st.sampled_from(["minutes", "hours", "days"]),
    value=st.integers(0, 400),
    secondary_value=st.none() | st.integers(0, 23),
    delay_until_time=st.none() | CLOCKS,
    delay_until_weekdays=st.none()
    | st.lists(st.sampled_from(["monday", "wednesday", "sunday"]), max_size=3).map(tuple),
)


@given(ROWS, DELAYS)
def test_a_delay_never_ends_before_now_and_together_as_alone(
    rows: list[tuple[int, str | None]], data: TimeDelayData
) -> None:
    now, zone = columns(rows)
    due = delay_until(now, zone, data)
    alone = [
        int(delay_until(now[i : i + 1], Column.of([name]), data)[0])
        for i, (_, name) in enumerate(rows)
    ]
    assert due.tolist() == alone
    assert (due >= now).all()
