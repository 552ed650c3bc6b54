"""Conditions on custom objects, on events of the catalogue and on outputs of code (A.6, A.8)."""

from __future__ import annotations

import pytest
from asking import Json, asking, explained, holds
from fake_scene import FakeScene, scene
from small_flows import flow

from flows.conditions import Answer, Names
from flows.conditions.base import Need

ACTIVE = {"7": "active", "8": 3, "9": "2026-03-09"}
ENDED = {"7": "ended", "8": 5, "9": "2025-03-09"}
OWNERS = scene(size=4, objects={"OT1": [[ACTIVE], [ACTIVE, ENDED], [ENDED], []]})
SUBSCRIPTIONS = Names({"OT1": "Subscription", "OT1/7": "status"})


def owning(operator: str, count: int, *filters: Json) -> Json:
    return {
        "type": "profile-has-custom-object",
        "object_type_id": "OT1",
        "object_type_relationship_id": "R1",
        "filter": {"type": "numeric", "operator": operator, "value": count},
        "filters": list(filters),
    }


def whose(property_id: int, **test: object) -> Json:
    return {"property_id": property_id, "filter": test}


IS_ACTIVE = whose(7, type="string", operator="equals", value="active")
RECENT = whose(9, type="date", operator="in-the-last", unit="week", quantity=1)
MANY = whose(8, type="numeric", operator="greater-than", value=4)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (owning("greater-than", 0), [True, True, True, False]),
        (owning("equals", 2), [False, True, False, False]),
        (owning("equals", 0), [False, False, False, True]),
        (owning("greater-than-or-equal", 1, IS_ACTIVE), [True, True, False, False]),
        (owning("equals", 0, IS_ACTIVE), [False, False, True, True]),
        (owning("less-than", 1, RECENT), [False, False, True, True]),
        (owning("not-equals", 0, MANY), [False, True, True, False]),
        (owning("less-than-or-equal", 0, IS_ACTIVE, MANY), [True, True, True, True]),
    ],
)
def test_objects_that_pass_every_filter_are_counted(asked: Json, expected: list[bool]) -> None:
    assert holds(asked, OWNERS) == expected


def test_objects_in_words() -> None:
    asked = asking([owning("greater-than-or-equal", 2, IS_ACTIVE, MANY)])
    assert asked.sentence(SUBSCRIPTIONS) == (
        "has at least 2 Subscription where status is “active” and property 8 is more than 4"
    )
    assert asking([owning("equals", 0)]).sentence(SUBSCRIPTIONS) == "has no Subscription"
    only = scene(objects={"OT1": [[ACTIVE, ENDED]]})
    assert asked.explain(only, SUBSCRIPTIONS) == Answer(
        False,
        "Subscription where status is “active” and property 8 is more than 4: 0, wanted at least 2",
    )


def test_objects_must_be_brought_with_their_properties() -> None:
    assert tuple(asking([owning("equals", 2, IS_ACTIVE)]).needs()) == (
        Need(kind="object", name="OT1", values=(2,), value_type="numeric"),
        Need(kind="object", name="OT1", property="7", values=("active",)),
    )


def test_a_count_is_a_whole_number_however_it_is_written() -> None:
    two = {"type": "numeric", "operator": "equals", "value": 2.0}
    assert holds(owning("equals", 2) | {"filter": two}, OWNERS) == [False, True, False, False]
    half = two | {"value": 2.5}
    (problem,) = asking([owning("equals", 2) | {"filter": half}]).problems("$.f")
    assert (problem.where, problem.severity) == (
        "$.f.condition_groups[0].conditions[0].filter.value",
        "error",
    )


START = scene(
    size=3,
    object={"12": ("2026-03-12", "2026-05-01", None), "Plan": ("Gold", "gold", None)},
    event={
        "Price": (30, 45.5, None),
        "Inventory": (3, 0, None),
        "Categories": (("Hat",), (), None),
    },
)


def test_the_object_that_started_the_run_is_read_by_id_and_by_name() -> None:
    soon = {"type": "date", "operator": "in-the-next", "unit": "week", "quantity": 1}
    by_id = {"type": "custom-object-trigger-property", "property_id": 12, "filter": soon}
    gold = {"type": "string", "operator": "not-equals", "value": "Gold"}
    by_name = {"type": "custom-object-property", "custom_object_label": "Subscription",
               "field": "Plan", "filter": gold}  # fmt: skip
    assert (holds(by_id, START), holds(by_name, START)) == (
        [True, False, False],
        [False, True, False],
    )
    assert explained(by_name, scene(object={"Plan": ("Gold",)})) == Answer(
        False, "Plan of Subscription: “Gold”; wanted: is not “Gold”"
    )
    assert tuple(asking([by_name, by_id]).needs()) == (
        Need(kind="object", name="Subscription", property="Plan", values=("Gold",), trigger=True),
        Need(kind="object", name="", property="12", value_type="date", trigger=True),
    )


def test_events_of_the_catalogue_are_read_like_any_event() -> None:
    def asked(kind: str, field: str, **test: object) -> list[bool]:
        return holds({"type": kind, "metric_id": None, "field": field, "filter": test}, START)

    assert asked("price-drop-property", "Price", type="numeric", operator="less-than",
                 value=40) == [True, False, False]  # fmt: skip
    assert asked("low-inventory-property", "Inventory", type="numeric", operator="between",
                 start=0, end=2) == [False, True, False]  # fmt: skip
    assert asked("price-drop-property", "Categories", type="list", operator="not-contains",
                 value="Hat") == [False, True, False]  # fmt: skip


def test_events_of_the_catalogue_in_words() -> None:
    cheap = {"type": "numeric", "operator": "less-than", "value": 40}
    asked = {"type": "price-drop-property", "metric_id": None, "field": "Price", "filter": cheap}
    assert explained(asked, scene(event={"Price": (50,)})) == Answer(
        False, "Price of the price drop: 50; wanted: is less than 40"
    )
    assert tuple(asking([asked]).needs()) == (
        Need(kind="item", name="price-drop", property="Price", values=(40,), value_type="numeric"),
    )


def output(number: int, field: str, **test: object) -> Json:
    return {
        "type": "action-output",
        "output_config_id": number,
        "field": field,
        "filter": test,
    }


def ran() -> FakeScene:
    """Two people took the stub's first case, one the rest, one did not come by the step."""
    stubs = {
        "c": {
            "output_config_id": 5,
            "cases": [{"when": {"condition_groups": []}, "outputs": {"score": 9}}],
            "outputs": {"score": 2, "tier": "low"},
        }
    }
    step = {"id": "c", "type": "code", "links": {"next": None}, "data": None}
    return scene(size=4, flow=flow(step, stubs=stubs), memory={"c": (0, 0, 1, -1)})


def test_outputs_of_code_are_those_that_were_given_else_unset() -> None:
    people = ran()
    assert holds(output(5, "score", type="numeric", operator="greater-than", value=5), people) == [
        True, True, False, False,
    ]  # fmt: skip
    assert holds(output(5, "tier", type="existence", operator="is-set"), people) == [
        True, True, True, False,
    ]  # fmt: skip
    assert holds(output(6, "score", type="existence", operator="not-set"), people) == [True] * 4
    low = output(5, "tier", type="string", operator="not-equals", value="low")
    assert holds(low, people) == [False] * 4


def test_outputs_in_words() -> None:
    asked = output(5, "score", type="numeric", operator="greater-than", value=5)
    assert explained(asked, ran()) == Answer(True, "the output score: 9; wanted: is more than 5")
