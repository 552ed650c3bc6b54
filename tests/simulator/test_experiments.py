"""Who gets which version of a message (semantics B.7, E6, E9)."""

from __future__ import annotations

import pytest
from small_runs import Json, Person, at, email, flow, on, population, run, tables
from small_steps import GOLD, experiment

MONDAY = at("2026-01-05 10:00")


VERSIONS = (email("a"), email("b"))


def variations(action: Json, people: int = 400) -> dict[str | None, int]:
    crowd = population(*(Person(joined=MONDAY) for _ in range(people)))
    rows = tables(run(flow(action), crowd))["sends"]
    names = [row["variation"] for row in rows]
    return {name: names.count(name) for name in dict.fromkeys(sorted(names, key=str))}


@pytest.mark.parametrize("state", ["draft", "completed"])
def test_one_that_is_not_under_way_sends_the_message_in_use(state: str) -> None:
    assert variations(experiment("t", *VERSIONS, state=state)) == {None: 400}


def test_shares_are_equal_unless_given() -> None:
    even = variations(experiment("t", *VERSIONS))
    assert set(even) == {"a", "b"}
    assert 150 < even["a"] < 250


@pytest.mark.parametrize("keys", [("a", "b"), ("0", "1")])
def test_shares_are_given_by_id_or_place(keys: tuple[str, str]) -> None:
    shares = dict(zip(keys, (10, 90), strict=True))
    uneven = variations(experiment("t", *VERSIONS, allocations=shares))
    assert 15 < uneven["a"] < 70


def test_a_version_without_a_share_is_never_sent() -> None:
    never = experiment("t", *VERSIONS, allocations={"a": 100, "b": 0})
    assert variations(never) == {"a": 400}


def test_a_person_gets_the_same_version_on_every_visit() -> None:
    events = [("Ordered", f"2026-01-{day:02} 10:00") for day in range(6, 20)]
    crowd = population(*(Person(did=events) for _ in range(20)))
    rows = tables(run(flow(experiment("t", *VERSIONS), **on("Ordered")), crowd))["sends"]
    got = {
        person: {r["variation"] for r in rows if r["profile"] == person}
        for person in {r["profile"] for r in rows}
    }
    assert len(got) == 20
    assert {len(versions) for versions in got.values()} == {1}
    assert len(set.union(*got.values())) == 2


def test_each_version_obeys_its_own_filter() -> None:
    strict = email("b", additional_filters=GOLD)
    held = flow(experiment("t", email("a"), strict))
    crowd = population(*(Person(joined=MONDAY) for _ in range(50)))
    reasons = {(r["variation"], r["reason"]) for r in tables(run(held, crowd))["sends"]}
    assert reasons == {("a", None), ("b", "Fails Additional Filters")}


def test_many_versions_are_possible() -> None:
    versions = [email(f"v{i:02}") for i in range(80)]
    assert len(variations(experiment("t", *versions), people=2000)) == 80
