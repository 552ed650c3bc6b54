"""Edits: what each one does to a flow, and the laws that hold for all."""

import pytest
from small_flows import delay, email, flow, paths, split

from flows import graph
from flows.actions import ACTIONS
from flows.actions.messages import Template
from flows.document import Flow, dump
from flows.edits import (
    DROP_ALL,
    ENTRANCE,
    Slot,
    add_branch,
    change,
    connect,
    duplicate,
    insert,
    move,
    name_id,
    new_action,
    new_flow,
    paste,
    remove,
    remove_branch,
    rename,
    set_field,
    set_template,
    set_trigger,
)
from flows.errors import BadValueError, ImpossibleEditError, UnknownActionError
from flows.loading import read
from flows.problem import Problem
from flows.triggers import ListTrigger

TYPES = tuple(str(kind.model_fields["type"].default) for kind in ACTIONS)
DIAMOND = flow(split("s", "yes", "no"), email("yes", "end"), email("no", "end"), delay("end"))


def links(of: Flow) -> dict[Slot, str | None]:
    """Where every place of a flow leads."""
    return {slot: graph.target(of, slot) for slot in graph.slots(of)}


def chain(of: Flow) -> list[str]:
    return list(graph.order(of))


def test_a_new_step_stands_between_its_neighbours() -> None:
    before = flow(email("a", "b"), email("b"))
    after = insert(before, new_action("time-delay", before), Slot("a"))
    assert chain(after) == ["a", "time-delay-1", "b"]
    assert [action.key for action in after.actions] == ["a", "time-delay-1", "b"]


def test_a_new_step_can_stand_first() -> None:
    before = flow(email("a"))
    after = insert(before, new_action("time-delay", before), ENTRANCE)
    assert links(after) == {ENTRANCE: "time-delay-1", Slot("time-delay-1"): "a", Slot("a"): None}


def test_the_rest_follows_the_yes_path_of_a_new_split() -> None:
    before = flow(email("a", "b"), email("b"))
    after = insert(before, new_action("conditional-split", before), Slot("a"))
    assert links(after)[Slot("conditional-split-1", "true")] == "b"
    assert links(after)[Slot("conditional-split-1", "false")] is None


def test_the_rest_can_follow_another_path() -> None:
    before = flow(email("a", "b"), email("b"))
    after = insert(before, new_action("multi-branch-split", before), Slot("a"), follow="else")
    assert links(after)[Slot("multi-branch-split-1", "else")] == "b"


def test_a_new_email_brings_a_template_with_an_unsubscribe_link() -> None:
    before = new_flow("Welcome")
    after = insert(before, new_action("send-email", before), ENTRANCE)
    assert list(after.templates) == ["email-1"]
    assert "{% unsubscribe %}" in after.templates["email-1"].html


def test_a_new_email_is_sent_by_whom_the_others_are_sent_by() -> None:
    made = new_action("send-email", flow(email("a", from_email="me@example.com")))
    assert made.to_json()["data"]["message"]["from_email"] == "me@example.com"


def test_a_known_id_cannot_be_put_in_again() -> None:
    with pytest.raises(ImpossibleEditError, match="“yes” cannot be put in"):
        insert(DIAMOND, DIAMOND.action("yes"), Slot("end"))


@pytest.mark.parametrize("slot", [Slot("nowhere"), Slot("yes", "true")])
def test_a_step_needs_a_place_that_is_there(slot: Slot) -> None:
    with pytest.raises(ImpossibleEditError):
        insert(DIAMOND, new_action("time-delay", DIAMOND), slot)


def test_removing_a_step_closes_the_gap() -> None:
    assert chain(remove(DIAMOND, "no")) == ["s", "yes", "end"]
    assert links(remove(DIAMOND, "no"))[Slot("s", "false")] == "end"


def test_removing_a_split_keeps_the_chosen_branch_and_drops_the_other() -> None:
    assert chain(remove(DIAMOND, "s", keep_way="false")) == ["no", "end"]
    assert chain(remove(DIAMOND, "s")) == ["yes", "end"]


