"""Reading: what a text holds, and what is wrong with it and where."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_flows import delay, email, flow, paths, split

from flows.document import Flow, dump
from flows.klaviyo import to_klaviyo
from flows.loading import LARGEST, Loaded, read
from flows.problem import Problem

DELAY = delay("a")
DEFINITION = {"triggers": [], "actions": [DELAY], "entry_action_id": "a"}


def refused(code: str, where: str, text: str, fix: str = "") -> Loaded:
    """A native text that was refused for one reason."""
    problem = Problem(code=code, severity="error", where=where, text=text, fix=fix)
    return Loaded(flow=None, problems=(problem,))


def found(document: Any) -> list[tuple[str, str, str]]:
    """Code, place and text of each problem of a document."""
    return [(p.code, p.where, p.text) for p in read(json.dumps(document)).problems]


def test_what_was_written_is_read_again() -> None:
    written = flow(split("s", "a", None), email("a", "b"), delay("b"))
    assert read(dump(written)) == Loaded(flow=written, form="native")


@pytest.mark.parametrize(
    ("document", "head", "body"),
    [
        (DEFINITION, "$", "$"),
        ({"name": "A", "status": "live", "definition": DEFINITION}, "$", "$.definition"),
        (
            {"data": {"type": "flow", "id": "F", "attributes": {"definition": DEFINITION}}},
            "$.data.attributes",
            "$.data.attributes.definition",
        ),
    ],
    ids=["bare", "named", "api"],
)
def test_klaviyo_definitions_are_told_by_their_content(
    document: dict[str, Any], head: str, body: str
) -> None:
    loaded = read(json.dumps(document))
    assert (loaded.form, loaded.head, loaded.body) == ("klaviyo", head, body)
    assert loaded.flow is not None
    assert list(loaded.flow.by_id) == ["a"]


def test_the_api_gives_a_flow_its_id_name_and_status() -> None:
    attributes = {"name": "Winback", "status": "live", "definition": DEFINITION}
    loaded = read(json.dumps({"data": {"type": "flow", "id": "F7", "attributes": attributes}}))
    assert isinstance(loaded.flow, Flow)
    assert (loaded.flow.id, loaded.flow.name, loaded.flow.status) == ("F7", "Winback", "live")


def test_broken_json_is_placed_by_line_and_column() -> None:
    text = (
        "The text is not JSON, line 2, column 5: Expecting property name enclosed in double quotes."
    )
    assert read("{\n    x}", where="my.json") == refused("D01", "my.json:2:5", text)


@pytest.mark.parametrize(
    ("text", "where", "sentence"),
    [
        ("", "flow.json:1:1", "The text is not JSON, line 1, column 1: Expecting value."),
        (b"{}\n\xff", "flow.json:2", "The text is not UTF-8."),
        ('{"a": NaN}', "$.a", "This number is too large or not a number."),
        ('{"a": [1e999]}', "$.a[0]", "This number is too large or not a number."),
        ('{"a": "\\ud83d"}', "$.a", "This text holds half of a character."),
        ('{"a": [' + "9" * 5000 + "]}", "$.a[0]", "This number is too large or not a number."),
    ],
)
def test_texts_that_are_not_json_are_refused(text: str, where: str, sentence: str) -> None:
    assert [(p.code, p.where, p.text) for p in read(text).problems] == [("D01", where, sentence)]


def test_a_key_that_stands_twice_is_told_of() -> None:
    text = '{"actions": [{"id": "a", "type": "code", "id": "b"}], "entry_action_id": "b"}'
    loaded = read(text)
    assert [(p.code, p.severity, p.where, p.text) for p in loaded.problems] == [
        (
            "D09",
            "warning",
            "$.actions[0].id",
            "“id” stands twice in one object; the last one counts.",
        )
    ]
    assert loaded.flow is not None
    assert list(loaded.flow.by_id) == ["b"]


def test_a_byte_order_mark_is_no_fault() -> None:
    assert read("\ufeff" + json.dumps(DEFINITION)).problems == ()
    assert read(b"\xef\xbb\xbf" + json.dumps(DEFINITION).encode()).problems == ()


def test_documents_beyond_the_size_are_refused() -> None:
    text = "The document is larger than 5 MB."
    assert read(" " * (LARGEST + 1)) == refused("D02", "flow.json", text, "Is this a flow?")


@pytest.mark.parametrize("depth", [201, 100_000])
def test_documents_nested_without_end_are_refused(depth: int) -> None:
    loaded = read("[" * depth + "]" * depth)
    assert [(p.code, p.text) for p in loaded.problems] == [
        ("D03", "The document is nested deeper than 200 levels.")
    ]


@pytest.mark.parametrize(
    ("document", "where", "text"),
    [
        ([], "$", "A flow is an object in braces; this is something else."),
        ({"a": 1}, "$", "This is JSON, but no flow: it has neither “rehearsal” nor a definition."),
        (
            {"data": []},
            "$.data",
            "Here must stand the flow that the API answered with as an object in braces.",
        ),
        (
            {"data": {"attributes": {"name": "A"}}},
            "$.data.attributes.definition",
            "Here must stand the flow's definition as an object in braces.",
        ),
    ],
)
def test_json_that_is_no_flow_is_refused(document: Any, where: str, text: str) -> None:
    assert found(document) == [("D04", where, text)]


def test_a_newer_format_asks_for_a_newer_version() -> None:
    text = "The document has format 2, but this version reads formats up to 1."
    fix = "Install a newer version to open it."
    assert read('{"rehearsal": 2}') == refused("D05", "$.rehearsal", text, fix)


@pytest.mark.parametrize(
    ("step", "where", "text"),
    [
        (
            delay("a", value="soon"),
            ".data.value",
            "“value” must be a whole number, but it is the text “soon”.",
        ),
        (
            delay("a", value="5"),
            ".data.value",
            "“value” must be a whole number, but it is the text “5”.",
        ),
        (delay("a", value=True), ".data.value", "“value” must be a whole number, but it is true."),
        (delay("a", value=1.5), ".data.value", "“value” must be a whole number, but it is 1.5."),
        (
            delay("a", unit="years"),
            ".data.unit",
            "“unit” must be minutes, hours or days, but it is the text “years”.",
        ),
        (delay("a", 7), ".links.next", "“next” must be text in quotes, but it is 7."),  # type: ignore[arg-type]
        ({"id": "a", "type": "time-delay", "data": {}}, ".data.value", "“value” is missing."),
        ({"id": "a", "type": "time-delay"}, ".data", "“data” is missing."),
        ({"id": "a"}, ".type", "“type” is missing."),
        (3, "", "Entry 1 of “actions” must be an object in braces, but it is 3."),
        (
            {"id": "a", "type": "ab-test", "data": {"main_action": {"type": "fax"}}},
            ".data.main_action.type",
            "“type” must be one of send-email, send-sms, but it is the text “fax”.",
        ),
        (
            {
                "id": "a",
                "type": "update-profile",
                "data": {
                    "profile_operations": [
                        {"operator": "update", "property_key": "k", "property_value": {}}
                    ]
                },
            },
            ".data.profile_operations[0]",
            "Entry 1 of “profile_operations” must be a change: “operator” delete, or create or "
            "update with the “property_type” string, boolean, numeric, date or list, but it is an "
            "object.",
        ),
    ],
)
def test_a_wrong_shape_is_placed_in_the_original_and_says_what_is_allowed(
    step: Any, where: str, text: str
) -> None:
    document = {"name": "A", "definition": DEFINITION | {"actions": [step]}}
    assert found(document) == [("D06", f"$.definition.actions[0]{where}", text)]


def test_every_wrong_place_is_named_at_once() -> None:
    document = {"rehearsal": 1, "status": "asleep", "triggers": 3, "actions": [delay("a", unit=1)]}
    assert [(code, where) for code, where, _ in found(document)] == [
        ("D06", "$.status"),
        ("D06", "$.triggers"),
        ("D06", "$.actions[0].data.unit"),
    ]


def test_the_head_and_the_body_of_an_answer_are_told_apart() -> None:
    attributes = {"status": "asleep", "definition": DEFINITION | {"actions": 3}}
    document = {"data": {"id": 5, "attributes": attributes}}
    assert {where for _, where, _ in found(document)} == {
        "$.data.id",
        "$.data.attributes.status",
        "$.data.attributes.definition.actions",
    }


def test_steps_that_links_could_not_tell_apart_get_ids_of_their_own() -> None:
    twice = {"rehearsal": 1, "actions": [delay("a"), delay("a", "a"), {"type": "code"}]}
    loaded = read(json.dumps(twice))
    assert found(twice)[:3] == [
        ("D08", "$.actions[0]", "2 steps have the id “a”."),
        ("D08", "$.actions[1]", "2 steps have the id “a”."),
        ("D07", "$.actions[2]", "Step 3 has no id, so nothing can lead to it."),
    ]
    assert loaded.flow is not None
    assert list(loaded.flow.by_id) == ["a", "a-2", "step-3"]
    assert loaded.flow.to_json() == twice


def test_paths_that_links_could_not_tell_apart_get_ids_of_their_own() -> None:
    same = paths("p", None, None)
    same["data"]["branches"][0]["branch_id"] = "else"
    document = {"rehearsal": 1, "actions": [same]}
    loaded = read(json.dumps(document))
    assert found(document)[:1] == [
        ("D08", "$.actions[0]", "Several ways out of “p” have the id “else”.")
    ]
    assert loaded.flow is not None
    assert next(way.name for way in loaded.flow.action("p").ways()) == "else"
    assert loaded.flow.to_json() == document


def test_a_changed_flow_writes_the_ids_that_its_links_name() -> None:
    loaded = read(json.dumps({"rehearsal": 1, "actions": [{"type": "code"}]}))
    assert loaded.flow is not None
    led = loaded.flow.model_copy(update={"entry_action_id": "step-1"})
    assert led.to_json() == {
        "rehearsal": 1,
        "actions": [{"type": "code", "id": "step-1"}],
        "entry_action_id": "step-1",
    }


def test_a_flow_with_broken_links_loads_with_its_problems() -> None:
    actions = [delay("a", "b", timezone="Mars"), split("b", "gone", "a")]
    definition = {"triggers": [], "actions": actions, "entry_action_id": "lost"}
    loaded = read(json.dumps({"definition": definition}))
    assert loaded.flow is not None
    assert [(p.code, p.where, p.action_id) for p in loaded.problems] == [
        ("L02", "$.definition.entry_action_id", None),
        ("L02", "$.definition.actions[1].links.next_if_true", "b"),
        ("L04", "$.definition.actions[1]", "b"),
        ("L25", "$.definition.actions[0].data.timezone", "a"),
    ]


@pytest.mark.parametrize("kind", [[], {}, 3, None])
def test_a_type_that_is_no_text_is_told_of_in_its_place_and_kept(kind: Any) -> None:
    document = {"triggers": [{"type": kind}], "actions": [{"id": "a", "type": kind}]}
    loaded = read(json.dumps(document))
    assert [one.where for one in loaded.problems if one.code == "D06"] == [
        "$.triggers[0].type",
        "$.actions[0].type",
    ]
    assert loaded.flow is not None
    assert to_klaviyo(loaded.flow, "bare") == document


def test_an_id_that_is_no_text_is_told_of_and_kept() -> None:
    document = {"actions": [delay("a") | {"id": 5}], "triggers": []}
    loaded = read(json.dumps(document))
    assert [(one.code, one.where, one.text) for one in loaded.problems][:2] == [
        ("D07", "$.actions[0]", "Step 1 has no id, so nothing can lead to it."),
        ("D06", "$.actions[0].id", "“id” must be text in quotes, but it is 5."),
    ]
    assert loaded.flow is not None
    assert to_klaviyo(loaded.flow, "bare") == document


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)
KEYS = st.sampled_from(
    ["rehearsal", "definition", "data", "attributes", "actions", "triggers", "type", "links", "id"]
)


@given(st.text() | st.binary())
def test_no_text_makes_reading_fail(text: str | bytes) -> None:
    assert read(text).flow is None


@given(st.dictionaries(KEYS, json_values))
def test_no_json_makes_reading_fail(document: Any) -> None:
    loaded = read(json.dumps(document))
    assert loaded.flow is not None or loaded.problems
