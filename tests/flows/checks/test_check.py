"""The whole of the rules: parts, real flows, and any flow at all."""

import ast
import re
from pathlib import Path

from findings import findings, problem
from flow_strategies import definitions, flows
from hypothesis import given
from real_flows import real_flows
from small_flows import delay, email, flow

from flows import checks as rules
from flows.checks import RULES, check
from flows.checks.parts import (
    no_first_step,
    not_simulated_yet,
    nothing_to_start,
    part_problems,
    what_starts_nothing,
)
from flows.document import Flow
from flows.klaviyo import from_klaviyo
from flows.loading import read


def test_parts_tell_what_is_wrong_with_themselves() -> None:
    bare = flow(email("a") | {"data": {"message": None}}, triggers=[{"type": "list"}])
    assert findings(part_problems, bare) == [
        problem(
            "error R01",
            "$.triggers[0].id",
            "The trigger names no list, so nobody can enter.",
            "Choose the list whose joining starts the flow.",
        ),
        problem(
            "error R02",
            "$.actions[0].data.message",
            "The step has no message, so everybody is skipped as Unconfigured.",
            "Write the message or remove the step.",
            action_id="a",
        ),
    ]
    assert findings(part_problems, flow(email("a"))) == []


def test_a_flow_needs_a_trigger_and_a_first_step() -> None:
    bare = flow(email("a"), entry=None, triggers=[])
    assert findings(nothing_to_start, bare) == [
        problem("error R08", "$.triggers", "Nothing starts this flow.", "Choose a trigger."),
    ]
    assert findings(no_first_step, bare) == [
        problem(
            "warning R09",
            "$.entry_action_id",
            "The flow has no first step, so whoever enters leaves at once.",
            "Link the start to a step.",
        ),
    ]
    assert findings(nothing_to_start, flow(email("a"))) == []
    assert findings(no_first_step, flow(email("a"))) == []


def test_a_date_trigger_needs_a_property_and_a_time_of_day() -> None:
    trigger = {
        "type": "date",
        "date_field_type": "profile-property",
        "date_profile_property": "",
        "trigger_time": "25:99",
    }
    assert findings(part_problems, flow(email("a"), triggers=[trigger])) == [
        problem(
            "error R01",
            "$.triggers[0].date_profile_property",
            "The trigger names no date, so nobody can enter.",
            "Choose the property whose date starts the flow.",
        ),
        problem(
            "error T02",
            "$.triggers[0].trigger_time",
            "“25:99” is no time of day.",
            "Write it as HH:MM, for example 09:30.",
        ),
    ]


def test_what_people_do_with_emails_starts_no_flow() -> None:
    def started_by(metric: str) -> Flow:
        trigger = {"type": "metric", "id": metric}
        return flow(email("a"), triggers=[trigger], names={"OPEN": "Opened Email"})

    assert findings(what_starts_nothing, started_by("OPEN")) == [
        problem(
            "error R10",
            "$.triggers[0].id",
            "“Opened Email” starts no flow, so nobody can enter.",
            "Start the flow by what people do, and ask about emails in a split.",
        )
    ]
    assert findings(what_starts_nothing, started_by("Placed Order")) == []


def test_types_that_are_not_simulated_are_named() -> None:
    foreign = flow(
        {"id": "a", "type": "send-rocket", "links": {"next": None}},
        triggers=[{"type": "full-moon"}],
    )
    assert findings(not_simulated_yet, foreign) == [
        problem(
            "warning X01",
            "$.triggers[0]",
            "The trigger type “full-moon” is not simulated yet: it is kept as it is, and nobody "
            "enters by it.",
            "To rehearse the flow, choose one of the triggers that are known here.",
        ),
        problem(
            "warning X01",
            "$.actions[0]",
            "The action type “send-rocket” is not simulated yet: it is kept as it is, and people "
            "pass through.",
            "Read the simulated numbers with this in mind.",
            action_id="a",
        ),
    ]
    assert findings(not_simulated_yet, flow(delay("a"))) == []


def test_a_zone_is_found_once() -> None:
    lost = flow(delay("a", "b", timezone="Mars"), email("b"))
    assert [found.code for found in check(lost)] == ["L25"]


def test_every_function_of_a_family_that_finds_problems_is_a_listed_rule() -> None:
    folder = Path(rules.__file__).parent
    written = {
        node.name
        for file in folder.glob("*.py")
        for node in ast.parse(file.read_text()).body
        if isinstance(node, ast.FunctionDef)
        and re.match(r"[A-Z]\d\d|R, F", ast.get_docstring(node) or "")
    }
    assert written == {rule.__name__ for rule in RULES}


@real_flows
def test_real_flows_are_checked(file: Path) -> None:
    loaded = read(file.read_text())
    assert loaded.flow is not None
    found = check(loaded.flow)
    assert len(found) == len(set(found))
    assert all(one.action_id is None or one.action_id in loaded.flow.by_id for one in found)


@given(flows())
def test_any_flow_can_be_checked(generated: Flow) -> None:
    for one in check(generated):
        assert one.where.startswith("$")
        assert one.text.endswith(".")


@given(definitions().map(from_klaviyo))
def test_any_definition_can_be_checked(generated: Flow) -> None:
    assert all(one.severity in {"error", "warning", "hint"} for one in check(generated))
