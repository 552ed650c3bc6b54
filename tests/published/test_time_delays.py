"""Time delays, as published in [H:115003885212] (semantics B.3).

Every row is a delay in a zone: on whose clock, when somebody comes, for how long, when they leave.
6 January 2026 is a Tuesday.
"""

from __future__ import annotations

from typing import Any

import pytest
from small_runs import Json, Person, at, email, flow, on, population, run, scenario, tables, wait
from small_steps import END, put, sent, update, with_status
from timelines import leaves

EAST = "America/New_York"
MWF = ["monday", "wednesday", "friday"]


def minutes(value: int) -> Json:
    return {"unit": "minutes", "value": value}


def hours(value: int, more: int | None = None) -> Json:
    return {"unit": "hours", "value": value, "secondary_value": more}


def days(value: int, until: str | None = None, weekdays: Any = None, **more: Any) -> Json:
    held = {"delay_until_time": until, "delay_until_weekdays": weekdays}
    return {"unit": "days", "value": value} | held | more


@pytest.mark.parametrize(
    ("entry", "delay", "leaves_at"),
    [
        ("2026-01-06T14:00", minutes(1), "2026-01-06T14:01-05:00"),
        ("2026-01-06T14:00", minutes(90), "2026-01-06T15:30-05:00"),
        ("2026-01-06T23:59", minutes(1), "2026-01-07T00:00-05:00"),
        ("2026-01-06T14:00", hours(4), "2026-01-06T18:00-05:00"),
        ("2026-01-06T14:00", hours(36), "2026-01-08T02:00-05:00"),
        ("2026-01-06T14:00", hours(2, 15), "2026-01-06T16:15-05:00"),
        ("2026-01-06T14:00", hours(2, 0), "2026-01-06T16:00-05:00"),
        ("2026-01-06T14:00", hours(0, 45), "2026-01-06T14:45-05:00"),
        ("2026-01-06T14:17", days(1), "2026-01-07T14:17-05:00"),
        ("2026-01-06T14:17", days(30), "2026-02-05T14:17-05:00"),
        ("2026-01-06T14:17", days(0), "2026-01-06T14:17-05:00"),
        ("2026-01-06T14:00", days(2, secondary_value=3), "2026-01-08T17:00-05:00"),
        ("2026-01-06T14:00", days(0, secondary_value=20), "2026-01-07T10:00-05:00"),
    ],
)
def test_minutes_hours_and_days_without_a_time_are_exact(
    entry: str, delay: Json, leaves_at: str
) -> None:
    assert leaves(EAST, entry, delay) == leaves_at


@pytest.mark.parametrize(
    ("entry", "delay", "leaves_at"),
    [
        ("2026-01-06T14:00", days(1, "15:00:00"), "2026-01-07T15:00-05:00"),
        ("2026-01-06T16:00", days(1, "15:00:00"), "2026-01-07T15:00-05:00"),
        ("2026-01-06T00:00", days(1, "23:59:00"), "2026-01-07T23:59-05:00"),
        ("2026-01-06T23:59", days(1, "00:00:00"), "2026-01-07T00:00-05:00"),
        ("2026-01-06T16:00", days(3, "08:30:00"), "2026-01-09T08:30-05:00"),
        ("2026-01-06T14:00", days(0, "15:00:00"), "2026-01-06T15:00-05:00"),
        ("2026-01-06T15:00", days(0, "15:00:00"), "2026-01-06T15:00-05:00"),
        ("2026-01-06T16:00", days(0, "15:00:00"), "2026-01-07T15:00-05:00"),
        ("2026-01-31T16:00", days(0, "15:00:00"), "2026-02-01T15:00-05:00"),
    ],
)
def test_days_until_a_time_are_days_of_the_calendar(
    entry: str, delay: Json, leaves_at: str
) -> None:
    assert leaves(EAST, entry, delay) == leaves_at


@pytest.mark.parametrize(("clock", "span"), [("14:00", 25), ("16:00", 23)])
def test_one_day_until_three_are_25_hours_from_two_and_23_from_four(clock: str, span: int) -> None:
    entry = f"2026-01-06T{clock}"
    assert leaves(EAST, entry, days(1, "15:00:00")) == leaves(EAST, entry, hours(span))


