"""Who comes to a flow by a segment, and how soon (semantics B.1, E10)."""

from __future__ import annotations

from typing import Any

from small_runs import Person, at, email, flow, population, run, scenario
from small_steps import entered

SEGMENT: dict[str, Any] = {"triggers": [{"type": "segment", "id": "vip"}]}
MONDAY = at("2026-01-05 10:00")


def comers(*people: Person, **rules: Any) -> list[tuple[str, str]]:
    held = population(*people)
    held.profiles.segments = {"vip": held.profiles.lists.pop("news")}
    return entered(run(flow(email("x"), **SEGMENT), held, scenario(days=30, **rules)))


def test_people_come_when_they_become_members() -> None:
    assert comers(Person(joined=MONDAY), Person()) == [("p0", "2026-01-05 10:00")]


def test_the_account_may_learn_of_members_later() -> None:
    people = Person(joined=MONDAY), Person(joined=at("2026-02-03 23:30"))
    assert comers(*people, segment_lag_minutes=20) == [
        ("p0", "2026-01-05 10:20"),
        ("p1", "2026-02-03 23:50"),
    ]
    assert comers(*people, segment_lag_minutes=30) == [("p0", "2026-01-05 10:30")]


def test_a_list_has_no_lag() -> None:
    held = population(Person(joined=MONDAY))
    engine = run(flow(email("x")), held, scenario(segment_lag_minutes=20))
    assert entered(engine) == [("p0", "2026-01-05 10:00")]
