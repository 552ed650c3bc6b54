"""The forms of a public definition: each goes out as it came in, and as any other that is asked."""

import json
from typing import Any

import pytest
from effort import examples
from flow_strategies import definitions
from hypothesis import given, settings
from openapi_client.models.flow_create_query import FlowCreateQuery
from openapi_client.models.flow_definition import FlowDefinition
from openapi_client.models.get_flow_v2_response_compound_document import (
    GetFlowV2ResponseCompoundDocument,
)
from real_flows import real_flows
from small_flows import delay, email, flow

from flows.digits import write
from flows.document import Flow, dump
from flows.klaviyo import to_klaviyo
from flows.loading import read

STEP = {"type": "time-delay", "data": {"value": 2, "unit": "days"}, "links": {"next": None}}
BARE = {"entry_action_id": "a", "actions": [STEP | {"id": "a"}], "triggers": []}
NAMED = {"status": "live", "tags": ["x"], "definition": BARE, "name": "Winback"}
ANSWER = {
    "data": {
        "id": "F7",
        "type": "flow",
        "relationships": {"tags": {"links": {"self": "https://x"}}},
        "attributes": {
            "archived": False,
            "name": None,
            "definition": BARE,
            "status": "manual",
            "colour": "unknown",
        },
        "links": {"self": "https://x"},
    },
    "links": {"self": "https://x"},
    "included": [{"type": "tag", "id": "t"}],
}
CREATED = {"entry_action_id": "t", "actions": [{"temporary_id": "t"} | STEP], "triggers": []}
REQUEST = {
    "data": {"type": "flow", "attributes": {"definition": CREATED, "name": "New"}, "meta": None}
}


def read_flow(text: str) -> Flow:
    """The flow of a text that holds one."""
    loaded = read(text)
    assert loaded.flow is not None
    return loaded.flow


@pytest.mark.parametrize(
    "document",
    [BARE, NAMED, {"definition": BARE}, ANSWER, REQUEST],
    ids=["bare", "named", "unnamed", "answer", "request"],
)
def test_a_form_comes_back_with_all_that_was_in_it_in_its_order(document: dict[str, Any]) -> None:
    came = read_flow(json.dumps(document))
    assert json.dumps(to_klaviyo(came, None)) == json.dumps(document)
    native = read_flow(dump(came))
    assert json.dumps(to_klaviyo(native, None)) == json.dumps(document)


def test_any_form_becomes_any_other() -> None:
    came = read_flow(json.dumps(ANSWER))
    assert to_klaviyo(came, "bare") == BARE
    assert to_klaviyo(came, "definition") == {
        "name": "Untitled flow",
        "status": "manual",
        "definition": BARE,
    }
    created = {"temporary_id": "a"} | STEP
    assert to_klaviyo(came, "request") == {
        "data": {
            "type": "flow",
            "attributes": {
                "name": "Untitled flow",
                "definition": BARE | {"actions": [created]},
            },
        }
    }
    named = read_flow(json.dumps(NAMED))
    assert to_klaviyo(named, "response") == {
        "data": {
            "type": "flow",
            "id": "",
            "attributes": {"name": "Winback", "status": "live", "definition": BARE},
            "links": {"self": "https://a.klaviyo.com/api/flows//"},
        }
    }


def test_a_request_names_every_step_for_a_while_and_nothing_for_good() -> None:
    version = {"id": "v", "type": "send-email", "data": {"message": {"id": "m", "name": "V"}}}
    test = {
        "id": "t",
        "temporary_id": None,
        "type": "ab-test",
        "data": {
            "main_action": version,
            "current_experiment": {"id": "e", "variations": [version], "allocations": {"v": 1.0}},
        },
    }
    native = flow(test)
    (made,) = to_klaviyo(native, "request")["data"]["attributes"]["definition"]["actions"]
    shown = {"temporary_id": "v", "type": "send-email", "data": {"message": {"name": "V"}}}
    assert made == {
        "temporary_id": "t",
        "type": "ab-test",
        "data": {
            "main_action": shown,
            "current_experiment": {"variations": [shown], "allocations": {"v": 1.0}},
        },
    }


def test_a_renamed_flow_carries_its_new_name_in_the_form_it_came_in() -> None:
    renamed = read_flow(json.dumps(ANSWER)).model_copy(update={"name": "Better"})
    expected = json.loads(json.dumps(ANSWER))
    expected["data"]["attributes"]["name"] = "Better"
    assert to_klaviyo(renamed, None) == expected