def test_removing_a_split_with_all_branches_keeps_what_follows_their_meeting() -> None:
    assert chain(remove(DIAMOND, "s", keep_way=DROP_ALL)) == ["end"]
    apart = flow(email("a", "s"), split("s", "yes", "no"), email("yes"), email("no"))
    assert chain(remove(apart, "s", keep_way=DROP_ALL)) == ["a"]


def test_a_removed_email_takes_its_template_along_unless_another_uses_it() -> None:
    templates = {"one": Template(html="1"), "two": Template(html="2")}
    shared = flow(
        email("a", "b", template_id="one"),
        email("b", "c", template_id="one"),
        email("c", template_id="two"),
        templates=templates,
    )
    assert remove(shared, "a").templates == templates
    assert remove(shared, "c").templates == {"one": templates["one"]}


def test_a_moved_step_leaves_its_neighbours_joined() -> None:
    line = flow(email("a", "b"), email("b", "c"), email("c"))
    assert chain(move(line, "a", Slot("c"))) == ["b", "c", "a"]
    assert chain(move(line, "c", ENTRANCE)) == ["c", "a", "b"]
    assert links(move(line, "b", Slot("a"))) == links(line)
    assert move(line, "b", Slot("b")) == line


def test_a_moved_split_takes_its_branches_along_up_to_their_meeting() -> None:
    before = insert(DIAMOND, new_action("time-delay", DIAMOND), Slot("end"))
    after = move(before, "s", Slot("time-delay-1"))
    assert chain(after) == ["end", "time-delay-1", "s", "yes", "no"]
    assert {links(after)[Slot("yes")], links(after)[Slot("no")]} == {None}


def test_a_split_cannot_move_into_its_own_branch() -> None:
    with pytest.raises(ImpossibleEditError, match="behind itself"):
        move(DIAMOND, "s", Slot("yes"))


def test_a_copy_stands_behind_its_original_with_a_template_of_its_own() -> None:
    body = Template(name="One", html="1")
    before = flow(email("a", "b", template_id="T", id="KLV"), email("b"), templates={"T": body})
    after = duplicate(before, "a")
    message = after.action("email-1").to_json()["data"]["message"]
    assert chain(after) == ["a", "email-1", "b"]
    assert (message["template_id"], "id" in message) == ("email-1", False)
    assert after.templates == {"T": body, "email-1": body}


def test_the_copy_of_a_test_has_versions_of_its_own() -> None:
    before = new_flow("Test")
    before = insert(before, new_action("ab-test", before), ENTRANCE)
    copy = duplicate(before, "ab-test-1").action("ab-test-2").to_json()["data"]
    assert [one["id"] for one in copy["current_experiment"]["variations"]] == [
        "ab-test-2-1",
        "ab-test-2-2",
    ]
    assert copy["current_experiment"]["allocations"] == {"ab-test-2-1": 0.5, "ab-test-2-2": 0.5}


def test_pasted_steps_keep_their_links_and_the_rest_follows_them() -> None:
    copied = [DIAMOND.action("s"), DIAMOND.action("yes")]
    after = paste(flow(email("a", "b"), email("b")), copied, Slot("a"))
    assert links(after) == {
        ENTRANCE: "a",
        Slot("a"): "conditional-split-1",
        Slot("conditional-split-1", "true"): "email-1",
        Slot("conditional-split-1", "false"): None,
        Slot("email-1"): "b",
        Slot("b"): None,
    }


def test_a_way_can_lead_to_a_step_that_is_there_but_not_in_a_circle() -> None:
    before = flow(split("s", "yes", None), email("yes"))
    assert links(connect(before, Slot("s", "false"), "yes"))[Slot("s", "false")] == "yes"
    with pytest.raises(ImpossibleEditError, match="in a circle"):
        connect(before, Slot("yes"), "s")


def test_one_value_of_a_step_changes() -> None:
    after = change(DIAMOND, "end", ("data", "value"), 3)
    assert after.action("end").to_json()["data"]["value"] == 3
    assert DIAMOND.action("end").to_json()["data"]["value"] == 1


