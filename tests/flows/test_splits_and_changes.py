"""What splits, changes of a profile and changes of a list find wrong with themselves."""

from __future__ import annotations

import json
from typing import Any

import pytest
from fake_scene import scene
from small_actions import found, made
from small_flows import Json, has, one_group

from flows.actions.update_profile import UpdateProfile
from flows.columns import Value
from flows.document import Flow
from flows.loading import read
from flows.problem import Problem

SET: Json = {"type": "existence", "operator": "is-set"}
BOUGHT: Json = {"type": "metric-property", "metric_id": "M", "field": "x", "filter": SET}
DROPPED: Json = {"type": "price-drop-property", "metric_id": None, "field": "x", "filter": SET}
SCARCE: Json = {"type": "low-inventory-property", "metric_id": None, "field": "x", "filter": SET}
RENTED: Json = {"type": "custom-object-trigger-property", "property_id": 1, "filter": SET}
OWNED: Json = {
    "type": "custom-object-property",
    "custom_object_label": "Car",
    "field": "x",
    "filter": SET,
}
GAVE: Json = {"type": "action-output", "output_config_id": 1, "field": "x", "filter": SET}
CLOCK: Json = {
    "timedelta_value_before_date": 1,
    "timedelta_unit_before_date": "days",
    "recurrence_frequency": "never",
    "trigger_time": "09:00:00",
}
STARTS: dict[str, Json] = {
    "metric": {"type": "metric", "id": "M"},
    "list": {"type": "list", "id": "L"},
    "birthday": {
        "type": "date",
        "date_field_type": "profile-property",
        "date_profile_property": "birthday",
        **CLOCK,
    },
    "object": {
        "type": "date",
        "date_field_type": "custom-object",
        "custom_object_label": "Car",
        "custom_object_property_id": 1,
        "object_type_id": "O",
        "object_type_relationship_id": "R",
        **CLOCK,
    },
    "price-drop": {
        "type": "price-drop",
        "trigger_filter": None,
        "price_drop_amount_value": 5,
        "audience": ["viewed"],
    },
    "low-inventory": {
        "type": "low-inventory",
        "product_level": "product",
        "trigger_filter": None,
        "inventory_count": 3,
        "audience": ["viewed"],
    },
}


def started(by: str) -> Flow:
    return Flow.model_validate({"triggers": [STARTS[by]]})


@pytest.mark.parametrize(
    ("by", "condition", "codes"),
    [
        ("metric", BOUGHT, []),
        ("metric", DROPPED, ["R15"]),
        ("price-drop", DROPPED, []),
        ("price-drop", SCARCE, []),
        ("low-inventory", SCARCE, []),
        ("low-inventory", OWNED, ["R15"]),
        ("object", OWNED, []),
        ("object", RENTED, []),
        ("object", BOUGHT, ["R15"]),
        ("list", BOUGHT, ["R05"]),
        ("birthday", BOUGHT, ["R05"]),
    ],
)
def test_a_trigger_split_reads_what_started_the_run(
    by: str, condition: Json, codes: list[str]
) -> None:
    split = made("trigger-split", {"trigger_filter": one_group(condition), "trigger_id": "M"})

    assert [code for code, _ in found(split, started(by))] == codes


@pytest.mark.parametrize("condition", [BOUGHT, DROPPED, SCARCE, OWNED, RENTED, GAVE])
def test_a_conditional_split_asks_about_the_person_alone(condition: Json) -> None:
    split = made(
        "conditional-split", {"profile_filter": one_group(has("x", "equals", "y"), condition)}
    )
    place = "$.data.profile_filter.condition_groups[0].conditions[1]"

    assert ("R15", place) in found(split, started("metric"))


def paths(*several: Json) -> Any:
    branches = [{"branch_id": f"b{i}", **branch} for i, branch in enumerate(several)]
    return made("multi-branch-split", {"name": "", "branches": branches})


REST: Json = {"is_else": True}


def test_paths_ask_about_the_event_only_where_one_starts_the_flow() -> None:
    split = paths({"branch_filter": one_group(BOUGHT)}, REST)
    place = "$.data.branches[0].branch_filter.condition_groups[0].conditions[0]"

    assert found(split, started("metric")) == []
    assert found(split, started("list")) == [("R15", place)]


def test_a_split_has_twenty_paths_at_most() -> None:
    assert found(paths(*[{}] * 19, REST)) == []
    assert found(paths(*[{}] * 20, REST)) == [("R16", "$.data.branches")]


