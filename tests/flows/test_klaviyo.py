"""Documents go out as they came in: the native one, and the public definition."""

import json
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest
from effort import examples
from flow_strategies import definitions, flow_documents
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft4Validator
from real_flows import SCHEMAS, real_flows
from schema_strategies import Schemas, open_api
from small_flows import email, flow

from flows.digits import write
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
    assert write(to_klaviyo(loaded.flow)) == write(json.loads(text))
    native = read(dump(loaded.flow)).flow
    assert native == loaded.flow
    assert write(to_klaviyo(native)) == write(json.loads(text))


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


FORMS: dict[str, Callable[[Any], Any]] = {
    "bare": lambda definition: definition,
    "named": lambda definition: {"definition": definition, "name": "A", "status": "live"},
    "answer": lambda definition: {
        "data": {"attributes": {"definition": definition, "x": None}, "id": "F", "type": "flow"}
    },
    "request": lambda definition: {"data": {"attributes": {"definition": definition}}},
    "native": lambda definition: {"rehearsal": 1} | definition,
}


@pytest.mark.skipif(not SCHEMAS.exists(), reason="no public schemas beside the repository")
@pytest.mark.parametrize("form", FORMS)
def test_whatever_the_public_schema_allows_is_read_and_comes_back(form: str) -> None:
    schemas = Schemas(json.loads(SCHEMAS.read_text()))

    @given(schemas.named("FlowDefinition"), st.randoms(use_true_random=False))
    @settings(max_examples=examples(100), deadline=None, suppress_health_check=list(HealthCheck))
    def come_back(definition: dict[str, Any], chance: Random) -> None:
        document = FORMS[form](shuffled(definition, chance))
        came = read(json.dumps(document)).flow
        assert came is not None
        back = came.to_json() if form == "native" else to_klaviyo(came, None)
        assert write(back) == write(document)
        native = read(dump(came)).flow
        assert native is not None
        assert canonical(to_klaviyo(native, None)) == canonical(to_klaviyo(came, None))

    come_back()


def shuffled(value: Any, chance: Random) -> Any:
    """The same JSON with its keys in another order, at every depth."""
    if isinstance(value, list):
        return [shuffled(one, chance) for one in value]
    if not isinstance(value, dict):
        return value
    keys = list(value)
    chance.shuffle(keys)
    return {key: shuffled(value[key], chance) for key in keys}


@pytest.mark.skipif(not SCHEMAS.exists(), reason="no public schemas beside the repository")
@real_flows
def test_a_real_flow_keeps_to_the_public_schema(file: Path) -> None:
    schemas = open_api(json.loads(SCHEMAS.read_text()))
    validator = Draft4Validator({"$ref": "#/components/schemas/FlowDefinition"} | schemas)
    came = read(file.read_text()).flow
    assert came is not None
    errors = validator.iter_errors(to_klaviyo(came, "bare"))
    assert [error.message for error in errors] == []


def test_problems_of_a_flow_are_placed_in_its_original() -> None:
    document = {"name": "A", "definition": {"actions": [], "entry_action_id": None}}
    inner = Problem(code="L01", severity="error", where="$.actions[0]", text="x")
    named = Problem(code="L01", severity="error", where="$.name", text="x")
    loaded = read(json.dumps(document))
    assert loaded.place(inner).where == "$.definition.actions[0]"
    assert loaded.place(named).where == "$.name"