def test_objects_on_the_way_to_a_value_are_made() -> None:
    bare = flow({"id": "a", "type": "send-email", "links": {"next": None}})
    after = change(
        bare,
        "a",
        ("data", "message", "custom_tracking_params", 0),
        {"param": "utm_term", "value": "x"},
    )
    assert after.action("a").to_json()["data"] == {
        "message": {"custom_tracking_params": [{"param": "utm_term", "value": "x"}]}
    }


@pytest.mark.parametrize("value", ["soon", "3", None, True])
def test_a_value_of_the_wrong_kind_is_refused_with_its_place(value: object) -> None:
    shown = {"soon": "the text “soon”", "3": "the text “3”", None: "null", True: "true"}[value]
    with pytest.raises(BadValueError) as caught:
        change(DIAMOND, "end", ("data", "value"), value)
    assert caught.value.problems == (
        Problem(
            code="D06",
            severity="error",
            where="$.actions[3].data.value",
            text=f"“value” must be a whole number, but it is {shown}.",
        ),
    )


@pytest.mark.parametrize("path", [(), ("id",), ("type",)])
def test_the_identity_of_a_step_stays(path: tuple[str, ...]) -> None:
    with pytest.raises(ImpossibleEditError, match="cannot be changed"):
        change(DIAMOND, "end", path, "x")


def test_a_link_cannot_be_changed_to_a_step_that_is_not_there() -> None:
    with pytest.raises(ImpossibleEditError, match="no step “gone”"):
        change(DIAMOND, "end", ("links", "next"), "gone")


def test_a_new_path_stands_before_everyone_else() -> None:
    after = add_branch(flow(paths("p", None, None)), "p", "VIPs")
    assert [(way.name, way.label) for way in after.action("p").ways()] == [
        ("path-1", "Path 1"),
        ("path-2", "VIPs"),
        ("else", "Everyone else"),
    ]


def test_a_removed_path_takes_along_what_only_it_led_to() -> None:
    before = flow(paths("p", "a", "b"), email("a", "c"), email("b", "c"), email("c"))
    assert chain(remove_branch(before, "p", "path-1")) == ["p", "b", "c"]
    with pytest.raises(ImpossibleEditError, match="everyone else"):
        remove_branch(before, "p", "else")


def test_a_split_has_twenty_paths_at_most() -> None:
    full = flow(paths("p", *[None] * 20))
    with pytest.raises(ImpossibleEditError, match="at most 20"):
        add_branch(full, "p")


def test_fields_of_the_flow_change() -> None:
    after = set_trigger(rename(DIAMOND, " Winback "), ListTrigger(id="Newsletter"))
    after = set_template(set_field(after, ("names", "T1"), "Orders"), "t", Template(html="x"))
    assert (after.name, after.trigger, after.names) == (
        "Winback",
        ListTrigger(id="Newsletter"),
        {"T1": "Orders"},
    )
    assert after.templates == {"t": Template(html="x")}
    with pytest.raises(BadValueError):
        set_field(after, ("status",), "asleep")


def test_a_step_that_is_not_there_is_named() -> None:
    with pytest.raises(UnknownActionError, match="“gone”"):
        remove(DIAMOND, "gone")


@pytest.mark.parametrize("kind", TYPES)
def test_every_type_can_be_made_and_read_again(kind: str) -> None:
    before = new_flow("One step")
    after = insert(before, new_action(kind, before), ENTRANCE)
    assert read(dump(after)).problems == ()
    assert read(dump(after)).flow == after


def test_an_id_is_named_renamed_and_left_without_a_name() -> None:
    named = name_id(DIAMOND, "T9sNn9", " Placed Order ")
    again = name_id(named, "T9sNn9", "Order")

    assert [of.names for of in (named, again, name_id(again, "T9sNn9", " "))] == [
        {"T9sNn9": "Placed Order"},
        {"T9sNn9": "Order"},
        {},
    ]
