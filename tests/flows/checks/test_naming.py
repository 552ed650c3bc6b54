"""How problems name a step that nobody gave a name."""

from flows.checks.words import called
from flows.edits import ENTRANCE, insert, new_action, new_flow


def test_the_only_one_of_its_kind_needs_no_number() -> None:
    flow = new_flow("Short")
    flow = insert(flow, new_action("send-internal-alert", flow), ENTRANCE)
    assert called(flow, flow.actions[0]) == "Internal alert"


def test_several_are_told_apart_by_the_number_that_the_editor_gave_them() -> None:
    flow = new_flow("Long")
    for _ in range(2):
        flow = insert(flow, new_action("conditional-split", flow), ENTRANCE)
    assert {called(flow, action) for action in flow.actions} == {
        "Conditional split 1",
        "Conditional split 2",
    }
