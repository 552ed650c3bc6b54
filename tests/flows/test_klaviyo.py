"""Documents go out as they came in: the native one, and the public definition."""

import json
from pathlib import Path
from typing import Any

import pytest
from effort import examples
from flow_strategies import definitions, flow_documents
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft4Validator
from real_flows import SCHEMAS, real_flows
from schema_strategies import Schemas
from small_flows import email, flow

from flows.document import canonical, dump
from flows.klaviyo import from_klaviyo, to_klaviyo
from flows.loading import read
from flows.problem import Problem


@real_flows
def test_a_real_flow_comes_back_as_it_was(file: Path) -> None:
    text = file.read_text()
    loaded = read(text)
    assert loaded.problems == ()
    assert loaded.flow is not None
    assert canonical(to_klaviyo(loaded.flow)) == canonical(json.loads(text))
    assert read(dump(loaded.flow)).flow == loaded.flow


@given(definitions())
def test_a_definition_comes_back_as_it_was(document: dict[str, Any]) -> None:
    loaded = read(json.dumps(document))
    assert {problem.code for problem in loaded.problems} <= {"R09"}
    assert loaded.flow is not None
    assert canonical(to_klaviyo(loaded.flow)) == canonical(document)
    assert from_klaviyo(document) == loaded.flow


@given(definitions())
def test_a_definition_survives_as_a_native_document(document: dict[str, Any]) -> None:
    native = read(dump(from_klaviyo(document)))
    assert native.form == "native"
    assert native.flow is not None
    assert canonical(to_klaviyo(native.flow)) == canonical(document)


@given(flow_documents())
def test_a_native_document_comes_back_as_it_was(document: dict[str, Any]) -> None:
    loaded = read(json.dumps(document))
    assert loaded.problems == ()
    assert loaded.flow is not None
    assert canonical(json.loads(dump(loaded.flow))) == canonical(document)


def test_what_is_native_stays_out_of_the_definition() -> None:
    native = flow(
        email("a"),
        id="F",
        description="Mine",
        templates={"T": {"html": "x"}},
        names={"Placed Order": "Orders"},
    )
    written = native.to_json()
    assert to_klaviyo(native) == {
        "name": "A flow",
        "status": "draft",
        "definition": {key: written[key] for key in ("triggers", "entry_action_id", "actions")},
    }


def test_unknown_keys_beside_the_definition_come_back() -> None:
    document = {"name": "A", "status": "live", "tags": ["x"], "definition": {"actions": []}}
    assert to_klaviyo(from_klaviyo(document)) == document


def test_a_bare_definition_gets_a_name_and_a_status() -> None:
    bare = {"triggers": [], "actions": [], "entry_action_id": None, "name": "inner"}
    assert to_klaviyo(from_klaviyo(bare)) == {
        "name": "Untitled flow",
        "status": "draft",
        "definition": bare,
    }


_JSON_SCHEMA = {"oneOf": "anyOf"}
"""A whole number is also a number, which “one of” would refuse."""


def open_api(schemas: dict[str, Any]) -> dict[str, Any]:
    """The public schemas as JSON Schema: null is allowed where OpenAPI says nullable."""

    def plain(schema: Any) -> Any:
        if isinstance(schema, list):
            return [plain(one) for one in schema]
        if not isinstance(schema, dict):
            return schema
        rest = {_JSON_SCHEMA.get(key, key): plain(value) for key, value in schema.items()}
        return {"anyOf": [rest, {"type": "null"}]} if rest.pop("nullable", None) is True else rest

    return {"components": {"schemas": plain(schemas)}}


@pytest.mark.skipif(not SCHEMAS.exists(), reason="no public schemas beside the repository")
def test_generated_definitions_keep_to_the_public_schema() -> None:
    schemas = open_api(json.loads(SCHEMAS.read_text()))
    validator = Draft4Validator({"$ref": "#/components/schemas/FlowDefinition"} | schemas)

    @given(flow_documents())
    @settings(max_examples=examples(50), deadline=None)
    def keep_to_it(document: dict[str, Any]) -> None:
        loaded = read(json.dumps(document))
        assert loaded.flow is not None
        errors = validator.iter_errors(to_klaviyo(loaded.flow)["definition"])
        assert [error.message for error in errors] == []

    keep_to_it()


@pytest.mark.skipif(not SCHEMAS.exists(), reason="no public schemas beside the repository")
def test_whatever_the_public_schema_allows_is_read_and_comes_back() -> None:
    schemas = Schemas(json.loads(SCHEMAS.read_text()))

    @given(schemas.named("FlowDefinition"))
    @settings(deadline=None, suppress_health_check=list(HealthCheck))
    def come_back(definition: dict[str, Any]) -> None:
        told_apart = with_ids(definition)
        loaded = read(json.dumps(told_apart))
        assert loaded.flow is not None
        assert canonical(to_klaviyo(loaded.flow)["definition"]) == canonical(told_apart)

    come_back()


def with_ids(definition: dict[str, Any]) -> dict[str, Any]:
    """The definition with steps and branches that links can tell apart."""
    for i, action in enumerate(definition["actions"]):
        action["id"] = f"a{i}"
        for j, branch in enumerate((action.get("data") or {}).get("branches") or []):
            branch["branch_id"] = f"b{j}"
    return definition


def test_problems_of_a_flow_are_placed_in_its_original() -> None:
    document = {"name": "A", "definition": {"actions": [], "entry_action_id": None}}
    inner = Problem(code="L01", severity="error", where="$.actions[0]", text="x")
    named = Problem(code="L01", severity="error", where="$.name", text="x")
    loaded = read(json.dumps(document))
    assert loaded.place(inner).where == "$.definition.actions[0]"
    assert loaded.place(named).where == "$.name"