def test_numbers_keep_their_form() -> None:
    step = '{"value": 5.0, "a": 1E3, "b": -0, "c": -0.0, "d": 0.10, "e": 123456789012345678901}'
    text = f'{{"actions": [{{"id": "x", "type": "time-delay", "data": {step}}}]}}'
    came = read_flow(text)
    assert came.action("x").to_json()["data"]["value"] == 5
    assert squeezed(write(to_klaviyo(came, None))) == squeezed(text)


def test_a_change_leaves_all_else_as_it_was_written() -> None:
    text = (
        '{"actions": [{"links": {"next": null, "x": 1e2}, "id": "a", "type": "time-delay", '
        '"data": {"value": 5.0, "unit": "days"}}], "rehearsal": 1}'
    )
    before = read_flow(text)
    changed = before.model_copy(
        update={"actions": (before.action("a").with_way("next", "b"),), "name": "New"}
    )
    assert squeezed(write(changed.to_json())) == (
        '{"actions":[{"links":{"next":"b","x":1e2},"id":"a","type":"time-delay",'
        '"data":{"value":5.0,"unit":"days"}}],"rehearsal":1,"name":"New"}'
    )


def squeezed(text: str) -> str:
    """A text without its spaces."""
    return "".join(text.split())


@pytest.mark.parametrize(
    ("links", "ways"),
    [
        ({"next": ["a", "b"]}, [("next-1", "a"), ("next-2", "b")]),
        ({"next": "a"}, [("next", "a")]),
        ({"next_if_true": "a", "next_if_false": None}, [("true", "a"), ("false", None)]),
        ({"next": 5}, [("next", None)]),
        (None, [("next", None)]),
    ],
)
def test_a_step_of_an_older_definition_leads_by_every_link(
    links: Any, ways: list[tuple[str, str | None]]
) -> None:
    old = {"id": "s", "type": "split", "links": links}
    came = read_flow(json.dumps({"actions": [old, delay("a"), delay("b")]}))
    step = came.action("s")
    assert [(way.name, way.target) for way in step.ways()] == ways
    assert step.to_json() == old
    led = step.with_way(ways[-1][0], "z")
    assert led.ways()[-1].target == "z"


def test_a_missing_step_behind_a_link_of_an_older_definition_is_placed() -> None:
    old = {"id": "s", "type": "split", "links": {"next": ["s2", "gone"]}}
    branch = {"id": "s2", "type": "branch", "links": {"next": None}}
    loaded = read(json.dumps({"actions": [old, branch], "entry_action_id": "s"}))
    assert [(one.code, one.severity, one.where) for one in loaded.problems] == [
        ("L02", "error", "$.actions[0].links.next[1]")
    ]


@pytest.mark.parametrize(
    ("entry", "code", "text"),
    [
        (None, "R09", "The flow has no first step, so whoever enters leaves at once."),
        (
            "lost",
            "L02",
            "The start of the flow leads to “lost”, a step that does not exist, "
            "so people leave the flow here.",
        ),
    ],
)
def test_a_flow_without_its_first_step_is_read_with_a_warning(
    entry: str | None, code: str, text: str
) -> None:
    loaded = read(json.dumps({"actions": [delay("a")], "entry_action_id": entry}))
    assert loaded.flow is not None
    assert [(one.code, one.severity, one.where, one.text) for one in loaded.problems] == [
        (code, "warning", "$.entry_action_id", text)
    ]


@given(definitions())
@settings(max_examples=examples(50), deadline=None)
def test_the_models_of_the_public_client_take_what_goes_out(document: dict[str, Any]) -> None:
    taken_by_the_client(read_flow(json.dumps(document)))


@real_flows
def test_the_models_of_the_public_client_take_real_flows(file: Any) -> None:
    taken_by_the_client(read_flow(file.read_text()))


def taken_by_the_client(came: Flow) -> None:
    """The client's models read the definition, the request and the answer, and lose nothing."""
    bare, answer = to_klaviyo(came, "bare"), to_klaviyo(came, "response")
    known = {key: value for key, value in bare.items() if key in FlowDefinition.model_fields}
    FlowDefinition.model_validate(known)
    FlowCreateQuery.model_validate(to_klaviyo(came, "request"))
    GetFlowV2ResponseCompoundDocument.model_validate(answer)
    request = FlowCreateQuery.model_validate(to_klaviyo(came, "request"))
    made = request.data.attributes.definition
    assert all("id" not in action and action["temporary_id"] for action in made.actions)
    assert made.entry_action_id == came.entry_action_id


def test_what_the_client_sends_is_read() -> None:
    native = flow(delay("a", "b"), email("b"))
    request = FlowCreateQuery.model_validate(to_klaviyo(native, "request"))
    sent = read_flow(request.to_json())
    assert list(sent.by_id) == ["a", "b"]
