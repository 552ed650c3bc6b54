"""Re-entry, as published in [H:360003040052] and [OAS:ReentryCriteria] (semantics B.1)."""

from __future__ import annotations

from typing import Any

import pytest
from shop_runs import change, dropping, running_low, selling, shop, shoppers, viewed
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
    wait,
)
from small_steps import entered, membership, sent
from timelines import dated, days_of_entry

from flows.document import Flow

EVENTS = tuple(("Ordered", f"2026-01-{day:02} 10:00") for day in (6, 7, 8, 9, 13, 14, 21))
ALWAYS: Json = {"duration": 0, "unit": "alltime"}
ONCE: Json = {"duration": 1, "unit": "alltime"}
FIRST = "2026-01-06 10:00"


@pytest.mark.parametrize(
    ("duration", "unit", "again", "comes"),
    [
        (1, "hour", "2026-01-06 10:59", False),
        (1, "hour", "2026-01-06 11:00", True),
        (36, "hour", "2026-01-07 21:59", False),
        (36, "hour", "2026-01-07 22:00", True),
        (1, "day", "2026-01-07 09:59", False),
        (1, "day", "2026-01-07 10:00", True),
        (3, "day", "2026-01-09 09:59", False),
        (3, "day", "2026-01-09 10:00", True),
        (1, "week", "2026-01-13 09:59", False),
        (1, "week", "2026-01-13 10:00", True),
        (2, "week", "2026-01-20 09:59", False),
        (2, "week", "2026-01-20 10:00", True),
        (0, "day", "2026-01-06 10:01", True),
        (0, "alltime", "2026-01-06 10:01", True),
        (1, "alltime", "2026-02-03 10:00", False),
    ],
)
def test_a_second_entry_after_a_span(duration: int, unit: str, again: str, comes: bool) -> None:
    criteria = {"duration": duration, "unit": unit}
    held = flow(email("x"), **on("Ordered"), reentry_criteria=criteria)
    engine = run(held, population(Person(did=[("Ordered", FIRST), ("Ordered", again)])))
    assert [when for _, when in entered(engine)] == ([FIRST, again] if comes else [FIRST])
    assert engine.counts.flows[0].turned_away == ({} if comes else {"Re-entry Blocked": 1})


def entry_days(**head: Any) -> list[str]:
    held = flow(email("x"), **on("Ordered"), **head)
    return [when[8:10] for _, when in entered(run(held, population(Person(did=EVENTS))))]


@pytest.mark.parametrize(
    ("duration", "unit", "days"),
    [
        (1, "alltime", "06"),
        (0, "alltime", "06 07 08 09 13 14 21"),
        (48, "hour", "06 08 13 21"),
        (25, "hour", "06 08 13 21"),
        (2, "day", "06 08 13 21"),
        (1, "week", "06 13 21"),
    ],
)
def test_the_span_counts_from_the_last_entry(duration: int, unit: str, days: str) -> None:
    assert entry_days(reentry_criteria={"duration": duration, "unit": unit}) == days.split()


def test_the_older_form_asks_the_same_and_both_must_allow() -> None:
    def not_in_flow(timeframe: Json) -> Json:
        held = {"type": "profile-not-in-flow", "timeframe_filter": timeframe}
        return {"condition_groups": [{"conditions": [held]}]}

    never = not_in_flow({"type": "date", "operator": "alltime"})
    week = not_in_flow({"type": "date", "operator": "in-the-last", "unit": "day", "quantity": 6})
    two_days = {"duration": 2, "unit": "day"}
    assert entry_days(profile_filter=never) == ["06"]
    assert entry_days(profile_filter=week) == ["06", "13", "21"]
    assert entry_days(profile_filter=week, reentry_criteria=two_days) == ["06", "13", "21"]
    assert entry_days(profile_filter=week, reentry_criteria={"duration": 2, "unit": "week"}) == [
        "06",
        "21",
    ]


def joining_twice(trigger: str, reentry: Json | None) -> list[str]:
    """The entries of somebody who is a member on the 5th, taken off and added again on the 6th."""
    off, add = membership("off", "news", add=False), membership("add", "news", add=True)
    mover = flow(off, add, id="mover", **on("Ordered"))
    people = population(Person(joined=at("2026-01-05 10:00"), did=[("Ordered", FIRST)]))
    if trigger == "segment":
        people.profiles.segments, people.profiles.lists = people.profiles.lists, {}
    started = {"triggers": [{"type": trigger, "id": "news"}]}
    held = flow(email("x"), **started, reentry_criteria=reentry)
    written = tables(run([held, mover], people))["enrolments"]
    return [f"{row['entered_at']:%d}" for row in written if row["flow"] == "flow"]


@pytest.mark.parametrize("trigger", ["list", "segment"])
@pytest.mark.parametrize(
    ("reentry", "entries"), [(None, ["05"]), (ONCE, ["05"]), (ALWAYS, ["05", "06"])]
)
def test_lists_and_segments_take_nobody_twice_unless_told_to(
    trigger: str, reentry: Json | None, entries: list[str]
) -> None:
    assert joining_twice(trigger, reentry) == entries


TWO_DROPS = shop(
    change("2026-01-20 12:00", "mug", price=64.0), change("2026-01-25 12:00", "mug", price=50.0)
)
TWICE_LOW = shop(
    change("2026-01-20 12:00", "mug", inventory=2),
    change("2026-01-22 12:00", "mug", inventory=9),
    change("2026-01-25 12:00", "mug", inventory=2),
)
BOTH, JUST_ONE = "2026-01-20 2026-01-25", "2026-01-20"


@pytest.mark.parametrize(("reentry", "entries"), [(None, BOTH), (ALWAYS, BOTH), (ONCE, JUST_ONE)])
@pytest.mark.parametrize(
    ("head", "goods"), [(dropping(), TWO_DROPS), (running_low(), TWICE_LOW)], ids=["price", "stock"]
)
def test_price_drops_and_low_stock_take_people_again_unless_told_not_to(
    head: Json, goods: Any, reentry: Json | None, entries: str
) -> None:
    held = flow(email("x"), **head, reentry_criteria=reentry)
    people = shoppers(1, viewed(0, "2026-01-10 09:00", "mug", 80.0))
    assert days_of_entry(entered(run(held, people, selling(goods)))) == entries


@pytest.mark.parametrize(
    ("reentry", "entries"),
    [
        (None, "2026-01-10 2026-02-10 2026-03-10"),
        (ALWAYS, "2026-01-10 2026-02-10 2026-03-10"),
        (ONCE, "2026-01-10"),
        ({"duration": 5, "unit": "week"}, "2026-01-10 2026-03-10"),
    ],
)
def test_dates_take_people_again_unless_told_not_to(reentry: Json | None, entries: str) -> None:
    monthly = dated(recurrence_frequency="monthly").to_json()
    held = Flow.model_validate(monthly | {"reentry_criteria": reentry})
    people = population(Person(properties={"day": "2001-06-10"}))
    assert days_of_entry(entered(run(held, people, scenario(70)))) == entries


def test_two_visits_of_one_flow_run_side_by_side() -> None:
    events = [("Ordered", "2026-01-05 10:00"), ("Ordered", "2026-01-06 10:00")]
    held = flow(wait("two days", value=2), email("x"), **on("Ordered"))
    assert sent(run(held, population(Person(did=events)))) == [
        ("x", "01-07 10:00", None),
        ("x", "01-08 10:00", None),
    ]
