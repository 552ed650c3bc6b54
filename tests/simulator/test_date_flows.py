"""Flows about a date of a person: when they start, wait and end (semantics B.3)."""

from __future__ import annotations

from typing import Any

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
