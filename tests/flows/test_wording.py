"""How delays and days of the week read on a card."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.actions.countdown_delay import CountdownDelayData
from flows.actions.target_date import TargetDateData
from flows.actions.time_delay import TimeDelayData
from flows.wording import (
    WEEK,
    countdown_sentence,
    delay_sentence,
    span,
    target_sentence,
    weekdays,
)


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (0, "days", "0 days"),
        (1, "days", "1 day"),
        (2, "hours", "2 hours"),
        (1, "months", "1 month"),
    ],
)
def test_a_count_has_its_unit_in_the_right_number(value: int, unit: str, text: str) -> None:
    assert span(value, unit) == text


@pytest.mark.parametrize(
    ("days", "text"),
    [
        (None, ""),
        ([], ""),
        (WEEK, ""),
        (["monday"], "Mon"),
        (["thursday", "tuesday"], "Tue and Thu"),
        (["monday", "wednesday", "friday"], "Mon, Wed and Fri"),
        (["monday", "tuesday", "wednesday", "thursday", "friday"], "Mon-Fri"),
        (["saturday", "sunday"], "Sat and Sun"),
        (["sunday", "saturday", "friday"], "Fri-Sun"),
        (["monday", "monday"], "Mon"),
    ],
)
def test_days_of_the_week_read_as_people_say_them(days: list[str] | None, text: str) -> None:
    assert weekdays(days) == text


@given(st.lists(st.sampled_from(WEEK), max_size=9))
def test_the_order_in_which_days_are_given_does_not_matter(days: list[str]) -> None:
    assert weekdays(days) == weekdays(days[::-1]) == weekdays(sorted(set(days)))


DELAYS: list[tuple[dict[str, Any], str]] = [
    ({"value": 2}, "Wait 2 days"),
    ({"unit": "minutes", "value": 1}, "Wait 1 minute"),
    ({"unit": "hours", "value": 1, "secondary_value": 30}, "Wait 1 hour 30 minutes"),
    ({"value": 1, "secondary_value": 1}, "Wait 1 day 1 hour"),
    ({"unit": "hours", "value": 4, "secondary_value": 0}, "Wait 4 hours"),
    ({"unit": "minutes", "value": 5, "secondary_value": 3}, "Wait 5 minutes"),
    (
        {"value": 1, "secondary_value": 5, "delay_until_time": "09:30:00"},
        "Wait 1 day, until 09:30 in their zone",
    ),
    (
        {
            "value": 3,
            "delay_until_time": "18:00:00",
            "timezone": "Europe/Paris",
            "delay_until_weekdays": ["monday", "tuesday", "wednesday", "thursday", "friday"],
        },
        "Wait 3 days, until 18:00 in Europe/Paris, Mon-Fri",
    ),
    ({"value": 2, "delay_until_weekdays": ["sunday"]}, "Wait 2 days, Sun"),
    (
        {
            "unit": "hours",
            "value": 2,
            "delay_until_time": "09:00:00",
            "delay_until_weekdays": ["sunday"],
        },
        "Wait 2 hours",
    ),
]


@pytest.mark.parametrize(("data", "text"), DELAYS)
def test_a_delay_says_what_it_obeys(data: dict[str, Any], text: str) -> None:
    assert delay_sentence(TimeDelayData.model_validate(data)) == text


COUNTDOWNS: list[tuple[dict[str, Any], str]] = [
    ({"value": 3}, "Wait until 3 days before the date"),
    ({}, "Wait until the date"),
    (
        {"unit": "weeks", "value": 1, "delay_until_time": "08:00", "timezone": "UTC"},
        "Wait until 1 week before the date, at 08:00 in UTC",
    ),
    (
        {"value": 2, "delay_until_weekdays": ["monday", "friday"]},
        "Wait until 2 days before the date, Mon and Fri",
    ),
]


@pytest.mark.parametrize(("data", "text"), COUNTDOWNS)
def test_a_countdown_says_how_long_before_the_date(data: dict[str, Any], text: str) -> None:
    assert countdown_sentence(CountdownDelayData.model_validate(data)) == text


def test_the_date_itself_says_its_hour_and_days() -> None:
    plain = TargetDateData(target_time="10:15:00")
    assert target_sentence(plain) == "Wait for the date, at 10:15 in their zone"
    working = plain.model_copy(update={"target_days": ("monday", "tuesday"), "timezone": "UTC"})
    assert target_sentence(working) == "Wait for the date, at 10:15 in UTC, Mon and Tue"
