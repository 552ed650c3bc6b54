"""Flows about dates of custom objects, and what else flows ask of objects (semantics B.1, B.3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from small_runs import (
    Json,
    Person,
    at,
    email,
    flow,
    on,
    population,
    run,
    scenario,
    tables,
    us,
    wait,
)
from small_steps import END, entered, put, sent, update

from flows.columns import LONG_AGO, Column, Value
from flows.people import Objects, Population
from simulator.engine import Engine
from simulator.scenario import Scenario

NAMES = {"CAR": "Car", "CAR/7": "inspection", "CAR/8": "make"}


@dataclass(frozen=True)
class Car:
    """A car of somebody, due for inspection, known from a time on."""

    who: int
    inspection: Value
    make: Value = "Volvo"
    since: str | None = None


def owners(people: Sequence[Person], *cars: Car) -> Population:
    held = population(*people)
    held.objects["Car"] = Objects(
        "Car",
        np.array([car.who for car in cars], dtype=np.int32),
        np.array([f"car{i}" for i in range(len(cars))], dtype=object),
        np.array([us(at(car.since)) if car.since else LONG_AGO for car in cars], dtype=np.int64),
        {
            "inspection": Column.of([car.inspection for car in cars]),
            "make": Column.of([car.make for car in cars]),
        },
    )
    return held


def inspected(*actions: Json, **trigger: Any) -> Any:
    """A flow two days before an inspection at 9, every year."""
    head = {
        "type": "date",
        "date_field_type": "custom-object",
        "custom_object_label": "Car",
        "custom_object_property_id": 7,
        "object_type_id": "CAR",
        "object_type_relationship_id": "OWNS",
        "timedelta_value_before_date": 2,
        "timedelta_unit_before_date": "days",
        "recurrence_frequency": "annually",
        "trigger_time": "09:00:00",
    }
    return flow(*(actions or [email("mail")]), triggers=[head | trigger], names=NAMES)


def setting(days: int = 30) -> Scenario:
    return scenario(days=days).model_copy(update={"names": NAMES})


def test_every_object_brings_its_person_by_its_own_date() -> None:
    people = owners(
        [Person(), Person(zone="Asia/Tokyo")],
        Car(0, "2020-01-20"),
        Car(0, "2021-01-12"),
        Car(1, "2020-01-20"),
        Car(1, None),
    )
    assert entered(run(inspected(), people, setting())) == [
        ("p0", "2026-01-10 09:00"),
        ("p0", "2026-01-18 09:00"),
        ("p1", "2026-01-18 00:00"),
    ]


def test_objects_of_one_date_start_a_run_each_at_one_moment() -> None:
    people = owners([Person()], Car(0, "2020-01-20"), Car(0, "2020-01-20"))
    engine = run(inspected(), people, setting())
    runs = tables(engine)["enrolments"]
    assert [(e["visit"], f"{e['entered_at']:%d %H}", e["trigger"]) for e in runs] == [
        (1, "18 09", "inspection"),
        (2, "18 09", "inspection"),
    ]


def test_the_date_recurs_and_waits_count_towards_it() -> None:
    anchor = {"id": "day", "type": "target-date", "data": {"target_time": "08:00:00"}}
    held = inspected(email("soon"), anchor, email("now"), recurrence_frequency="monthly")
    engine = run(held, owners([Person()], Car(0, "2020-01-31")), setting(60))
    assert sent(engine) == [
        ("soon", "01-29 09:00", None),
        ("now", "01-31 08:00", None),
        ("soon", "02-26 09:00", None),
        ("now", "02-28 08:00", None),
    ]


def which_make(*cars: Car) -> list[tuple[str, str | None]]:
    """What the object of each run says to a trigger split."""
    asked = {
        "type": "custom-object-trigger-property",
        "property_id": 8,
        "filter": {"type": "string", "operator": "equals", "value": "Saab"},
    }
    data = {
        "branches": [
            {
                "branch_id": "a",
                "order": 0,
                "name": "a",
                "links": {"next": "saab"},
                "branch_filter": {"condition_groups": [{"conditions": [asked]}]},
            },
            {
                "branch_id": "b",
                "order": 1,
                "name": "b",
                "is_else": True,
                "links": {"next": "other"},
            },
        ],
        "name": "make",
    }
    split = {"id": "split", "type": "multi-branch-split", "data": data, "links": {}}
    held = inspected(split, email("saab") | {"links": END}, email("other") | {"links": END})
    engine = run(held, owners([Person()], *cars), setting())
    return [(step, when) for step, when, _ in sent(engine)]


def test_a_run_reads_the_object_that_started_it() -> None:
    assert which_make(Car(0, "2020-01-20", "Saab"), Car(0, "2020-01-22", "Fiat")) == [
        ("saab", "01-18 09:00"),
        ("other", "01-20 09:00"),
    ]


def journey() -> Any:
    return inspected(email("soon"), wait("pause"), email("later"))


def test_an_object_that_comes_in_the_run_counts_from_then_on() -> None:
    """For the 20th the flow begins on the 18th at 9, with a second message a day later."""
    for since, messages in (
        ("2026-01-18 08:59", [("soon", "01-18 09:00", None), ("later", "01-19 09:00", None)]),
        ("2026-01-18 12:00", [("later", "01-19 09:00", None)]),
        ("2026-01-19 12:00", []),
    ):
        people = owners([Person()], Car(0, "2020-01-20", since=since))
        assert sent(run(journey(), people, setting())) == messages


def test_objects_are_looked_at_a_day_ahead_but_for_new_ones() -> None:
    known = owners([Person()], Car(0, "2020-01-07"))
    assert entered(run(inspected(), known, setting())) == []
    new = owners([Person()], Car(0, "2020-01-07", since="2026-01-05 08:00"))
    assert entered(run(inspected(), new, setting())) == [("p0", "2026-01-05 09:00")]


def moved(*cars: Car) -> Engine:
    """The owner moves to Tokyo on the 10th."""
    mover = flow(update("move", put("timezone", "Asia/Tokyo")), id="m", **on("Ordered"))
    people = owners([Person(did=[("Ordered", "2026-01-10 12:00")]), Person()], *cars)
    return run([inspected(), mover], people, setting())


def test_another_clock_moves_the_runs_of_a_persons_objects() -> None:
    late = Car(0, "2020-01-13", since="2026-01-11 12:00")
    engine = moved(Car(0, "2020-01-20"), late, Car(1, "2020-01-20"))
    assert sent(engine) == [("mail", "01-18 00:00", None), ("mail", "01-18 09:00", None)]


def counted_objects(moment: str) -> list[str]:
    """Which way somebody takes by having two Volvos or more at the moment."""
    asked = {
        "type": "profile-has-custom-object",
        "object_type_id": "CAR",
        "object_type_relationship_id": "OWNS",
        "filter": {"type": "numeric", "operator": "greater-than-or-equal", "value": 2},
        "filters": [
            {
                "property_id": 8,
                "filter": {"type": "string", "operator": "equals", "value": "Volvo"},
            }
        ],
    }
    split = {
        "id": "split",
        "type": "conditional-split",
        "data": {"profile_filter": {"condition_groups": [{"conditions": [asked]}]}},
        "links": {"next_if_true": "yes", "next_if_false": "no"},
    }
    held = flow(
        split,
        email("yes") | {"links": END},
        email("no") | {"links": END},
        names=NAMES,
        **on("Ordered"),
    )
    cars = Car(1, None), Car(1, None, since="2026-01-12 00:00"), Car(1, None, "Saab")
    people = owners([Person(), Person(did=[("Ordered", moment)])], Car(0, None), *cars)
    return [step for step, _, _ in sent(run(held, people, setting()))]


def test_objects_are_counted_as_of_the_moment() -> None:
    assert counted_objects("2026-01-11 23:59") == ["no"]
    assert counted_objects("2026-01-12 00:00") == ["yes"]
