"""Every type of the language has an example in the reference, which is what it shows."""

import json
from typing import Any

import pytest
from asking import NAMES
from example_flows import flow_of
from fake_scene import scene
from jsonschema import Draft4Validator
from pydantic import TypeAdapter
from real_flows import SCHEMAS
from schema_strategies import open_api

from flows.actions import ACTIONS, AnyAction
from flows.actions.operations import AnyOperation
from flows.checks import check
from flows.columns import Column
from flows.conditions import CONDITIONS, AnyCondition
from flows.conditions.permissions import Permission
from flows.document import Flow
from flows.filters import FILTERS, ValueFilter
from flows.kept import differences
from flows.reference.by_example import Family, examples, filter_key
from flows.reference.fields import fields
from flows.reference.language import CONSENT, MESSAGES, OPERATIONS, type_of
from flows.reference.meanings import meaning
from flows.triggers import TRIGGERS, AnyTrigger

ALL: list[tuple[Family, str]] = [
    (family, key)
    for family in ("actions", "triggers", "conditions", "filters")
    for key in examples(family)
]
PEOPLE = scene(
    size=3,
    properties={"tier": ["gold", "", None], "points": [1, 2.5, None]},
    chances={("sample", True): [0.2, 0.7, 0.9]},
)


def test_every_type_has_an_example_and_no_other_has_one() -> None:
    (reachable,) = (Permission.model_fields["reachable_status"].annotation,)
    assert {
        "actions": set(examples("actions")),
        "triggers": set(examples("triggers")),
        "conditions": set(examples("conditions")),
        "filters": set(examples("filters")),
        "messages": set(examples("messages")),
        "operations": set(examples("operations")),
        "consent": set(examples("consent")),
        "permissions": set(examples("permissions")),
    } == {
        "actions": {type_of(kind) for kind in ACTIONS},
        "triggers": set(TRIGGERS),
        "conditions": set(CONDITIONS),
        "filters": {filter_key(kind) for kind in FILTERS},
        "messages": set(MESSAGES),
        "operations": set(OPERATIONS),
        "consent": set(CONSENT),
        "permissions": set(reachable.__args__),
    }


def test_the_public_definition_has_no_type_without_an_example() -> None:
    assert (len(examples("actions")), len(examples("triggers"))) == (20, 7)


@pytest.mark.parametrize("key", examples("actions"))
def test_an_action_is_read_as_what_it_shows(key: str) -> None:
    raw = examples("actions")[key]
    action: Any = TypeAdapter(AnyAction).validate_python(raw)
    assert (type_of(type(action)), action.known) == (key, True)
    assert list(differences(action, raw)) == []
    assert action.sentence(NAMES)
    assert errors(flow_of(action=raw)) == []


@pytest.mark.parametrize("key", examples("triggers"))
def test_a_trigger_is_read_as_what_it_shows(key: str) -> None:
    raw = examples("triggers")[key]
    trigger: Any = TypeAdapter(AnyTrigger).validate_python(raw)
    assert type(trigger) is TRIGGERS[key]
    assert trigger.sentence(NAMES)
    assert errors(flow_of(trigger=raw)) == []


CONDITIONED = [
    (family, key) for family in ("conditions", "consent", "permissions") for key in examples(family)
]


@pytest.mark.parametrize(("family", "key"), CONDITIONED)
def test_a_condition_is_answered_for_everybody_as_for_each(family: Family, key: str) -> None:
    condition = TypeAdapter(AnyCondition).validate_python(examples(family)[key])
    expected = {"consent": "profile-marketing-consent", "permissions": "profile-permissions"}
    assert type(condition) is CONDITIONS[expected.get(family, key)]
    assert list(condition.problems("$")) == []
    alone = scene(properties={"tier": ["gold"], "points": [1]}, chances={("sample", True): [0.2]})
    assert len(condition.test(PEOPLE)) == 3
    assert condition.explain(alone, NAMES).holds == bool(condition.test(alone)[0])
    assert condition.sentence(NAMES)


@pytest.mark.parametrize("key", examples("filters"))
def test_a_filter_accepts_nothing_that_is_unset_unless_it_asks_for_that(key: str) -> None:
    held = TypeAdapter(ValueFilter).validate_python(examples("filters")[key])
    assert filter_key(type(held)) == key
    assert list(held.problems("$")) == []
    passed = held.accepts(Column.of([None]), PEOPLE.now[:1])
    assert bool(passed[0]) == (key == "existence/is-set")
    assert held.sentence()


@pytest.mark.parametrize("key", examples("messages"))
def test_a_message_is_read_as_what_it_shows(key: str) -> None:
    raw = examples("messages")[key]
    assert list(differences(MESSAGES[key].model_validate(raw), raw)) == []


@pytest.mark.parametrize("key", examples("operations"))
def test_a_change_to_a_profile_is_read_as_what_it_shows(key: str) -> None:
    change = TypeAdapter(AnyOperation).validate_python(examples("operations")[key])
    assert type(change) is OPERATIONS[key]
    before = PEOPLE.column(change.name)
    assert len(change.after(before, PEOPLE)) == 3


def test_every_field_of_the_language_says_what_it_is_for() -> None:
    kinds = [
        *ACTIONS,
        *TRIGGERS.values(),
        *CONDITIONS.values(),
        *FILTERS,
        *MESSAGES.values(),
        *OPERATIONS.values(),
    ]
    mute = {
        f"{owner.__name__}.{key}"
        for kind in kinds
        for _, owner, key, _ in fields(kind)
        if not meaning(owner, key)
    }
    assert mute == set()


@pytest.mark.skipif(not SCHEMAS.exists(), reason="no public schemas beside the repository")
@pytest.mark.parametrize(("family", "key"), [pair for pair in ALL if pair[0] != "filters"])
def test_an_example_keeps_to_the_public_schema(family: Family, key: str) -> None:
    raw = examples(family)[key]
    if family == "conditions":
        flow = {"profile_filter": {"condition_groups": [{"conditions": [raw]}]}}
        flow = _in_its_place(key, raw, flow)
    else:
        flow = {"actions": [raw]} if family == "actions" else {"triggers": [raw]}
    definition = {"triggers": [], "actions": [], "entry_action_id": None} | flow
    schemas = open_api(json.loads(SCHEMAS.read_text()))
    validator = Draft4Validator({"$ref": "#/components/schemas/FlowDefinition"} | schemas)
    assert [error.message[:200] for error in validator.iter_errors(definition)] == []


def _in_its_place(key: str, raw: Any, usual: dict[str, Any]) -> dict[str, Any]:
    """Conditions on events stand in a trigger split, those on outputs in a split by outputs."""
    held = {"condition_groups": [{"conditions": [raw]}]}
    links = {"next_if_true": None, "next_if_false": None}
    if key == "action-output":
        data: dict[str, Any] = {"action_output_filter": held}
        return {"actions": [{"type": "action-output-split", "data": data, "links": links}]}
    if key.startswith("profile-"):
        return usual
    data = {"trigger_filter": held, "trigger_id": "M", "trigger_type": "metric"}
    return {"actions": [{"type": "trigger-split", "data": data, "links": links}]}


def errors(flow: Flow) -> list[tuple[str, str, str]]:
    """What is found to be wrong beyond doubt."""
    return [
        (one.code, one.where, one.text)
        for one in check(flow)
        if one.severity == "error" and one.code not in {"L20", "L27"}
    ]
