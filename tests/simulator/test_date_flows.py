"""Flows about a date of a person: when they start, wait and end (semantics B.3)."""

from __future__ import annotations

from typing import Any

import pytest
from small_runs import Json, Person, email, flow, on, population, run, scenario, tables, wait
from small_steps import entered, put, sent, update, with_status

from simulator.engine import Engine


def dated(*actions: Json, name: str = "birthday", **trigger: Any) -> Any:
    """A flow that starts on a date at 9, every year, unless the trigger says otherwise."""
    head = {
        "type": "date",
        "date_field_type": "profile-property",
        "date_profile_property": name,
        "timedelta_value_before_date": 0,
        "timedelta_unit_before_date": "days",
        "recurrence_frequency": "annually",
        "trigger_time": "09:00:00",
    }
    return flow(*(actions or [email("mail")]), triggers=[head | trigger])


def born(day: str | None, **more: Any) -> Person:
    return Person(properties={"birthday": day}, **more)


def test_the_time_of_day_is_the_persons_and_the_year_does_not_matter() -> None:
    people = population(
        born("1990-01-20T17:45:00"), born("2030-01-20", zone="Asia/Tokyo"), born(None)
    )
    assert entered(run(dated(), people)) == [
        ("p0", "2026-01-20 09:00"),
        ("p1", "2026-01-20 00:00"),
    ]


@pytest.mark.parametrize(
    ("before", "unit", "enters"),
    [
        (3, "days", "2026-03-28 09:00"),
        (2, "weeks", "2026-03-17 09:00"),
        (1, "months", "2026-02-28 09:00"),
    ],
)
def test_people_come_a_span_before_the_date(before: int, unit: str, enters: str) -> None:
    held = dated(timedelta_value_before_date=before, timedelta_unit_before_date=unit)
    assert entered(run(held, population(born("1990-03-31")), scenario(days=120))) == [
        ("p0", enters)
    ]


def test_the_29th_of_february_is_the_28th_in_other_years() -> None:
    engine = run(dated(), population(born("2000-02-29")), scenario(days=1200))
    assert [when for _, when in entered(engine)] == [
        "2026-02-28 09:00",
        "2027-02-28 09:00",
        "2028-02-29 09:00",
        "2029-02-28 09:00",
    ]
    assert [reason for _, _, reason in sent(engine)] == [None] * 4


def test_the_31st_is_the_last_day_of_a_shorter_month() -> None:
    engine = run(
        dated(recurrence_frequency="monthly"),
        population(born("2020-01-31")),
        scenario(days=120),
    )
    assert [when[:10] for _, when in entered(engine)] == [
        "2026-01-31",
        "2026-02-28",
        "2026-03-31",
        "2026-04-30",
    ]
    assert [reason for _, _, reason in sent(engine)] == [None] * 4


def test_weekly_keeps_the_weekday_and_never_the_day() -> None:
    friday = born("2026-01-02")
    weekly = run(dated(recurrence_frequency="weekly"), population(friday))
    assert [when[8:10] for _, when in entered(weekly)] == ["09", "16", "23", "30"]
    once = run(dated(recurrence_frequency="never"), population(friday, born("2026-01-30")))
    assert entered(once) == [("p1", "2026-01-30 09:00")]


def test_an_unknown_zone_of_the_trigger_is_the_accounts() -> None:
    engine = run(
        dated(timezone="Mars/Base"),
        population(born("1990-01-20", zone="Asia/Tokyo")),
        scenario(account_timezone="America/New_York"),
    )
    assert entered(engine) == [("p0", "2026-01-20 14:00")]


def journey(**trigger: Any) -> Any:
    early = {"timedelta_value_before_date": 7, **trigger}
    anchor = {"id": "day", "type": "target-date", "data": {"target_time": "10:00:00"}}
    return dated(
        email("soon"), wait("pause", value=3), email("later"), anchor, email("now"), **early
    )


def changed(*operations: Json, **trigger: Any) -> Engine:
    mover = flow(
        update("move", *operations),
        id="mover",
        **on("Ordered"),
    )
    person = born("1990-01-20", did=[("Ordered", "2026-01-14 12:00")])
    return run([journey(**trigger), mover], population(person), scenario(days=60))


def test_the_whole_way_of_a_date_that_stays() -> None:
    engine = run(journey(), population(born("1990-01-20")))
    assert sent(engine) == [
        ("soon", "01-13 09:00", None),
        ("later", "01-16 09:00", None),
        ("now", "01-20 10:00", None),
    ]


