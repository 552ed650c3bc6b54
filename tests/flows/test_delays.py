"""When delays end: spans, days, weekdays and clock changes (semantics B.3)."""

from typing import Any

import numpy as np
import pytest
from clocks import CLOCKS, LORD_HOWE, NEW_YORK, PARIS, ROWS, columns, local, shown
from fake_scene import at
from hypothesis import given
from hypothesis import strategies as st

from flows.actions.time_delay import TimeDelayData
from flows.columns import Column
from flows.timing import (
    delay_until,
    timing_problems,
)


def waited(start: str, zone: str = NEW_YORK, **data: Any) -> str:
    """When someone who reaches the delay at this wall-clock time leaves it."""
    now = np.array([local(start, zone)])
    return shown(delay_until(now, Column.of([zone]), TimeDelayData(**data)), zone)[0]


MON_WED_FRI = ("monday", "wednesday", "friday")


@pytest.mark.parametrize(
    ("start", "data", "end"),
    [
        # Minutes, hours and days are exact spans.
        ("2026-06-02T14:00", {"unit": "minutes", "value": 90}, "2026-06-02T15:30:00-04:00"),
        (
            "2026-06-02T14:00",
            {"unit": "hours", "value": 2, "secondary_value": 15},
            "2026-06-02T16:15:00-04:00",
        ),
        (
            "2026-06-02T14:00",
            {"unit": "days", "value": 2, "secondary_value": 3},
            "2026-06-04T17:00:00-04:00",
        ),
        ("2026-06-02T14:00", {"unit": "days", "value": 0}, "2026-06-02T14:00:00-04:00"),
        # One day until 3 PM: 25 hours from 2 PM, 23 hours from 4 PM.
        (
            "2026-06-02T14:00",
            {"value": 1, "delay_until_time": "15:00"},
            "2026-06-03T15:00:00-04:00",
        ),
        (
            "2026-06-02T16:00",
            {"value": 1, "delay_until_time": "15:00:00"},
            "2026-06-03T15:00:00-04:00",
        ),
        # Tuesday and two days is Thursday, so Friday.
        (
            "2026-06-02T14:00",
            {"value": 2, "delay_until_weekdays": MON_WED_FRI},
            "2026-06-05T14:00:00-04:00",
        ),
        (
            "2026-06-02T14:00",
            {"value": 2, "delay_until_time": "09:00", "delay_until_weekdays": MON_WED_FRI},
            "2026-06-05T09:00:00-04:00",
        ),
        (
            "2026-06-02T14:00",
            {"value": 1, "delay_until_weekdays": MON_WED_FRI},
            "2026-06-03T14:00:00-04:00",
        ),
        ("2026-06-02T14:00", {"value": 1, "delay_until_weekdays": ()}, "2026-06-03T14:00:00-04:00"),
        # No day: today's time if it is to come, else tomorrow's.
        (
            "2026-06-02T14:00",
            {"value": 0, "delay_until_time": "15:00"},
            "2026-06-02T15:00:00-04:00",
        ),
        (
            "2026-06-02T14:00",
            {"value": 0, "delay_until_time": "14:00"},
            "2026-06-02T14:00:00-04:00",
        ),
        (
            "2026-06-02T14:00",
            {"value": 0, "delay_until_time": "13:00"},
            "2026-06-03T13:00:00-04:00",
        ),
        (
            "2026-06-05T14:00",
            {"value": 0, "delay_until_time": "13:00", "delay_until_weekdays": MON_WED_FRI},
            "2026-06-08T13:00:00-04:00",
        ),
        # A time of day counts with days only.
        (
            "2026-06-02T14:00",
            {"unit": "hours", "value": 1, "delay_until_time": "09:00"},
            "2026-06-02T15:00:00-04:00",
        ),
        # Over the night in which New York's clock skips 02:00 to 03:00.
        ("2026-03-07T14:00", {"value": 1}, "2026-03-08T15:00:00-04:00"),
        (
            "2026-03-07T14:00",
            {"value": 1, "delay_until_time": "14:00"},
            "2026-03-08T14:00:00-04:00",
        ),
        (
            "2026-03-07T14:00",
            {"value": 1, "delay_until_time": "02:30"},
            "2026-03-08T03:00:00-04:00",
        ),
        # Over the night in which it shows 01:00 to 02:00 twice: the first counts.
        ("2026-10-31T14:00", {"value": 1}, "2026-11-01T13:00:00-05:00"),
        (
            "2026-10-31T14:00",
            {"value": 1, "delay_until_time": "01:30"},
            "2026-11-01T01:30:00-04:00",
        ),
    ],
    ids=str,
)
def test_a_delay_in_new_york_ends(start: str, data: dict[str, Any], end: str) -> None:
    assert waited(start, **data) == end


@pytest.mark.parametrize(
    ("start", "zone", "time", "end"),
    [
        ("2026-03-28T12:00", PARIS, "02:30", "2026-03-29T03:00:00+02:00"),
        ("2026-03-28T12:00", PARIS, "03:00", "2026-03-29T03:00:00+02:00"),
        ("2026-10-24T12:00", PARIS, "02:30", "2026-10-25T02:30:00+02:00"),
        # Lord Howe moves its clock by half an hour.
        ("2026-10-03T12:00", LORD_HOWE, "02:15", "2026-10-04T02:30:00+11:00"),
        ("2026-04-04T12:00", LORD_HOWE, "01:45", "2026-04-05T01:45:00+11:00"),
        # Beirut skips midnight, Apia skipped a whole day.
        ("2026-03-28T12:00", "Asia/Beirut", "00:00", "2026-03-29T01:00:00+03:00"),
        ("2011-12-29T12:00", "Pacific/Apia", "09:00", "2011-12-31T00:00:00+14:00"),
    ],
)
def test_a_delay_ends_where_the_clock_changes(start: str, zone: str, time: str, end: str) -> None:
    assert waited(start, zone, value=1, delay_until_time=time) == end


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
