"""When dates bring people into flows: a day ahead, late, in the midst (semantics B.3, E24)."""

from __future__ import annotations

from typing import Any

from small_runs import Json, Person, email, flow, on, population, run, scenario, tables, wait
from small_steps import END, entered, put, sent, update

from simulator.engine import Engine


def dated(*actions: Json, **trigger: Any) -> Any:
    """A flow that starts on a birthday at 9, every year, unless the trigger says otherwise."""
    head = {
        "type": "date",
        "date_field_type": "profile-property",
        "date_profile_property": "birthday",
        "timedelta_value_before_date": 0,
        "timedelta_unit_before_date": "days",
        "recurrence_frequency": "annually",
        "trigger_time": "09:00:00",
    }
    return flow(*(actions or [email("mail")]), triggers=[head | trigger])


def born(day: str | None, *orders: str, **more: Any) -> Person:
    """Somebody with a birthday, who orders at these times."""
    did = [("Ordered", moment) for moment in orders]
    return Person(properties={"birthday": day}, did=did, **more)


def test_dates_are_looked_at_a_day_ahead() -> None:
    """The run starts at midnight of 5 January: it takes who comes from the 6th on."""
    people = population(born("1990-01-05"), born("1990-01-06"))
    assert entered(run(dated(), people)) == [("p1", "2026-01-06 09:00")]
    assert entered(run(dated(trigger_time="00:00:00"), people)) == [("p1", "2026-01-06 00:00")]
    west = population(born("1990-01-05", zone="America/New_York"))
    assert entered(run(dated(trigger_time="19:00:00"), west)) == [("p0", "2026-01-06 00:00")]


def test_the_account_may_look_at_dates_at_once_or_later() -> None:
    people = population(born("1990-01-05"), born("1990-01-06"), born("1990-01-07"))
    assert [p for p, _ in entered(run(dated(), people, scenario(dates_ahead_hours=0)))] == [
        "p0",
        "p1",
        "p2",
    ]
    assert [p for p, _ in entered(run(dated(), people, scenario(dates_ahead_hours=48)))] == ["p2"]


def test_another_clock_does_not_bring_people_on_the_first_day() -> None:
    """At 9 of the 6th in Tokyo the 6th has just begun in UTC; an hour earlier is too soon."""
    mover = flow(update("move", put("timezone", "Asia/Tokyo")), id="m", **on("Ordered"))
    people = population(born("1990-01-06", "2026-01-05 01:00"))
    assert sent(run([dated(), mover], people)) == [("mail", "01-06 00:00", None)]
    assert sent(run([dated(trigger_time="08:00:00"), mover], people)) == []


def journey(**trigger: Any) -> Any:
    """A week before the date, three days later, and on the date at 10."""
    early = {"timedelta_value_before_date": 7, **trigger}
    anchor = {"id": "day", "type": "target-date", "data": {"target_time": "10:00:00"}}
    return dated(
        email("soon"), wait("pause", value=3), email("later"), anchor, email("now"), **early
    )


def set_to(value: str | None, moment: str, before: str | None = None, **trigger: Any) -> Engine:
    """The journey of somebody whose birthday is changed at a moment of January."""
    gone = {"operator": "delete", "property_key": "birthday"}
    change = put("birthday", value, "date") if value else gone
    mover = flow(update("move", change), id="m", **on("Ordered"))
    person = born(before, f"2026-01-{moment}")
    return run([journey(**trigger), mover], population(person), scenario(days=60))


LATER, NOW = ("later", "01-16 09:00", None), ("now", "01-20 10:00", None)


def test_the_steps_that_lie_behind_are_written_down_as_such() -> None:
    written = tables(set_to("1990-01-20", "17 12:00"))
    steps = [s for s in written["steps"] if s["flow"] == "flow"]
    assert [(s["action"], f"{s['arrived_at']:%d %H}", s["note"]) for s in steps] == [
        ("soon", "13 09", "Before the entry"),
        ("pause", "13 09", "Before the entry"),
        ("later", "16 09", "Before the entry"),
        ("day", "16 09", "Before the entry"),
        ("now", "20 10", None),
    ]
    run_of = next(e for e in written["enrolments"] if e["flow"] == "flow")
    assert (f"{run_of['entered_at']:%m-%d %H:%M}", run_of["left_because"]) == (
        "01-13 09:00",
        "finished",
    )