def test_a_new_date_ends_the_run_and_starts_another() -> None:
    engine = changed(put("birthday", "1990-02-10", "date"))
    assert sent(engine) == [
        ("soon", "01-13 09:00", None),
        ("soon", "02-03 09:00", None),
        ("later", "02-06 09:00", None),
        ("now", "02-10 10:00", None),
    ]
    left = [(e["visit"], e["left_because"]) for e in tables(engine)["enrolments"]]
    assert left == [(1, "date changed"), (1, "finished"), (2, "finished")]


def test_a_date_that_is_gone_ends_the_run() -> None:
    engine = changed({"operator": "delete", "property_key": "birthday"})
    assert sent(engine) == [("soon", "01-13 09:00", None)]
    gone = next(s for s in tables(engine)["steps"] if s["note"] == "Date Changed")
    assert (gone["action"], gone["way_out"]) == ("later", "exit")


def test_another_year_of_the_same_day_changes_nothing() -> None:
    engine = changed(put("birthday", "1991-01-20", "date"))
    assert [row[:2] for row in sent(engine)] == [
        ("soon", "01-13 09:00"),
        ("later", "01-16 09:00"),
        ("now", "01-20 10:00"),
    ]


def test_a_new_date_takes_the_place_of_the_one_to_come() -> None:
    mover = flow(update("move", put("birthday", "1990-01-27", "date")), id="m", **on("Ordered"))
    person = born("1990-01-20", did=[("Ordered", "2026-01-14 12:00")])
    assert sent(run([dated(), mover], population(person))) == [("mail", "01-27 09:00", None)]


def test_a_new_date_today_counts_if_its_hour_is_still_to_come() -> None:
    today = flow(update("move", put("birthday", "today", "date")), id="m", **on("Ordered"))
    early = born(None, did=[("Ordered", "2026-01-14 08:00")])
    late = born(None, did=[("Ordered", "2026-01-14 09:01")])
    assert entered(run([dated(), today], population(early, late)))[::2] == [
        ("p0", "2026-01-14 08:00"),
        ("p1", "2026-01-14 09:01"),
    ]
    assert sent(run([dated(), today], population(early, late))) == [("mail", "01-14 09:00", None)]


def test_a_step_that_is_skipped_reads_the_date_again_and_one_passed_by_does_not() -> None:
    gone = update("gone", {"operator": "delete", "property_key": "birthday"})
    off = with_status(email("off"), "disabled")
    held = dated(gone, off, update("empty"), email("mail"))
    steps = tables(run(held, population(born("1990-01-20"))))["steps"]
    assert [(step["action"], step["note"]) for step in steps] == [
        ("gone", None),
        ("off", "Disabled Pass-through"),
        ("empty", "Date Changed"),
    ]


def test_another_property_moves_no_date() -> None:
    engine = changed(put("tier", "gold"))
    assert [row[:2] for row in sent(engine)] == [
        ("soon", "01-13 09:00"),
        ("later", "01-16 09:00"),
        ("now", "01-20 10:00"),
    ]


def test_a_person_who_moves_to_another_zone_comes_by_the_new_clock() -> None:
    mover = flow(update("move", put("timezone", "Asia/Tokyo")), id="m", **on("Ordered"))
    person = born("1990-01-20", did=[("Ordered", "2026-01-14 12:00")])
    assert sent(run([dated(), mover], population(person))) == [("mail", "01-20 00:00", None)]
    fixed = dated(timezone="UTC")
    assert sent(run([fixed, mover], population(person))) == [("mail", "01-20 09:00", None)]


def test_a_countdown_waits_for_a_span_before_the_date() -> None:
    data = {"unit": "days", "value": 3, "delay_until_time": "08:30:00"}
    count = {"id": "count", "type": "countdown-delay", "data": data}
    held = dated(count, email("mail"), timedelta_value_before_date=10)
    assert sent(run(held, population(born("1990-01-25")))) == [("mail", "01-22 08:30", None)]


def test_a_moment_that_is_past_holds_nobody() -> None:
    late = {"unit": "weeks", "value": 4}
    count = {"id": "count", "type": "countdown-delay", "data": late}
    held = dated(count, email("mail"), timedelta_value_before_date=10)
    assert sent(run(held, population(born("1990-01-25")))) == [("mail", "01-15 09:00", None)]


def test_the_date_itself_rolls_forward_to_an_allowed_weekday() -> None:
    """25 January 2026 is a Sunday."""
    data = {"target_time": "08:00:00", "target_days": ["tuesday", "wednesday"]}
    anchor = {"id": "day", "type": "target-date", "data": data}
    held = dated(anchor, email("mail"), timedelta_value_before_date=1)
    assert sent(run(held, population(born("1990-01-25")))) == [("mail", "01-27 08:00", None)]
