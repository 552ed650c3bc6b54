"""Splits (semantics B.6, E1, E5), as published for each kind.

Conditional in [H:115003883992] and [H:115003872171], by the trigger in [H:115003885632], with
several paths in [H:52369094030235], by chance in [H:360049849432], rejoined in [H:360002419512].
"""

from __future__ import annotations

from typing import Any

import pytest
from small_runs import Json, Person, at, email, flow, on, population, run, scenario, tables
from small_steps import END, GOLD

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
