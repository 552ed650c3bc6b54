"""What code steps give is chosen per run, remembered, and read back by its number and name."""

from typing import Any

from fake_scene import scene

from flows.document import Flow
from flows.outputs import output_column


def holds(value: str) -> dict[str, Any]:
    condition = {
        "type": "profile-property",
        "property": "properties['tier']",
        "filter": {"type": "string", "operator": "equals", "value": value},
    }
    return {"condition_groups": [{"conditions": [condition]}]}


def flow(**stubs: dict[str, Any]) -> Flow:
    actions = [{"id": name, "type": "code", "data": None, "links": None} for name in stubs]
    return Flow.model_validate({"actions": actions, "stubs": stubs})


SCORED: dict[str, Any] = {
    "cases": [
        {"when": holds("gold"), "outputs": {"score": 9, "vip": True}},
        {"when": holds("silver"), "outputs": {"score": 5}},
    ],
    "outputs": {"score": 1, "vip": False, "tags": ["a", "b"], "raw": {"deep": 1}, "none": None},
}


def test_the_first_case_that_holds_is_chosen_else_the_fixed_outputs() -> None:
    people = scene(size=3, properties={"tier": ["silver", "gold", None]})

    assert flow(score=SCORED).stubs["score"].chosen(people).tolist() == [1, 0, 2]


def test_an_output_is_read_back_as_the_run_remembers_it() -> None:
    held = flow(score=SCORED)
    people = scene(size=4, memory={"score": [0, 1, 2, -1]})

    assert output_column(held, people, 7, "score").values() == [9, 5, 1, None]


def test_what_a_case_does_not_give_is_as_in_the_fixed_outputs() -> None:
    held = flow(score=SCORED)
    people = scene(size=4, memory={"score": [0, 1, 2, -1]})

    assert output_column(held, people, 7, "vip").values() == [True, False, False, None]


def test_lists_can_be_compared_and_objects_cannot() -> None:
    held = flow(score=SCORED)
    people = scene(memory={"score": [2]})

    shown = {
        name: output_column(held, people, 7, name).values()[0]
        for name in ("tags", "raw", "none", "unheard")
    }

    assert shown == {"tags": ("a", "b"), "raw": None, "none": None, "unheard": None}


def test_a_number_that_a_stub_claims_is_answered_by_it_alone() -> None:
    held = flow(
        first={"output_config_id": 7, "outputs": {"x": "claimed"}},
        second={"outputs": {"x": "free"}},
    )
    people = scene(memory={"first": [0], "second": [0]})

    assert output_column(held, people, 7, "x").values() == ["claimed"]
    assert output_column(held, people, 8, "x").values() == ["free"]


def test_of_several_that_answer_the_last_that_the_run_came_by_counts() -> None:
    held = flow(first={"outputs": {"x": 1}}, second={"outputs": {"x": 2}})
    people = scene(size=3, memory={"first": [0, 0, -1], "second": [-1, 0, -1]})

    assert output_column(held, people, 7, "x").values() == [1, 2, None]


def test_without_a_stub_there_is_no_output() -> None:
    assert output_column(flow(), scene(memory={}), 7, "x").values() == [None]
