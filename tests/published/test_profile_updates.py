"""Changes of a profile, as published in [H:360001768432] (semantics A.5, B.3, B.10)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

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
    sms,
    tables,
    wait,
)
from small_steps import put, sent, update

MONDAY = at("2026-01-05 10:00")


def one(**more: Any) -> Any:
    return population(Person(joined=MONDAY, **more))


def after(*operations: Json, **properties: Any) -> dict[str, Any]:
    engine = run(flow(update("set", *operations)), one(properties=properties))
    names = engine.people.properties
    return {name: engine.people.column(name).values()[0] for name in names}


def test_values_of_every_kind_are_set() -> None:
    made = after(
        put("tier", "gold"),
        put("properties['points']", 7, "numeric"),
        put("vip", True, "boolean"),
        put("since", "2025-03-01", "date"),
        put("nick", "Bo") | {"operator": "create"},
        tier="tin",
        nick="Al",
    )
    names = ("tier", "points", "vip", "since", "nick")
    assert [made[name] for name in names] == ["gold", 7, True, "2025-03-01", "Bo"]


def test_today_is_the_day_on_the_persons_clock() -> None:
    held = flow(update("set", put("on", "today", "date")))
    people = population(
        Person(joined=at("2026-01-05 23:00"), zone="Asia/Tokyo"),
        Person(joined=at("2026-01-05 23:00"), zone="America/New_York"),
    )
    assert run(held, people).people.column("on").values() == ["2026-01-06", "2026-01-05"]


def test_lists_gain_and_lose_one_item() -> None:
    def items(operation: str, before: Any, item: str = "b") -> Any:
        told = put("tags", item, "list", property_operation=operation)
        return after(told, tags=before)["tags"]

    assert items("add", ("a",)) == ("a", "b")
    assert items("add", ("a", "b")) == ("a", "b")
    assert items("add", None) == ("b",)
    assert items("remove", ("a", "b", "b")) == ("a",)
    assert items("remove", ("a",)) == ("a",)
    assert items("remove", None) is None


def test_operations_follow_each_other() -> None:
    gone = {"operator": "delete", "property_key": "tags"}
    add = put("tags", "b", "list", property_operation="add")
    assert after(gone, add, tags=("a",))["tags"] == ("b",)
    assert after(add, gone, tags=("a",))["tags"] is None


def test_a_new_address_is_used_at_once() -> None:
    held = flow(email("before"), update("set", put("email", "a@b.example")), email("after"))
    assert [reason for _, _, reason in sent(run(held, one(email=None)))] == [
        "Missing Email",
        None,
    ]


def test_a_new_number_has_no_consent() -> None:
    same = update("same", put("phone_number", "+447700900123"))
    new = update("new", put("phone_number", "+12025550111"))
    held = flow(sms("one"), same, sms("two"), new, sms("three"))
    assert [reason for _, _, reason in sent(run(held, one()))] == [
        None,
        None,
        "Missing SMS Consent",
    ]


def test_a_new_zone_moves_the_clock() -> None:
    move = update("move", put("timezone", "Asia/Tokyo"))
    at_nine = {"value": 1, "delay_until_time": "09:00:00"}
    held = flow(wait("first", **at_nine), move, wait("second", **at_nine), email("mail"))
    assert sent(run(held, one())) == [("mail", "01-07 00:00", None)]


def test_a_delay_ends_on_the_persons_clock_across_a_change_of_it() -> None:
    """In New York the night of 8 March 2026 is an hour short."""
    person = Person(did=[("Ordered", "2026-03-07 17:00")], zone="America/New_York")
    held = flow(wait("day", delay_until_time="12:00:00"), email("mail"), **on("Ordered"))
    noon = at("2026-03-08 16:00")
    assert noon - at("2026-03-07 17:00") == timedelta(hours=23)
    engine = run(held, population(person), scenario(days=90))
    assert [row["at"] for row in tables(engine)["sends"]] == [noon]