def test_a_date_moved_nearer_ends_the_run_and_begins_another_in_its_midst() -> None:
    """The run for the 20th is at its first wait when the date becomes the 18th."""
    engine = set_to("1990-01-18", "15 12:00", "1990-01-20")
    assert sent(engine) == [
        ("soon", "01-13 09:00", None),
        ("now", "01-18 10:00", None),
    ]
    left = [e["left_because"] for e in tables(engine)["enrolments"] if e["flow"] == "flow"]
    assert sorted(left) == ["date changed", "finished"]


def test_another_year_of_a_date_or_a_date_that_soon_returns_begins_nothing_anew() -> None:
    assert len(sent(set_to("1991-01-20", "17 12:00", "1990-01-20"))) == 3
    back = flow(
        update("clear", {"operator": "delete", "property_key": "birthday"}),
        wait("hour", unit="hours", value=1),
        update("again", put("birthday", "1990-01-20", "date")),
        id="m",
        **on("Ordered"),
    )
    people = population(born("1990-01-20", "2026-01-17 12:00"))
    assert sent(run([journey(), back], people)) == [("soon", "01-13 09:00", None), LATER, NOW]


def test_a_date_that_is_taken_away_and_returns_brings_people_into_the_midst() -> None:
    back = flow(
        update("clear", {"operator": "delete", "property_key": "birthday"}),
        wait("days", value=3),
        update("again", put("birthday", "1990-01-20", "date")),
        id="m",
        **on("Ordered"),
    )
    people = population(born("1990-01-20", "2026-01-14 12:00"))
    engine = run([journey(), back], people)
    assert sent(engine) == [("soon", "01-13 09:00", None), NOW]
    left = [e["left_because"] for e in tables(engine)["enrolments"] if e["flow"] == "flow"]
    assert left == ["date changed", "finished"]


def test_those_who_come_late_pass_the_door_like_others() -> None:
    never = {"duration": 1, "unit": "alltime"}
    held = journey().model_copy(update={"reentry_criteria": None})
    strict = type(held).model_validate(held.to_json() | {"reentry_criteria": never})
    mover = flow(update("move", put("birthday", "1990-01-18", "date")), id="m", **on("Ordered"))
    people = population(born("1990-01-20", "2026-01-15 12:00"))
    engine = run([strict, mover], people)
    assert engine.counts.flows[0].turned_away == {"Re-entry Blocked": 1}


def test_splits_behind_those_who_come_late_were_decided_at_their_time() -> None:
    asked = {
        "condition_groups": [
            {
                "conditions": [
                    {
                        "type": "profile-metric",
                        "metric_id": "Ordered",
                        "measurement": "count",
                        "measurement_filter": {
                            "type": "numeric",
                            "operator": "greater-than",
                            "value": 0,
                        },
                        "timeframe_filter": {"type": "date", "operator": "alltime"},
                    }
                ]
            }
        ]
    }
    split = {
        "id": "split",
        "type": "conditional-split",
        "data": {"profile_filter": asked},
        "links": {"next_if_true": "yes", "next_if_false": "no"},
    }
    held = dated(
        split,
        wait("yes") | {"links": {"next": "bought"}},
        email("bought") | {"links": END},
        wait("no") | {"links": {"next": "nothing"}},
        email("nothing") | {"links": END},
    )
    mover = flow(update("move", put("birthday", "1990-01-20", "date")), id="m", **on("Ordered"))
    assert sent(run([held, mover], population(born(None, "2026-01-20 12:00")))) == [
        ("nothing", "01-21 09:00", None)
    ]


def test_a_wait_that_outlasts_the_run_is_waited_for_from_the_midst() -> None:
    held = dated(wait("long", value=40), email("mail"))
    mover = flow(update("move", put("birthday", "1990-01-20", "date")), id="m", **on("Ordered"))
    engine = run([held, mover], population(born(None, "2026-01-21 12:00")), scenario(days=30))
    tally = engine.counts.flows[0]
    assert (tally.enrolled, tally.waiting, engine.counts.actions[0].waiting) == (1, 1, 1)
    waits = [s for s in tables(engine)["steps"] if s["flow"] == "flow"]
    assert [(s["action"], s["left_at"], s["way_out"]) for s in waits] == [("long", None, None)]
