"""Rules about the shape of a flow, and about tests."""

from typing import Any

from findings import findings, problem
from small_flows import Json, delay, email, flow, paths, split

from flows.checks.experiments import lopsided_tests
from flows.checks.structure import (
    broken_links,
    endless_loops,
    identical_branches,
    large_flows,
    pointless_ends,
    same_names,
    unreachable_steps,
)

SOUND = flow(split("s", "a", "b"), email("a", name="A"), email("b", subject_line="Other", name="B"))


def test_a_step_that_no_path_leads_to_is_never_reached() -> None:
    lost = flow(email("a"), email("lost", name="Lost"))
    assert findings(unreachable_steps, lost) == [
        problem(
            "error L01",
            "$.actions[1]",
            "Email “Lost” is never reached: no path from the start leads here.",
            "Link it to a path, or remove it.",
            action_id="lost",
        )
    ]
    assert findings(unreachable_steps, SOUND) == []


def test_a_link_to_a_missing_step_loses_people() -> None:
    broken = flow(split("s", "gone", None), paths("p", "lost", None))
    assert findings(broken_links, broken) == [
        problem(
            "error L02",
            "$.actions[0].links.next_if_true",
            "The YES path of Conditional split s leads to “gone”, a step that does not exist, "
            "so people leave the flow here.",
            "Link it to a step of the flow, or let the path end here.",
            action_id="s",
        ),
        problem(
            "error L02",
            "$.actions[1].data.branches[0].links.next",
            "The Path 1 path of Multi split p leads to “lost”, a step that does not exist, "
            "so people leave the flow here.",
            "Link it to a step of the flow, or let the path end here.",
            action_id="p",
        ),
    ]
    assert findings(broken_links, SOUND) == []


def test_a_loop_goes_on_again_and_again() -> None:
    fix = "Let the last of them lead on or end; re-entry brings people back."
    assert findings(endless_loops, flow(email("a", "b"), email("b", "a"))) == [
        problem(
            "error L04",
            "$.actions[0]",
            "2 steps from Email a on lead back to themselves: whoever arrives goes through them "
            "again and again without a pause.",
            fix,
            action_id="a",
        )
    ]
    assert findings(endless_loops, flow(email("a", "a"))) == [
        problem("error L04", "$.actions[0]", "Email a leads back to itself.", fix, action_id="a")
    ]
    assert findings(endless_loops, SOUND) == []


def test_a_flow_that_ends_in_a_delay_or_a_bare_split_ends_in_vain() -> None:
    vain = flow(split("s", "d", "t"), delay("d"), split("t", None, None))
    fix = "Add what should follow, or remove it."
    assert findings(pointless_ends, vain) == [
        problem(
            "warning L05",
            "$.actions[1]",
            "Time delay d is the last step: people wait for nothing.",
            fix,
            action_id="d",
        ),
        problem(
            "warning L05",
            "$.actions[2]",
            "Conditional split t parts people, but nothing follows on any path.",
            fix,
            action_id="t",
        ),
    ]
    assert findings(pointless_ends, SOUND) == []


def test_paths_that_do_the_same_part_nobody() -> None:
    twins = flow(split("s", "a", "b"), email("a", "c"), email("b", "d"), delay("c"), delay("d"))
    assert findings(identical_branches, twins) == [
        problem(
            "warning L07",
            "$.actions[0]",
            "All paths of Conditional split s do the same, so it parts nobody.",
            "Change one of the paths, or remove the split.",
            action_id="s",
        )
    ]
    assert findings(identical_branches, SOUND) == []


def test_very_large_flows_are_hard_to_oversee() -> None:
    steps = [delay(f"a{i}", f"a{i + 1}", value=2) for i in range(51)]
    large = flow(*steps, email("a51"))
    fix = "Split it into several flows if its parts can stand alone."
    assert findings(large_flows, large) == [
        problem(
            "hint L08",
            "$.actions",
            "The flow has 52 steps; flows are easier to oversee with at most 50.",
            fix,
        ),
        problem(
            "hint L08",
            "$.actions",
            "The longest path takes 102 days; flows are easier to oversee with at most 91.",
            fix,
        ),
    ]
    assert findings(large_flows, SOUND) == []


def test_two_steps_of_one_name_are_hard_to_tell_apart() -> None:
    same = flow(email("a", "b", name="Hello"), email("b", name="Hello"))
    assert findings(same_names, same) == [
        problem(
            "hint L44",
            "$.actions[1]",
            "Two steps are called “Hello”: reports cannot tell them apart.",
            "Give each a name of its own.",
            action_id="b",
        )
    ]
    assert findings(same_names, SOUND) == []


def experiment_of(shares: dict[str, Any], *names: str, empty: bool = False) -> Json:
    versions = [email(name) | ({"data": {"message": None}} if empty else {}) for name in names]
    experiment = {"variations": versions, "allocations": shares}
    data = {"main_action": email("main"), "current_experiment": experiment}
    return {"id": "t", "type": "ab-test", "data": data, "links": {"next": None}}


PLACE = "$.actions[0].data.current_experiment"


def test_a_test_needs_two_versions_with_shares_that_add_up() -> None:
    for shares in ({"a": 50, "b": 50}, {"a": 0.4, "b": 0.6}):
        assert findings(lopsided_tests, flow(experiment_of(shares, "a", "b"))) == []
    assert findings(lopsided_tests, flow(experiment_of({"a": 50, "b": 30}, "a", "b"))) == [
        problem(
            "error L06",
            f"{PLACE}.allocations",
            "A/B test t has shares that add up to 80.",
            "Let the shares add up to 100 percent.",
            action_id="t",
        )
    ]
    assert findings(lopsided_tests, flow(experiment_of({}, "a"))) == [
        problem(
            "error L06",
            f"{PLACE}.variations",
            "A/B test t tests only one version.",
            "Add a version, or end the test.",
            action_id="t",
        )
    ]


def test_a_version_without_a_message_or_without_people_is_found() -> None:
    lone = flow(experiment_of({"a": 0, "b": 100}, "a", "b", empty=True))
    assert [(found.where, found.text) for found in findings(lopsided_tests, lone)] == [
        (f"{PLACE}.variations[0]", "A/B test t has an empty version 1."),
        (f"{PLACE}.variations[1]", "A/B test t has an empty version 2."),
        (f"{PLACE}.allocations", "A/B test t has a version that nobody gets."),
    ]
