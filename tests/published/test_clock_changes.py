"""Waits over nights in which clocks change (semantics B.3: waits go by the wall clock of a zone).

A time that the clock skips is the first instant after it; of a time that it shows twice the first
is meant. Spans of minutes, hours, and days without a time of day stay exact. In 2026 clocks change
in New York on 8 March and 1 November at 2:00, in London on 29 March at 1:00 and 25 October at
2:00, in Sydney on 5 April at 3:00 and 4 October at 2:00, and on Lord Howe on 5 April and
4 October at 2:00, by half an hour. Beirut skips midnight, and Apia skipped 30 December 2011.
"""

from __future__ import annotations

import pytest
from small_runs import Json, Person, population, run, tables
from timelines import beginning, dated, leaves, told

EAST, LONDON = "America/New_York", "Europe/London"
SYDNEY, LORD_HOWE = "Australia/Sydney", "Australia/Lord_Howe"
DAY: Json = {"unit": "days", "value": 1}


def until(clock: str, **more: object) -> Json:
    return DAY | {"delay_until_time": f"{clock}:00"} | more


def hours(value: int) -> Json:
    return {"unit": "hours", "value": value}


@pytest.mark.parametrize(
    ("zone", "entry", "delay", "leaves_at"),
    [
        (EAST, "2026-03-07T12:00", DAY, "2026-03-08T13:00-04:00"),
        (EAST, "2026-03-07T12:00", hours(24), "2026-03-08T13:00-04:00"),
        (EAST, "2026-03-07T12:00", until("12:00"), "2026-03-08T12:00-04:00"),
        (EAST, "2026-03-07T12:00", until("01:59"), "2026-03-08T01:59-05:00"),
        (EAST, "2026-03-07T12:00", until("02:00"), "2026-03-08T03:00-04:00"),
        (EAST, "2026-03-07T12:00", until("02:30"), "2026-03-08T03:00-04:00"),
        (EAST, "2026-03-07T12:00", until("03:00"), "2026-03-08T03:00-04:00"),
        (LONDON, "2026-03-28T12:00", DAY, "2026-03-29T13:00+01:00"),
        (LONDON, "2026-03-28T12:00", until("12:00"), "2026-03-29T12:00+01:00"),
        (LONDON, "2026-03-28T12:00", until("00:59"), "2026-03-29T00:59+00:00"),
        (LONDON, "2026-03-28T12:00", until("01:30"), "2026-03-29T02:00+01:00"),
        (SYDNEY, "2026-10-03T12:00", DAY, "2026-10-04T13:00+11:00"),
        (SYDNEY, "2026-10-03T12:00", until("12:00"), "2026-10-04T12:00+11:00"),
        (SYDNEY, "2026-10-03T12:00", until("02:30"), "2026-10-04T03:00+11:00"),
        (LORD_HOWE, "2026-10-03T12:00", DAY, "2026-10-04T12:30+11:00"),
        (LORD_HOWE, "2026-10-03T12:00", until("12:00"), "2026-10-04T12:00+11:00"),
        (LORD_HOWE, "2026-10-03T12:00", until("02:15"), "2026-10-04T02:30+11:00"),
        (LORD_HOWE, "2026-10-03T12:00", until("02:30"), "2026-10-04T02:30+11:00"),
        ("Asia/Beirut", "2026-03-28T12:00", until("00:00"), "2026-03-29T01:00+03:00"),
        ("Pacific/Apia", "2011-12-29T12:00", until("09:00"), "2011-12-31T00:00+14:00"),
    ],
)
def test_in_the_night_that_is_short(zone: str, entry: str, delay: Json, leaves_at: str) -> None:
    assert leaves(zone, entry, delay) == leaves_at


