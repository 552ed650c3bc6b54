"""What a date does within its flow, as published in [H:360054240252] (semantics B.3).

It may change or go, be added late, and be waited for. The run begins on Monday, 5 January 2026, and
all clocks are at UTC.
"""

from __future__ import annotations

from typing import Any

import pytest
from small_runs import Json, Person, email, flow, on, population, run, scenario, wait
from small_steps import END, GOLD, put, sent, update
from timelines import dated

DELETED: Json = {"operator": "delete", "property_key": "day"}


def journey(recurrence: str = "annually") -> Any:
    """A week before the date, three days later, and on the date at 10."""
    anchor = {"id": "day", "type": "target-date", "data": {"target_time": "10:00:00"}}
    steps = email("week"), wait("three days", value=3), email("soon"), anchor, email("now")
    return dated(*steps, timedelta_value_before_date=7, recurrence_frequency=recurrence)


def changed(day: str | None, operation: Json, moment: str, recurrence: str) -> list[str]:
    """What the journey sends to somebody whose date changes then."""
    change = flow(update("change", operation), id="change", **on("Ordered"))
    person = Person(properties={"day": day}, did=[("Ordered", f"2026-{moment}")])
    engine = run([journey(recurrence), change], population(person), scenario(60))
    return [f"{action} {when}" for action, when, _ in sent(engine)]


FIRST, SECOND, THIRD = "week 01-13 09:00", "soon 01-16 09:00", "now 01-20 10:00"


@pytest.mark.parametrize(
    ("operation", "moment", "messages"),
    [
        (put("other", "x"), "01-14 12:00", [FIRST, SECOND, THIRD]),
        (put("day", "2026-01-20", "date"), "01-14 12:00", [FIRST, SECOND, THIRD]),
        (
            put("day", "2026-02-10", "date"),
            "01-14 12:00",
            [FIRST, "week 02-03 09:00", "soon 02-06 09:00", "now 02-10 10:00"],
        ),
        (
            put("day", "2026-02-10", "date"),
            "01-18 12:00",
            [FIRST, SECOND, "week 02-03 09:00", "soon 02-06 09:00", "now 02-10 10:00"],
        ),
        (
            put("day", "2026-02-10", "date"),
            "01-06 12:00",
            ["week 02-03 09:00", "soon 02-06 09:00", "now 02-10 10:00"],
        ),
        (DELETED, "01-06 12:00", []),
        (DELETED, "01-14 12:00", [FIRST]),
        (DELETED, "01-18 12:00", [FIRST, SECOND]),
        (DELETED, "01-21 12:00", [FIRST, SECOND, THIRD]),
    ],
)
@pytest.mark.parametrize("recurrence", ["annually", "never"])
def test_a_date_that_changes_starts_anew_and_one_that_is_deleted_ends(
    operation: Json, moment: str, messages: list[str], recurrence: str
) -> None:
    assert changed("2026-01-20", operation, moment, recurrence) == messages


@pytest.mark.parametrize(
    ("moment", "messages"),
    [
        ("01-10 12:00", [FIRST, SECOND, THIRD]),
        ("01-13 08:59", [FIRST, SECOND, THIRD]),
        ("01-13 09:01", [SECOND, THIRD]),
        ("01-15 12:00", [SECOND, THIRD]),
        ("01-16 08:59", [SECOND, THIRD]),
        ("01-16 09:01", [THIRD]),
        ("01-20 09:59", [THIRD]),
        ("01-20 10:01", []),
        ("01-22 12:00", []),
    ],
)
@pytest.mark.parametrize("recurrence", ["annually", "never"])
def test_a_date_that_is_added_late_comes_in_where_it_is_due(
    moment: str, messages: list[str], recurrence: str
) -> None:
    assert changed(None, put("day", "2026-01-20", "date"), moment, recurrence) == messages


def counted_down(kind: str, data: Json) -> str:
    """When a wait ends in a flow that starts 30 days before Friday, 20 February, at 9:00."""
    held = dated(
        {"id": "wait", "type": kind, "data": data},
        email("mail"),
        timedelta_value_before_date=30,
    )
    people = population(Person(properties={"day": "1990-02-20"}))
    [(_, when, _)] = sent(run(held, people, scenario(60)))
    return when


@pytest.mark.parametrize(
    ("value", "unit", "clock", "weekdays", "ends"),
    [
        (3, "days", "08:30:00", None, "02-17 08:30"),
        (0, "days", "08:30:00", None, "02-20 08:30"),
        (1, "weeks", "08:30:00", None, "02-13 08:30"),
        (3, "days", "08:30:00", ["thursday"], "02-19 08:30"),
        (3, "days", "08:30:00", ["tuesday"], "02-17 08:30"),
        (1, "months", "08:30:00", None, "01-21 09:00"),
        (5, "weeks", "08:30:00", None, "01-21 09:00"),
        (30, "days", "08:30:00", None, "01-21 09:00"),
        (30, "days", "09:30:00", None, "01-21 09:30"),
    ],
)
def test_a_countdown_ends_a_span_before_the_date_and_is_over_where_that_is_past(
    value: int, unit: str, clock: str, weekdays: Any, ends: str
) -> None:
    data = {"value": value, "unit": unit, "delay_until_time": clock}
    assert counted_down("countdown-delay", data | {"delay_until_weekdays": weekdays}) == ends


@pytest.mark.parametrize(
    ("clock", "weekdays", "ends"),
    [
        ("10:00:00", None, "02-20 10:00"),
        ("00:00:00", [], "02-20 00:00"),
        ("10:00:00", ["friday"], "02-20 10:00"),
        ("10:00:00", ["monday"], "02-23 10:00"),
        ("10:00:00", ["thursday"], "02-26 10:00"),
    ],
)
def test_the_anchor_is_the_date_itself(clock: str, weekdays: Any, ends: str) -> None:
    data = {"target_time": clock, "target_days": weekdays}
    assert counted_down("target-date", data) == ends


def test_both_ways_of_a_split_meet_at_the_anchor_and_a_delay_comes_behind_it() -> None:
    split = {
        "id": "split",
        "type": "conditional-split",
        "data": {"profile_filter": GOLD},
        "links": {"next_if_true": "gold", "next_if_false": "day"},
    }
    anchor = {"id": "day", "type": "target-date", "data": {"target_time": "10:00:00"}}
    held = dated(
        split,
        email("gold") | {"links": {"next": "day"}},
        anchor,
        wait("two days", value=2) | {"links": {"next": "late"}},
        email("late") | {"links": END},
        timedelta_value_before_date=7,
    )
    people = population(
        Person(properties={"day": "1990-01-20", "tier": "gold"}),
        Person(properties={"day": "1990-01-20", "tier": None}),
    )
    assert sent(run(held, people)) == [
        ("gold", "01-13 09:00", None),
        ("late", "01-22 10:00", None),
        ("late", "01-22 10:00", None),
    ]
