"""Code gives what its stub says, and a split reads it; what is missing goes NO."""

from __future__ import annotations

from typing import Any

from fake_scene import scene
from small_actions import NAMES, found, made
from small_flows import Json, has, one_group

from flows.document import Flow
from flows.edits import ENTRANCE, duplicate, insert, new_action, new_flow, paste, remove
from flows.stubs import CodeStub

GOLD = one_group(has("properties['tier']", "equals", "gold"))
STUBBED: Json = {
    "actions": [{"id": "x", "type": "code", "data": None}],
    "stubs": {
        "x": {"cases": [{"when": GOLD, "outputs": {"score": 9}}], "outputs": {"score": 1}},
    },
}


def test_code_remembers_the_case_of_each_person() -> None:
    people = scene(size=2, flow=Flow.model_validate(STUBBED), properties={"tier": ["tin", "gold"]})

    step = made("code").advance(people)

    assert step.remember is not None
    assert (step.remember.tolist(), step.way.tolist()) == ([1, 0], [0, 0])


def test_code_that_nobody_has_spoken_for_remembers_nothing() -> None:
    assert made("code").advance(scene()).remember is None


def test_code_is_explained_by_what_it_gives() -> None:
    flow = Flow.model_validate(STUBBED)
    gold = scene(flow=flow, properties={"tier": ["gold"]})

    assert made("code").explain(scene(flow=flow), NAMES) == "No case holds: score = 1."
    assert made("code").explain(gold, NAMES) == (
        "Case 1 holds (tier: “gold”; wanted: is “gold”): score = 9."
    )
    assert made("code").explain(scene(), NAMES) == (
        "Nobody has said what the code gives, so its outputs are not set."
    )


def asks(operator: str, value: Any) -> Json:
    """A split on the output `score`."""
    condition = {
        "type": "action-output",
        "output_config_id": 7,
        "field": "score",
        "filter": {"type": "numeric", "operator": operator, "value": value},
    }
    return {"action_output_filter": one_group(condition)}


def test_a_split_reads_what_the_code_gave_and_a_missing_output_is_no() -> None:
    people = scene(size=3, flow=Flow.model_validate(STUBBED), memory={"x": [0, 1, -1]})

    more = made("action-output-split", asks("greater-than", 5)).advance(people)
    less = made("action-output-split", asks("less-than", 5)).advance(people)

    assert (more.way.tolist(), less.way.tolist()) == ([0, 1, 1], [1, 0, 1])


def test_a_split_on_outputs_without_code_is_found() -> None:
    split = made("action-output-split", asks("equals", 1))
    place = "$.data.action_output_filter"

    assert found(split) == [("R14", place)]
    assert found(split, Flow.model_validate(STUBBED)) == []


def test_a_split_on_outputs_asks_about_outputs_alone() -> None:
    event = {
        "type": "metric-property",
        "metric_id": "M",
        "field": "x",
        "filter": {"type": "existence", "operator": "is-set"},
    }
    split = made("action-output-split", {"action_output_filter": one_group(event)})
    place = "$.data.action_output_filter.condition_groups[0].conditions[0]"

    assert ("R15", place) in found(split, Flow.model_validate(STUBBED))


def test_code_without_a_stub_is_found_where_a_split_reads_its_outputs() -> None:
    split = {"id": "s", "type": "action-output-split", "data": asks("equals", 1)}
    bare = Flow.model_validate({"actions": [{"id": "x", "type": "code"}, split]})

    assert found(made("code"), bare) == [("R13", "$")]
    assert found(made("code"), Flow.model_validate(STUBBED)) == []


STUB = CodeStub(outputs={"tier": "gold"})


def with_code() -> Flow:
    before = new_flow("Code")
    held = insert(before, new_action("code", before), ENTRANCE)
    return held.model_copy(update={"stubs": {"code-1": STUB}})


def test_a_copy_of_a_code_step_gives_the_same() -> None:
    assert duplicate(with_code(), "code-1").stubs == {"code-1": STUB, "code-2": STUB}


def test_a_code_step_brings_what_it_gives_into_another_flow() -> None:
    other, home = new_flow("Other"), with_code()
    after = paste(other, home.actions, ENTRANCE, stubs=home.stubs)
    assert after.stubs == {"code-1": STUB}


def test_what_a_code_step_gives_goes_with_it() -> None:
    assert remove(with_code(), "code-1").stubs == {}