def test_everyone_else_stands_once_and_last() -> None:
    assert found(paths({})) == [("R06", "$.data.branches")]
    assert found(paths({}, REST, REST)) == [
        ("R17", "$.data.branches[2].is_else"),
        ("R18", "$.data.branches[1]"),
    ]
    assert found(paths(REST, {})) == [("R18", "$.data.branches[0]")]


def change(*operations: Json) -> UpdateProfile:
    action = made("update-profile", {"profile_operations": list(operations), "status": "live"})
    assert isinstance(action, UpdateProfile)
    return action


def put(kind: str, value: Any, **more: Any) -> Json:
    head = {"operator": "update", "property_type": kind, "property_key": "p"}
    return head | {"property_value": value} | more


@pytest.mark.parametrize(
    ("before", "operation", "after"),
    [
        (None, put("string", "new"), "new"),
        ("old", put("string", "new"), "new"),
        ("old", put("string", "new", operator="create"), "new"),
        (None, put("boolean", False), False),
        (None, put("numeric", 3), 3),
        (None, put("numeric", 2.5), 2.5),
        (None, put("date", "2026-03-01"), "2026-03-01"),
        (None, put("date", "today"), "2026-03-10"),
        (None, put("list", "a"), ("a",)),
        (("a",), put("list", "b"), ("a", "b")),
        (("a",), put("list", "a", property_operation="add"), ("a",)),
        ("single", put("list", "b", property_operation="add"), ("single", "b")),
        (("a", "b"), put("list", "a", property_operation="remove"), ("b",)),
        (("b",), put("list", "a", property_operation="remove"), ("b",)),
        (None, put("list", "a", property_operation="remove"), None),
        ("old", {"operator": "delete", "property_key": "properties['p']"}, None),
    ],
)
def test_a_change_makes_of_what_is_there(before: Value, operation: Json, after: Value) -> None:
    step = change(operation).advance(scene(properties={"p": [before]}))

    assert [(one.name, one.values and one.values.values()) for one in step.changes] == [
        ("p", [after])
    ]


def problems_of(operation: Json) -> list[Problem]:
    """What reading a flow with this change says."""
    action = {"id": "x", "type": "update-profile", "data": {"profile_operations": [operation]}}
    document = {"rehearsal": 1, "entry_action_id": "x", "actions": [action]}

    return [one for one in read(json.dumps(document)).problems if one.code == "D06"]


KINDS = (
    "must be a change: “operator” delete, or create or update with the “property_type” string, "
    "boolean, numeric, date or list, but it is an object."
)


@pytest.mark.parametrize(
    ("operation", "place", "said"),
    [
        (
            put("date", "1 March"),
            ".property_value",
            "“property_value” must be a date as in 2026-03-01, or today, but it is the text "
            "“1 March”.",
        ),
        (
            put("boolean", "yes"),
            ".property_value",
            "“property_value” must be true or false, but it is the text “yes”.",
        ),
        (
            put("list", "a", property_operation="flip"),
            ".property_operation",
            "“property_operation” must be add or remove, but it is the text “flip”.",
        ),
        (put("colour", "red"), "", f"Entry 1 of “profile_operations” {KINDS}"),
        (
            {"operator": "update", "property_key": "p"},
            "",
            f"Entry 1 of “profile_operations” {KINDS}",
        ),
        (
            {"operator": "delete"},
            ".property_key",
            "“property_key” is missing.",
        ),
    ],
)
def test_a_change_that_cannot_be_read_says_what_is_allowed(
    operation: Json, place: str, said: str
) -> None:
    where = f"$.actions[0].data.profile_operations[0]{place}"

    assert [(one.where, one.text) for one in problems_of(operation)] == [(where, said)]


def test_changes_name_a_property_and_are_not_too_long() -> None:
    place = "$.data.profile_operations"
    half = put("string", "é" * 25_000)

    assert found(change()) == [("R21", place)]
    assert found(change(put("string", "x", property_key=" "))) == [
        ("R22", f"{place}[0].property_key")
    ]
    assert found(change(half)) == []
    assert found(change(half, half)) == [("R23", place)]


def test_a_change_of_a_list_names_the_list_and_what_to_do() -> None:
    assert found(made("list-update", {"name": "", "list_id": None, "on_execution": None})) == [
        ("R07", "$.data.list_id"),
        ("R07", "$.data.on_execution"),
    ]
    assert found(made("list-update", {"name": "", "list_id": "L", "on_execution": False})) == []