@pytest.mark.parametrize(
    ("entry", "delay", "leaves_at"),
    [
        ("2026-01-06T14:00", days(2, weekdays=MWF), "2026-01-09T14:00-05:00"),
        ("2026-01-06T14:00", days(1, weekdays=MWF), "2026-01-07T14:00-05:00"),
        ("2026-01-06T14:00", days(0, weekdays=MWF), "2026-01-07T14:00-05:00"),
        ("2026-01-09T14:00", days(1, weekdays=MWF), "2026-01-12T14:00-05:00"),
        ("2026-01-06T14:00", days(2, "15:00:00", MWF), "2026-01-09T15:00-05:00"),
        ("2026-01-06T14:00", days(2, "09:00:00", MWF), "2026-01-09T09:00-05:00"),
        ("2026-01-07T16:00", days(0, "15:00:00", MWF), "2026-01-09T15:00-05:00"),
        ("2026-01-09T16:00", days(0, "15:00:00", ["friday"]), "2026-01-16T15:00-05:00"),
        ("2026-01-06T14:00", days(1, weekdays=["tuesday"]), "2026-01-13T14:00-05:00"),
        ("2026-01-06T14:00", days(7, weekdays=["tuesday"]), "2026-01-13T14:00-05:00"),
        ("2026-01-06T14:00", days(1, weekdays=["saturday", "sunday"]), "2026-01-10T14:00-05:00"),
        ("2026-01-06T14:00", days(3, weekdays=None), "2026-01-09T14:00-05:00"),
        ("2026-01-06T14:00", days(3, weekdays=[]), "2026-01-09T14:00-05:00"),
        ("2026-01-06T14:00", days(3, "15:00:00", []), "2026-01-09T15:00-05:00"),
    ],
)
def test_then_forward_to_the_first_allowed_weekday(entry: str, delay: Json, leaves_at: str) -> None:
    assert leaves(EAST, entry, delay) == leaves_at


@pytest.mark.parametrize(
    ("delay", "leaves_at"),
    [
        (hours(3) | {"delay_until_time": "09:00:00"}, "2026-01-06T17:00-05:00"),
        (hours(3) | {"delay_until_weekdays": ["monday"]}, "2026-01-06T17:00-05:00"),
        (minutes(30) | {"delay_until_weekdays": ["monday"]}, "2026-01-06T14:30-05:00"),
    ],
)
def test_times_and_weekdays_count_with_days_only(delay: Json, leaves_at: str) -> None:
    assert leaves(EAST, "2026-01-06T14:00", delay) == leaves_at


@pytest.mark.parametrize(
    ("timezone", "of_person", "sent_at"),
    [
        ("profile", "Asia/Tokyo", "01-07 00:00"),
        ("profile", "America/New_York", "01-07 14:00"),
        ("profile", None, "01-07 17:00"),
        ("Europe/London", "Asia/Tokyo", "01-07 09:00"),
        ("Europe/London", None, "01-07 09:00"),
    ],
)
def test_the_clock_is_the_persons_else_the_accounts(
    timezone: str, of_person: Any, sent_at: str
) -> None:
    """The account is in Los Angeles, and the person comes on 6 January, 12:00 UTC."""
    people = population(Person(joined=at("2026-01-06 12:00"), zone=of_person))
    held = flow(wait("until nine", **days(1, "09:00:00"), timezone=timezone), email("mail"))
    setting = scenario(account_timezone="America/Los_Angeles")
    assert sent(run(held, people, setting)) == [("mail", sent_at, None)]


def through(*steps: Json) -> list[tuple[str, str]]:
    """Steps and times by which somebody passes who comes on 6 January at 12:00."""
    people = population(Person(joined=at("2026-01-06 12:00")))
    engine = run(flow(*steps), people, scenario(as_live=False))
    return [(s["action"], f"{s['left_at']:%m-%d %H:%M}") for s in tables(engine)["steps"]]


@pytest.mark.parametrize(
    ("status", "left_at"),
    [("live", "01-07 12:00"), ("manual", "01-07 12:00"), ("draft", "01-06 12:00")],
)
def test_a_delay_with_nothing_live_or_manual_behind_it_is_skipped(
    status: str, left_at: str
) -> None:
    passed = through(email("first"), wait("delay"), with_status(email("last"), status))
    assert passed[:2] == [("first", "01-06 12:00"), ("delay", left_at)]


def test_only_what_lies_behind_the_delay_counts() -> None:
    split = {
        "id": "split",
        "type": "conditional-split",
        "data": {"profile_filter": None},
        "links": {"next_if_true": "delay", "next_if_false": "live"},
    }
    other = email("live") | {"links": END}
    assert through(split, wait("delay") | {"links": END}, other) == [
        ("split", "01-06 12:00"),
        ("delay", "01-06 12:00"),
    ]


@pytest.mark.parametrize(
    ("moves_at", "sent_at"),
    [("01-06 11:59", "01-07 00:00"), ("01-06 12:01", "01-07 09:00")],
)
def test_the_moment_of_leaving_is_fixed_when_the_person_comes(moves_at: str, sent_at: str) -> None:
    """Who moves to Tokyo before they come leaves at nine in Tokyo; who moves later does not."""
    person = Person(joined=at("2026-01-06 12:00"), did=[("Moved", f"2026-{moves_at}")])
    mover = flow(update("move", put("timezone", "Asia/Tokyo")), id="mover", **on("Moved"))
    held = flow(wait("until nine", **days(1, "09:00:00")), email("mail"))
    assert sent(run([held, mover], population(person))) == [("mail", sent_at, None)]
