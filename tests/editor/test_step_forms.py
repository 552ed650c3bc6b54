"""Forms of notifications, alerts, services and code write what a person says."""

from __future__ import annotations

from typing import Any

import pytest
from nicegui import ui
from nicegui.testing import User

from editor.form_checks import is_address
from editor.forms import FormField, form_fields, is_shown
from editor.hierarchy_controls import items_of, rows_of
from editor.inspector import Inspector
from editor.push_controls import buttons_of, with_badge
from editor.service_controls import address_fault, first_service
from editor.session import EditorSession
from editor.shares import percents
from editor.stub_rows import fault_of, outputs_of
from editor.stub_rows import rows_of as stub_rows_of
from flows.actions.send_mobile_push import SendMobilePush
from flows.document import Flow
from flows.edits import ENTRANCE, insert, new_action, new_flow
from flows.klaviyo import to_klaviyo

OUTPUTS: dict[str, Any] = {
    "tier": "gold",
    "score": 3,
    "vip": True,
    "tags": ["a", "b"],
    "raw": {"deep": 1},
}


def test_outputs_are_rows_of_a_type_and_come_back_as_they_were() -> None:
    rows = stub_rows_of(OUTPUTS)

    assert [row["kind"] for row in rows] == ["string", "numeric", "boolean", "list", "kept"]
    assert outputs_of(rows) == OUTPUTS


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([], ""),
        ([{"name": "a", "kind": "string", "value": "x"}], ""),
        ([{"name": "", "kind": "string", "value": ""}], ""),
        ([{"name": "", "kind": "string", "value": "x"}], "Give each output a name."),
        (
            [
                {"name": "a", "kind": "string", "value": "x"},
                {"name": "a", "kind": "numeric", "value": 1},
            ],
            "“a” stands there twice.",
        ),
    ],
)
def test_outputs_have_a_name_each_and_none_twice(rows: list[dict[str, Any]], said: str) -> None:
    assert fault_of(rows) == said


def test_a_service_begins_with_what_it_must_say() -> None:
    assert first_service("schedule-report") == {
        "service_method_type": "schedule-report",
        "report_id": "",
    }
    assert first_service("unknown") == {"service_method_type": "unknown"}


def test_a_badge_begins_with_what_it_must_say() -> None:
    assert with_badge("increment_one") == {"badge_config": "increment_one"}
    assert with_badge("set_count") == {"badge_config": "set_count", "value": "1"}
    assert with_badge("set_property") == {"badge_config": "set_property", "set_from_property": ""}


def test_buttons_are_written_without_what_only_the_form_knows() -> None:
    rows = [{"label": "Shop", "action_type": "open_app", "kind": "open_app"}]

    assert buttons_of(rows) == [{"label": "Shop", "action_type": "open_app"}]


def test_forms_of_a_text_come_back_as_they_were() -> None:
    items = ["RCS", {"message_format": "SMS", "message": "Hi", "image": None}]

    assert items_of(rows_of(items)) == items


@pytest.mark.parametrize(
    ("held", "said"),
    [
        ([], ""),
        (["a@example.com"], ""),
        (["a@example.com", "nobody"], "“nobody” is not an email address."),
        ([f"p{i}@example.com" for i in range(6)], "An alert goes to 5 people at most."),
    ],
)
def test_an_alert_goes_to_few_and_good_addresses(held: list[str], said: str) -> None:
    assert address_fault(held) == said


def test_a_template_may_give_an_address() -> None:
    assert (is_address("{{ person.owner }}"), is_address("owner")) == (True, False)


def test_shares_are_read_by_place_too() -> None:
    assert percents({"0": 30, "1": 70}, ["a", "b"]) == [30, 70]


def asked(name: str) -> FormField:
    return next(one for one in form_fields(SendMobilePush) if one.path[-1] == name)


@pytest.mark.parametrize(
    ("name", "message", "shown"),
    [
        ("badge_options", {}, False),
        ("badge_options", {"badge": True}, True),
        ("web_url", {}, False),
        ("web_url", {"on_open": "home"}, False),
        ("ios_link", {"on_open": "link"}, True),
        ("sound", {}, True),
    ],
)
def test_a_notification_is_asked_only_for_what_makes_sense(
    name: str, message: dict[str, Any], shown: bool
) -> None:
    assert is_shown(asked(name), {"data": {"message": message}}) == shown


async def selected(user: User, kind: str) -> EditorSession:
    """A page with the form of one new step."""
    start = new_flow("Form")
    session = EditorSession(insert(start, new_action(kind, start), ENTRANCE))

    @ui.page("/")
    def page() -> None:
        session.subscribe(Inspector(session, account_zone="UTC").on_session)

    await user.open("/")
    session.select(session.flow.actions[0].key)
    return session


async def test_a_person_says_what_code_gives(user: User) -> None:
    session = await selected(user, "code")
    await user.should_see("Everyone gets")

    user.find("Add an output").click()
    user.find("Name").type("tier")
    user.find("Value").type("gold")

    key = session.flow.actions[0].key
    assert session.flow.stubs[key].outputs == {"tier": "gold"}
    assert "gold" not in str(to_klaviyo(session.flow))


async def test_a_case_has_conditions_and_outputs_of_its_own(user: User) -> None:
    session = await selected(user, "code")

    user.find("Add a case").click()
    await user.should_see("Everyone else gets")

    key = session.flow.actions[0].key
    assert session.flow.stubs[key].to_json() == {
        "cases": [{"when": {"condition_groups": []}, "outputs": {}}]
    }

    session.undo()
    await user.should_not_see("Everyone else gets")


async def test_who_gets_an_alert_is_told_off_for_odd_addresses(user: User) -> None:
    session = await selected(user, "send-internal-alert")

    assert isinstance(session.flow, Flow)
    await user.should_see("Up to five of your own people; each must have agreed.")
