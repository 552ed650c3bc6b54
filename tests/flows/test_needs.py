"""What a flow names, each once, in the order of the document."""

from __future__ import annotations

from typing import Any

from flow_strategies import flow_documents
from hypothesis import given
from small_flows import Json, all_of, delay, did, email, flow, has, split

from flows.conditions.base import Need
from flows.document import Flow
from flows.needs import all_needs, flow_needs

JOINED: Json = {"triggers": [{"type": "list", "id": "news"}]}
GOLD = Need(kind="property", name="tier", values=("gold",))
ORDERED = Need(kind="metric", name="Ordered", value_type="numeric")
TIER = has("properties['tier']", "equals", "gold")


def told(flow: Flow) -> list[tuple[str, str, bool]]:
    return [(need.kind, need.name, need.trigger) for need in flow_needs(flow)]


def test_the_trigger_comes_first_then_the_filter_then_the_steps() -> None:
    held = flow(
        split("s", "e", None, did("Ordered", "equals", 0)),
        delay("d"),
        email("e", additional_filters=all_of(has("properties['size']", "equals", "L"))),
        profile_filter=all_of(TIER),
        **JOINED,
    )
    assert told(held) == [
        ("list", "news", True),
        ("property", "tier", False),
        ("metric", "Ordered", False),
        ("property", "size", False),
    ]


def test_what_is_needed_twice_is_told_once() -> None:
    held = flow(split("one", "two", None, TIER), split("two", None, None, TIER), **JOINED)
    assert flow_needs(held)[1:] == (GOLD,)


def test_two_values_of_one_property_are_two_needs() -> None:
    tin = has("properties['tier']", "equals", "tin")
    held = flow(split("s", None, None, TIER, tin), **JOINED)
    assert [need.values for need in flow_needs(held)[1:]] == [("gold",), ("tin",)]


def test_each_kind_of_trigger_names_what_starts_it() -> None:
    def started(**trigger: Any) -> tuple[Need, ...]:
        return flow_needs(flow(delay("d"), triggers=[trigger]))

    assert started(type="metric", id="M") == (Need(kind="metric", name="M", trigger=True),)
    assert started(type="segment", id="S") == (Need(kind="segment", name="S", trigger=True),)
    birthday = {"date_field_type": "profile-property", "date_profile_property": "birthday"}
    assert started(type="date", **birthday) == (
        Need(kind="property", name="birthday", value_type="date", trigger=True),
    )
    assert started(type="metric") == started(type="list") == ()


def test_a_trigger_by_the_catalogue_needs_changes_and_people_who_looked() -> None:
    dropped = {
        "type": "price-drop",
        "trigger_filter": None,
        "price_drop_amount_value": 15,
        "audience": ["checkout-started", "viewed"],
    }
    few = {
        "type": "low-inventory",
        "product_level": "variant",
        "trigger_filter": None,
        "inventory_count": 3,
        "audience": ["added-to-cart"],
    }

    def started(trigger: Json) -> tuple[Need, ...]:
        return flow_needs(flow(delay("d"), triggers=[trigger]))

    assert (started(dropped), started(few)) == (
        (
            Need(kind="item", name="price-drop", values=(15,), trigger=True),
            Need(kind="metric", name="Started Checkout", trigger=True),
            Need(kind="metric", name="Viewed Product", trigger=True),
        ),
        (
            Need(kind="item", name="low-inventory", values=(3,), trigger=True),
            Need(kind="metric", name="Added to Cart", trigger=True),
        ),
    )


def test_the_date_of_an_object_needs_objects_that_have_it() -> None:
    trigger = {
        "type": "date",
        "date_field_type": "custom-object",
        "custom_object_label": "Subscription",
        "custom_object_property_id": 12,
        "object_type_id": "OT1",
        "object_type_relationship_id": "R1",
        "timedelta_value_before_date": 3,
        "trigger_time": "09:00:00",
    }
    assert flow_needs(flow(delay("d"), triggers=[trigger])) == (
        Need(kind="object", name="OT1", property="12", value_type="date", trigger=True),
    )


def test_what_a_trigger_filter_reads_belongs_to_the_start() -> None:
    worth = {
        "type": "metric-property",
        "metric_id": "M",
        "field": "$value",
        "filter": {"type": "numeric", "operator": "greater-than", "value": 50},
    }
    trigger = {"type": "metric", "id": "M", "trigger_filter": all_of(worth)}
    assert all(need.trigger for need in flow_needs(flow(delay("d"), triggers=[trigger])))


def test_flows_that_run_together_need_each_thing_once() -> None:
    first = flow(split("s", None, None, TIER), **JOINED)
    second = flow(split("s", None, None, did("Ordered", "equals", 0), TIER), **JOINED)
    assert all_needs([first, second]) == (
        Need(kind="list", name="news", trigger=True),
        GOLD,
        ORDERED,
    )
    assert all_needs([]) == ()


def test_a_flow_without_anything_needs_nothing() -> None:
    assert flow_needs(Flow()) == ()


@given(flow_documents())
def test_needs_are_distinct_and_those_of_all_parts(document: Json) -> None:
    held = Flow.model_validate(document)
    needs = flow_needs(held)
    parts = [held.trigger, held.profile_filter, *held.actions]
    assert len(set(needs)) == len(needs)
    assert set(needs) == {need for part in parts if part for need in part.needs()}
