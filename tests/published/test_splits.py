"""Splits (semantics B.6, E1, E5), as published for each kind.

Conditional in [H:115003883992] and [H:115003872171], by the trigger in [H:115003885632], with
several paths in [H:52369094030235], by chance in [H:360049849432], rejoined in [H:360002419512].
"""

from __future__ import annotations

from typing import Any

import pytest
from shop_runs import (
    MUG,
    POT,
    Did,
    change,
    dropping,
    running_low,
    selling,
    shop,
    shoppers,
    viewed,
    with_events,
)
from small_runs import Json, Person, at, email, flow, on, population, run, scenario, tables, wait
from small_steps import END, GOLD, put, sent, update

MONDAY = at("2026-01-05 10:00")
EMPTY: Json = {"condition_groups": [{"conditions": []}]}


def one(**more: Any) -> Any:
    return population(Person(joined=MONDAY, **more))


def sample(percentage: int) -> Json:
    asked = {"type": "profile-sample", "percentage": percentage}
    return {
        "id": "split",
        "type": "conditional-split",
        "data": {"profile_filter": {"condition_groups": [{"conditions": [asked]}]}},
        "links": {"next_if_true": "yes", "next_if_false": "no"},
    }


def ways(percentage: int, setting: Any = None) -> dict[str, list[str]]:
    events = [("Ordered", f"2026-01-{day:02} 10:00") for day in range(6, 26)]
    crowd = population(*(Person(did=events) for _ in range(20)))
    held = flow(
        sample(percentage),
        email("yes") | {"links": END},
        email("no") | {"links": END},
        **on("Ordered"),
    )
    found: dict[str, list[str]] = {}
    for step in tables(run(held, crowd, setting))["steps"]:
        if step["action"] == "split":
            found.setdefault(step["profile"], []).append(step["way_out"])
    return found


def test_none_and_all_are_exact() -> None:
    assert {way for taken in ways(0).values() for way in taken} == {"false"}
    assert {way for taken in ways(100).values() for way in taken} == {"true"}


def test_a_share_falls_anew_on_each_visit() -> None:
    assert all(set(taken) == {"true", "false"} for taken in ways(50).values())


def test_a_share_is_kept_where_the_rules_say_so() -> None:
    kept = ways(50, scenario(sample_sticky=True))
    assert all(len(set(taken)) == 1 for taken in kept.values())
    assert {taken[0] for taken in kept.values()} == {"true", "false"}


def conditional(asked: Json | None) -> str:
    split = {
        "id": "split",
        "type": "conditional-split",
        "data": {"profile_filter": asked},
        "links": {"next_if_true": None, "next_if_false": None},
    }
    step, *_ = tables(run(flow(split, email("unreached")), one()))["steps"]
    return str(step["way_out"])


@pytest.mark.parametrize("asked", [None, {"condition_groups": []}, EMPTY])
def test_a_split_that_asks_nothing_is_yes(asked: Json | None) -> None:
    assert conditional(asked) == "true"
    assert conditional(GOLD) == "false"


def paths(*asked: tuple[str, int | None, Json | None]) -> Json:
    branches = [
        {"branch_id": name, "order": order, "branch_filter": held, "links": END}
        for name, order, held in asked
    ]
    everyone = {"branch_id": "rest", "is_else": True, "links": END}
    data = {"name": "", "branches": [everyone, *branches]}
    return {"id": "paths", "type": "multi-branch-split", "links": None, "data": data}


@pytest.mark.parametrize("asked", [None, {"condition_groups": []}, EMPTY])
def test_a_path_that_asks_nothing_fits_nobody(asked: Json | None) -> None:
    held = flow(paths(("empty", 0, asked)), email("unreached"))
    assert [s["way_out"] for s in tables(run(held, one()))["steps"]] == ["rest"]


def test_the_first_path_that_fits_is_taken_in_the_order_given() -> None:
    held = flow(paths(("late", 2, GOLD), ("early", 1, GOLD)), email("unreached"))
    people = one(properties={"tier": "gold"})
    assert [s["way_out"] for s in tables(run(held, people))["steps"]] == ["early"]


def asked_of(kind: str, name: str, value: str) -> Json:
    """A filter on a property of what started the run, of an event unless `kind` says otherwise."""
    asked: Json = {"type": kind, "field": name, "metric_id": "Ordered"}
    test = {"type": "string", "operator": "equals", "value": value}
    return {"condition_groups": [{"conditions": [asked | {"filter": test}]}]}


def by_trigger(kind: str, asked: Json, yes: str = "yes", no: str = "no") -> Json:
    data = {"trigger_filter": asked, "trigger_id": "Ordered", "trigger_type": kind}
    links = {"next_if_true": yes, "next_if_false": no}
    return {"id": "split", "type": "trigger-split", "data": data, "links": links}


YES, NO = email("yes") | {"links": END}, email("no") | {"links": END}


@pytest.mark.parametrize(
    ("changes_at", "way"),
    [
        ("2026-01-06 12:00", "yes"),
        ("2026-01-07 09:59", "yes"),
        ("2026-01-07 10:01", "no"),
        (None, "no"),
    ],
)
def test_a_conditional_split_is_decided_at_the_instant_of_arrival(
    changes_at: str | None, way: str
) -> None:
    """Somebody comes to it on 7 January at 10:00, and is of the tier gold from then on."""
    split = {
        "id": "split",
        "type": "conditional-split",
        "data": {"profile_filter": GOLD},
        "links": {"next_if_true": "yes", "next_if_false": "no"},
    }
    did = [("Promoted", changes_at)] if changes_at else []
    promote = flow(update("promote", put("tier", "gold")), id="promote", **on("Promoted"))
    held = flow(wait("pause"), split, YES, NO)
    people = population(Person(joined=at("2026-01-06 10:00"), did=did))
    assert [step for step, _, _ in sent(run([held, promote], people))] == [way]