@pytest.mark.parametrize(
    ("zone", "entry", "delay", "leaves_at"),
    [
        (EAST, "2026-10-31T12:00", DAY, "2026-11-01T11:00-05:00"),
        (EAST, "2026-10-31T12:00", hours(24), "2026-11-01T11:00-05:00"),
        (EAST, "2026-10-31T12:00", until("12:00"), "2026-11-01T12:00-05:00"),
        (EAST, "2026-10-31T12:00", until("01:30"), "2026-11-01T01:30-04:00"),
        (EAST, "2026-10-31T12:00", until("02:00"), "2026-11-01T02:00-05:00"),
        (EAST, "2026-11-01T00:30", hours(1), "2026-11-01T01:30-04:00"),
        (EAST, "2026-11-01T00:30", hours(2), "2026-11-01T01:30-05:00"),
        (LONDON, "2026-10-24T12:00", DAY, "2026-10-25T11:00+00:00"),
        (LONDON, "2026-10-24T12:00", until("12:00"), "2026-10-25T12:00+00:00"),
        (LONDON, "2026-10-24T12:00", until("01:30"), "2026-10-25T01:30+01:00"),
        (SYDNEY, "2026-04-04T12:00", DAY, "2026-04-05T11:00+10:00"),
        (SYDNEY, "2026-04-04T12:00", until("12:00"), "2026-04-05T12:00+10:00"),
        (SYDNEY, "2026-04-04T12:00", until("02:30"), "2026-04-05T02:30+11:00"),
        (LORD_HOWE, "2026-04-04T12:00", DAY, "2026-04-05T11:30+10:30"),
        (LORD_HOWE, "2026-04-04T12:00", until("12:00"), "2026-04-05T12:00+10:30"),
        (LORD_HOWE, "2026-04-04T12:00", until("01:45"), "2026-04-05T01:45+11:00"),
    ],
)
def test_in_the_night_that_is_long(zone: str, entry: str, delay: Json, leaves_at: str) -> None:
    assert leaves(zone, entry, delay) == leaves_at


@pytest.mark.parametrize(
    ("zone", "offset"),
    [
        ("UTC", "+00:00"),
        ("Asia/Tokyo", "+09:00"),
        ("Asia/Kolkata", "+05:30"),
        ("Asia/Kathmandu", "+05:45"),
        ("America/Phoenix", "-07:00"),
    ],
)
@pytest.mark.parametrize("day", ["03-07", "03-28", "10-24", "10-31"])
def test_where_clocks_never_change_a_day_is_24_hours(zone: str, offset: str, day: str) -> None:
    following = f"2026-{day[:3]}{int(day[3:]) + 1:02}" if day != "10-31" else "2026-11-01"
    assert leaves(zone, f"2026-{day}T12:00", DAY) == f"{following}T12:00{offset}"
    assert leaves(zone, f"2026-{day}T12:00", until("02:30")) == f"{following}T02:30{offset}"


@pytest.mark.parametrize(
    ("zone", "entry", "delay", "leaves_at"),
    [
        (EAST, "2026-03-06T12:00", {"delay_until_weekdays": ["monday"]}, "2026-03-09T12:00-04:00"),
        (EAST, "2026-10-30T12:00", {"delay_until_weekdays": ["monday"]}, "2026-11-02T12:00-05:00"),
        (EAST, "2026-03-06T02:30", {"delay_until_weekdays": ["sunday"]}, "2026-03-08T03:00-04:00"),
        (EAST, "2026-10-30T01:30", {"delay_until_weekdays": ["sunday"]}, "2026-11-01T01:30-04:00"),
    ],
)
def test_rolling_to_a_weekday_keeps_the_time_on_the_wall(
    zone: str, entry: str, delay: Json, leaves_at: str
) -> None:
    assert leaves(zone, entry, DAY | delay) == leaves_at


@pytest.mark.parametrize(
    ("zone", "day", "clock", "starts_at"),
    [
        (EAST, "2026-03-08", "02:30", "2026-03-08T03:00-04:00"),
        (EAST, "2026-11-01", "01:30", "2026-11-01T01:30-04:00"),
        (LONDON, "2026-03-29", "01:30", "2026-03-29T02:00+01:00"),
        (LONDON, "2026-10-25", "01:30", "2026-10-25T01:30+01:00"),
        (SYDNEY, "2026-10-04", "02:30", "2026-10-04T03:00+11:00"),
        (SYDNEY, "2026-04-05", "02:30", "2026-04-05T02:30+11:00"),
        (LORD_HOWE, "2026-10-04", "02:15", "2026-10-04T02:30+11:00"),
        (LORD_HOWE, "2026-04-05", "01:45", "2026-04-05T01:45+11:00"),
    ],
)
def test_a_date_flow_starts_by_the_same_clock(
    zone: str, day: str, clock: str, starts_at: str
) -> None:
    held = dated(recurrence_frequency="never", trigger_time=f"{clock}:00")
    people = population(Person(properties={"day": day}, zone=zone))
    engine = run(held, people, beginning("2026-01-05", 330))
    assert [told(zone, e["entered_at"]) for e in tables(engine)["enrolments"]] == [starts_at]
