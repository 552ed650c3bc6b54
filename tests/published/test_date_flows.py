"""When dates start flows, as published in [H:360002732652] (semantics B.3, E19, E24).

The run begins on Monday, 5 January 2026, at midnight, and all clocks are at UTC unless a row says
otherwise. A flow starts on the date at 9:00.
"""

from __future__ import annotations

from typing import Any

import pytest
from small_runs import Person, flow, on, population, run, scenario
from small_steps import entered, put, sent, update
from timelines import beginning, dated, days_of_entry


def came(day: str, *, days: int = 130, since: str = "2026-01-05", **trigger: Any) -> str:
    """The days on which somebody with this date enters."""
    people = population(Person(properties={"day": day}))
    return days_of_entry(entered(run(dated(**trigger), people, beginning(since, days))))


@pytest.mark.parametrize(
    ("recurrence", "day", "entries"),
    [
        ("annually", "2001-02-10", "2026-02-10"),
        ("annually", "2026-02-10", "2026-02-10"),
        ("annually", "2031-02-10", "2026-02-10"),
        ("annually", "2001-08-10", ""),
        ("never", "2026-02-10", "2026-02-10"),
        ("never", "2025-02-10", ""),
        ("never", "2027-02-10", ""),
        ("monthly", "2001-06-10", "2026-01-10 2026-02-10 2026-03-10 2026-04-10 2026-05-10"),
        ("monthly", "2001-06-29", "2026-01-29 2026-02-28 2026-03-29 2026-04-29"),
        ("monthly", "2001-06-30", "2026-01-30 2026-02-28 2026-03-30 2026-04-30"),
        ("monthly", "2001-07-31", "2026-01-31 2026-02-28 2026-03-31 2026-04-30"),
    ],
)
def test_how_often_a_date_comes_back(recurrence: str, day: str, entries: str) -> None:
    assert came(day, recurrence_frequency=recurrence) == entries


@pytest.mark.parametrize(
    ("day", "entries"),
    [
        ("2025-12-29", "2026-01-12 2026-01-19 2026-01-26"),
        ("2030-01-02", "2026-01-07 2026-01-14 2026-01-21 2026-01-28"),
        ("2026-01-25", "2026-01-11 2026-01-18 2026-01-25"),
    ],
)
def test_every_week_is_the_same_weekday(day: str, entries: str) -> None:
    assert came(day, days=25, recurrence_frequency="weekly") == entries


@pytest.mark.parametrize(
    ("recurrence", "since", "days", "entries"),
    [
        ("annually", "2026-01-05", 1500, "2026-02-28 2027-02-28 2028-02-29 2029-02-28"),
        ("monthly", "2027-12-15", 110, "2027-12-29 2028-01-29 2028-02-29 2028-03-29"),
        ("never", "2028-02-01", 60, "2028-02-29"),
    ],
)
def test_the_29th_of_february(recurrence: str, since: str, days: int, entries: str) -> None:
    found = came("2028-02-29", since=since, days=days, recurrence_frequency=recurrence)
    assert found == entries


@pytest.mark.parametrize(
    ("day", "before", "unit", "entry"),
    [
        ("2026-02-10", 0, "days", "2026-02-10"),
        ("2026-02-10", 7, "days", "2026-02-03"),
        ("2026-03-01", 1, "days", "2026-02-28"),
        ("2026-02-10", 2, "weeks", "2026-01-27"),
        ("2026-03-28", 1, "months", "2026-02-28"),
        ("2026-03-29", 1, "months", "2026-02-28"),
        ("2026-03-31", 1, "months", "2026-02-28"),
        ("2026-05-31", 1, "months", "2026-04-30"),
        ("2026-05-31", 3, "months", "2026-02-28"),
        ("2027-01-31", 11, "months", "2026-02-28"),
        ("2028-02-29", 24, "months", "2026-02-28"),
    ],
)
def test_a_flow_starts_a_span_before_the_date(day: str, before: int, unit: str, entry: str) -> None:
    span = {"timedelta_value_before_date": before, "timedelta_unit_before_date": unit}
    assert came(day, recurrence_frequency="never", **span) == entry


def test_a_month_before_the_31st_of_march_is_the_29th_of_february_in_a_leap_year() -> None:
    span = {"timedelta_value_before_date": 1, "timedelta_unit_before_date": "months"}
    assert came("1990-03-31", since="2028-01-01", **span) == "2028-02-29"


@pytest.mark.parametrize(
    ("recurrence", "day", "weekdays", "entries"),
    [
        ("monthly", "2001-06-10", ["monday"], "2026-01-12 2026-02-16"),
        ("monthly", "2001-06-12", ["monday"], "2026-01-12 2026-02-16"),
        ("monthly", "2001-07-31", ["monday"], "2026-02-02 2026-03-02"),
        ("monthly", "2001-06-10", ["friday", "sunday"], "2026-01-11 2026-02-13"),
        ("annually", "2001-02-10", ["monday"], "2026-02-16"),
    ],
)
def test_recurring_dates_roll_forward_to_an_allowed_weekday(
    recurrence: str, day: str, weekdays: list[str], entries: str
) -> None:
    found = came(day, days=60, recurrence_frequency=recurrence, trigger_days=weekdays)
    assert found == entries


@pytest.mark.parametrize(
    ("weekdays", "entries"),
    [
        (["tuesday"], "2026-01-06 2026-01-13 2026-01-20 2026-01-27"),
        (["saturday", "monday"], "2026-01-10 2026-01-17 2026-01-24"),
    ],
)
def test_saturdays_that_come_every_week_roll_to_an_allowed_weekday(
    weekdays: list[str], entries: str
) -> None:
    found = came("2026-01-10", days=25, recurrence_frequency="weekly", trigger_days=weekdays)
    assert found == entries


@pytest.mark.parametrize(
    ("day", "zone", "entry"),
    [
        ("2026-02-10", "UTC", "2026-02-10 09:00"),
        ("2026-02-10T00:00:00", "UTC", "2026-02-10 09:00"),
        ("2026-02-10T23:59:59", "UTC", "2026-02-10 09:00"),
        ("2026-02-10", "America/New_York", "2026-02-10 14:00"),
        ("2026-02-10", "Asia/Tokyo", "2026-02-10 00:00"),
        ("2026-02-10", None, "2026-02-10 17:00"),
    ],
)
def test_the_time_is_the_triggers_on_the_persons_clock_else_the_accounts(
    day: str, zone: Any, entry: str
) -> None:
    people = population(Person(properties={"day": day}, zone=zone))
    engine = run(dated(), people, scenario(60, account_timezone="America/Los_Angeles"))
    assert entered(engine) == [("p0", entry)]


@pytest.mark.parametrize(
    ("day", "ordered", "messages"),
    [
        ("2001-01-05", None, []),
        ("2001-01-06", None, ["01-06 09:00"]),
        ("2001-01-07", None, ["01-07 09:00"]),
        ("2001-06-01", "2001-01-05", ["01-05 09:00"]),
        (None, "2001-01-05", ["01-05 09:00"]),
    ],
)
def test_a_flow_set_live_today_takes_those_of_today_only_if_their_date_changes_today(
    day: str | None, ordered: str | None, messages: list[str]
) -> None:
    """The date is changed on 5 January at 8:00."""
    did = [("Ordered", "2026-01-05 08:00")] if ordered else []
    change = flow(update("set", put("day", ordered, "date")), id="change", **on("Ordered"))
    people = population(Person(properties={"day": day}, did=did))
    assert [when for _, when, _ in sent(run([dated(), change], people))] == messages