@pytest.mark.parametrize(("colour", "way"), [("red", "yes"), ("blue", "no"), (None, "no")])
@pytest.mark.parametrize("days", [0, 20])
def test_a_trigger_split_reads_the_event_alone_whenever_it_is_asked(
    colour: str | None, way: str, days: int
) -> None:
    """Neither the person, who likes red, nor a later event of theirs counts."""
    split = by_trigger("metric", asked_of("metric-property", "Colour", "red"))
    held = flow(wait("pause", value=days), split, YES, NO, reentry_criteria=ONCE, **on("Ordered"))
    orders = Did(0, "Ordered", "2026-01-06 10:00", {"Colour": colour})
    later = Did(0, "Ordered", "2026-01-07 10:00", {"Colour": "green"})
    people = with_events(population(Person(properties={"Colour": "red"})), orders, later)
    assert [step for step, _, _ in sent(run(held, people))] == [way]


ONCE: Json = {"duration": 1, "unit": "alltime"}
LOOKS = viewed(0, "2026-01-10 09:00", "mug", 80.0), viewed(1, "2026-01-10 09:00", "pot", 40.0)
CHEAPER = [change("2026-01-20 12:00", item, price=20.0) for item in ("mug", "pot")]
SCARCER = [change("2026-01-20 12:00", item, inventory=1) for item in ("mug", "pot")]


@pytest.mark.parametrize(
    ("kind", "head", "changes"),
    [("price-drop", dropping(), CHEAPER), ("low-inventory", running_low(), SCARCER)],
)
def test_a_trigger_split_reads_the_item_of_a_catalogue_flow(
    kind: str, head: Json, changes: list[Any]
) -> None:
    split = by_trigger(kind, asked_of(f"{kind}-property", "ItemId", "mug"))
    held = flow(split, YES, NO, **head)
    goods = shop(*changes, items=(MUG, POT.model_copy(update={"inventory": 9})))
    written = tables(run(held, shoppers(2, *LOOKS), selling(goods)))["sends"]
    assert [(row["profile"], row["action"]) for row in written] == [("p0", "yes"), ("p1", "no")]


def path(name: str, colour: str) -> Json:
    asked = asked_of("metric-property", "Colour", colour)
    return {"branch_id": name, "branch_filter": asked, "links": END}


@pytest.mark.parametrize(("colour", "way"), [("red", "red"), ("blue", "blue"), ("green", "rest")])
def test_in_a_flow_by_a_metric_paths_may_ask_about_the_event(colour: str, way: str) -> None:
    rest = {"branch_id": "rest", "is_else": True, "links": END}
    data = {"name": "", "branches": [path("red", "red"), path("blue", "blue"), rest]}
    paths_by_event = {"id": "paths", "type": "multi-branch-split", "links": None, "data": data}
    held = flow(paths_by_event, email("unreached"), **on("Ordered"))
    order = Did(0, "Ordered", "2026-01-06 10:00", {"Colour": colour})
    steps = tables(run(held, with_events(population(Person()), order)))["steps"]
    assert [s["way_out"] for s in steps] == [way]


@pytest.mark.parametrize(("percentage", "low", "high"), [(25, 200, 300), (50, 430, 570)])
def test_a_percentage_goes_by_yes_though_not_exactly(percentage: int, low: int, high: int) -> None:
    """Of a thousand people; the bounds lie more than four standard deviations away."""
    crowd = population(*(Person(joined=MONDAY) for _ in range(1000)))
    held = flow(sample(percentage), email("yes") | {"links": END}, email("no") | {"links": END})
    yes = [s for s in sent(run(held, crowd)) if s[0] == "yes"]
    assert low < len(yes) < high


@pytest.mark.parametrize(("tier", "messages"), [("gold", ["yes", "both"]), (None, ["no", "both"])])
def test_both_ways_of_one_split_may_meet_again(tier: str | None, messages: list[str]) -> None:
    split = {
        "id": "split",
        "type": "conditional-split",
        "data": {"profile_filter": GOLD},
        "links": {"next_if_true": "yes", "next_if_false": "no"},
    }
    meeting = {"links": {"next": "both"}}
    held = flow(split, email("yes") | meeting, email("no") | meeting, email("both"))
    told = sent(run(held, one(properties={"tier": tier})))
    assert [step for step, _, _ in told] == messages


def test_samples_of_a_flow_and_of_its_message_fall_apart_from_each_other() -> None:
    half = {"condition_groups": [{"conditions": [{"type": "profile-sample", "percentage": 50}]}]}
    crowd = population(*(Person(joined=MONDAY) for _ in range(400)))
    plain = [one[2] for one in sent(run(flow(email("mail"), profile_filter=half), crowd))]
    both = [
        one[2]
        for one in sent(
            run(flow(email("mail", additional_filters=half), profile_filter=half), crowd)
        )
    ]
    assert plain.count("Fails Flow Filters") == both.count("Fails Flow Filters")
    passed = plain.count(None)
    assert both.count("Fails Additional Filters") + both.count(None) == passed
    assert 0.35 * passed < both.count(None) < 0.65 * passed
