"""Conditions that were put in and not filled in."""

import pytest
from findings import findings, problem
from small_flows import Json, email, flow

from flows.checks.blanks import blank_conditions
from flows.document import Flow

ANY: Json = {"type": "numeric", "operator": "greater-than-or-equal", "value": 1}
TEXT: Json = {"type": "string", "operator": "equals", "value": "tea"}
OWNS: Json = {
    "type": "profile-has-custom-object",
    "object_type_id": "",
    "object_type_relationship_id": "",
    "filter": ANY,
    "filters": [],
}
LIKES: Json = {"type": "profile-property", "property": "likes", "filter": TEXT}
PLACE = "$.profile_filter.condition_groups[0].conditions[0]"


def asking(condition: Json) -> Flow:
    held = {"condition_groups": [{"conditions": [condition]}]}
    return Flow.model_validate(flow(email("a")).to_json() | {"profile_filter": held})


@pytest.mark.parametrize(
    ("condition", "field", "what"),
    [
        (OWNS, "object_type_id", "type of object"),
        (LIKES | {"property": ""}, "property", "property"),
    ],
)
def test_a_condition_about_nothing_is_an_error(condition: Json, field: str, what: str) -> None:
    assert findings(blank_conditions, asking(condition)) == [
        problem(
            "error L46",
            f"{PLACE}.{field}",
            f"A condition names no {what}, so it asks about nothing.",
            f"Say which {what}, or remove the condition.",
        )
    ]


def test_a_comparison_with_an_empty_text_is_a_warning() -> None:
    assert findings(blank_conditions, asking(LIKES | {"filter": TEXT | {"value": ""}})) == [
        problem(
            "warning L46",
            f"{PLACE}.filter.value",
            "A condition compares with an empty text, which hardly anybody has.",
            "Write what to compare with.",
        )
    ]


def test_conditions_that_are_filled_in_are_fine() -> None:
    for condition in (LIKES, OWNS | {"object_type_id": "pet"}):
        assert findings(blank_conditions, asking(condition)) == []
