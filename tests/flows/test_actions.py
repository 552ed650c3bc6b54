"""Every type of step: what its card says, where its ways lead, what it needs, why it decided."""

from __future__ import annotations

from typing import Any

import pytest
from fake_scene import scene
from flow_strategies import DATA, action_documents
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter
from small_flows import Json, has, one_group

from flows.actions import ACTIONS, Action, AnyAction, OpaqueAction
from flows.conditions.base import Names, Need

READ: TypeAdapter[Action] = TypeAdapter(AnyAction)
NAMES = Names({"LIST": "Newsletter", "M": "Placed Order"})
GOLD = one_group(has("properties['tier']", "equals", "gold"))
WORTH = one_group(
    {
        "type": "metric-property",
        "metric_id": "M",
        "field": "$value",
        "filter": {"type": "numeric", "operator": "greater-than", "value": 50},
    }
)


def made(kind: str, links: Json | None = None, **data: Any) -> Action:
    return READ.validate_python({"id": "x", "type": kind, "data": data, "links": links})


def operations(*several: Json) -> Action:
    return made("update-profile", profile_operations=list(several), status="live")


def put(key: str, value: Any, kind: str = "string", **more: Any) -> Json:
    head = {"operator": "update", "property_key": key, "property_type": kind}
    return head | {"property_value": value} | more


VERSION: Json = {"id": "a", "type": "send-email", "data": {"message": {"subject_line": "A"}}}
PUSH: Json = {"type": "send-mobile-push", "data": {"message": {"title": "Sale", "body": "x"}}}
ALERT: Json = {
    "from_email": None,
    "from_label": None,
    "to_emails": ["a@x.example"],
    "subject_line": "Refund",
}
SCORE = one_group(
    {
        "type": "action-output",
        "output_config_id": 1,
        "field": "score",
        "filter": {"type": "numeric", "operator": "greater-than", "value": 50},
    }
)
TWO = {"variations": [VERSION, VERSION | {"id": "b"}]}
SENTENCES = [
    (made("send-email", message={"subject_line": "Hi", "name": "one"}), "Hi"),
    (made("send-email", message={"name": "one"}), "one"),
    (made("send-email"), "No message yet"),
    (READ.validate_python({"type": "send-email"}), "No message yet"),
    (made("send-sms", message={"body": "Hello"}), "Hello"),
    (made("send-sms", message={"body": "", "name": "two"}), "two"),
    (made("send-sms"), "No message yet"),
    (made("send-webhook", message={"name": "Stock", "url": "https://x.example"}), "Stock"),
    (made("send-webhook", message={"url": "https://x.example"}), "https://x.example"),
    (made("send-webhook", message={}), "No address yet"),
    (made("ab-test", main_action=VERSION), "A"),
    (
        made("ab-test", main_action=VERSION, experiment_status="live", current_experiment=TWO),
        "2 versions of one message",
    ),
    (made("send-mobile-push", message={"title": "Sale", "body": "Today"}), "Sale"),
    (made("send-mobile-push", message={"body": "Today"}), "Today"),
    (made("send-mobile-push"), "No message yet"),
    (made("send-whatsapp", message={"name": "Hello", "vendor_id": "42"}), "Hello"),
    (made("send-whatsapp", message={"vendor_id": "42"}), "Template 42"),
    (made("send-whatsapp", message={}), "No template yet"),
    (made("send-whatsapp"), "No message yet"),
    (made("send-internal-alert", message=ALERT), "Refund to a@x.example"),
    (made("send-internal-alert", message=ALERT | {"to_emails": []}), "Refund"),
    (READ.validate_python({"type": "send-internal-alert"}), "No message yet"),
    (made("content-experiment", main_action=PUSH), "Sale"),
    (
        made(
            "content-experiment",
            main_action=PUSH,
            experiment_status="live",
            current_experiment={"variations": [PUSH, PUSH, PUSH]},
        ),
        "3 versions of one message",
    ),
    (made("back-in-stock-delay"), "Wait until the item is back in stock"),
    (made("action-output-split", action_output_filter=SCORE), "the output score is more than 50"),
    (made("action-output-split", action_output_filter=None), "No condition yet: all go YES"),
    (made("code"), "Runs code that is kept elsewhere"),
    (
        made("internal-service", service_configuration={"service_method_type": "track-event"}),
        "Record an event",
    ),
    (made("time-delay", unit="hours", value=1), "Wait 1 hour"),
    (made("countdown-delay", unit="days", value=3), "Wait until 3 days before the date"),
    (made("target-date", target_time="08:30:00"), "Wait for the date, at 08:30 in their zone"),
    (made("conditional-split", profile_filter=GOLD), "tier is “gold”"),
    (made("conditional-split", profile_filter=None), "No condition yet: all go YES"),
    (made("trigger-split", trigger_filter=WORTH), "value is more than 50"),
    (made("trigger-split", trigger_filter=None), "No condition yet: all go YES"),
    (made("multi-branch-split", name="By tier", branches=[]), "By tier"),
    (made("multi-branch-split", branches=[]), "The first that fits of 0 paths"),
    (
        operations(
            put("tier", "gold"),
            put("properties['tags']", "vip", "list", property_operation="add"),
            put("tags", "new", "list", property_operation="remove"),
            {"operator": "delete", "property_key": 'properties["old"]'},
        ),
        "Set tier to gold; Add vip to tags; Take new out of tags; Remove old",
    ),
    (operations(), "No change yet"),
    (made("list-update", list_id="LIST", on_execution=True), "Add to Newsletter"),
    (made("list-update", list_id="LIST", on_execution=False), "Remove from Newsletter"),
    (made("list-update", name="VIPs", list_id="LIST"), "VIPs"),
    (made("list-update"), "No list chosen yet"),
    (made("send-rocket"), "Kept as it is; people pass through."),
]


@pytest.mark.parametrize(
    ("action", "sentence"), SENTENCES, ids=lambda one: getattr(one, "type", "")
)
def test_a_card_says_what_the_step_does(action: Action, sentence: str) -> None:
    assert action.sentence(NAMES) == sentence


def test_every_type_has_a_sentence_here_a_face_and_generated_documents() -> None:
    known = {str(kind.model_fields["type"].default) for kind in ACTIONS}
    assert known == set(DATA)
    assert known == {action.type for action, _ in SENTENCES if action.known}
    assert len({kind.face.label for kind in ACTIONS}) == len(ACTIONS)


opaque = st.fixed_dictionaries(
    {"id": st.just("x"), "type": st.just("send-rocket"), "data": st.just({"fuel": 1})},
    optional={
        "links": st.sampled_from(
            [None, {"next": None}, {"next_if_true": "a", "next_if_false": None}, {"other": "b"}]
        )
    },
)
any_action = (action_documents("x") | opaque).map(READ.validate_python)
targets = st.none() | st.sampled_from(["p", "q"])


@given(any_action, st.data())
def test_a_way_led_elsewhere_leads_there_and_nothing_else_changes(
    action: Action, data: st.DataObject
) -> None:
    way = data.draw(st.sampled_from(action.ways()))
    target = data.draw(targets)
    led = action.with_way(way.name, target)
    assert [(one.name, one.target) for one in led.ways()] == [
        (one.name, target if one.name == way.name else one.target) for one in action.ways()
    ]
    back = led.with_way(way.name, way.target)
    assert back.ways() == action.ways()
    assert type(led) is type(action)
    assert _without_links(led.to_json()) == _without_links(action.to_json())


@pytest.mark.parametrize(
    ("action", "way"),
    [
        (made("time-delay", {"next": None, "note": "x"}, value=1), "next"),
        (made("conditional-split", {"next_if_true": "a", "note": "x"}), "false"),
        (made("send-rocket", {"next": None, "note": 1}), "next"),
    ],
    ids=lambda one: getattr(one, "type", ""),
)
def test_what_else_stands_in_links_stays_there(action: Action, way: str) -> None:
    before = action.to_json()["links"]
    key = "next" if way == "next" else f"next_if_{way}"
    assert action.with_way(way, "p").to_json()["links"] == before | {key: "p"}


def _without_links(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_links(held) for key, held in value.items() if key != "links"}
    return [_without_links(held) for held in value] if isinstance(value, list) else value


@given(any_action)
def test_ways_have_names_of_their_own_and_no_others_can_be_led(action: Action) -> None:
    names = [way.name for way in action.ways()]
    assert len(set(names)) == len(names)
    assert names
    with pytest.raises(KeyError):
        action.with_way("nowhere", "p")


@given(any_action)
def test_a_step_is_written_as_it_was_read(action: Action) -> None:
    assert READ.validate_python(action.to_json()) == action


def test_an_unknown_step_lets_people_pass_by_its_first_link_that_leads_on() -> None:
    links = {"next_if_true": None, "next_if_false": "b"}
    step = made("send-rocket", links).advance(scene(size=2))
    assert (step.way.tolist(), step.leave_at.tolist()) == ([1, 1], scene(size=2).now.tolist())
    unlinked = READ.validate_python({"id": "x", "type": "send-rocket"})
    assert isinstance(unlinked, OpaqueAction)
    assert [(way.name, way.target) for way in unlinked.ways()] == [("next", None)]


NEEDS = [
    (made("send-email", message={"additional_filters": GOLD}), [("property", "tier", ("gold",))]),
    (made("send-sms", message={"body": "x"}), []),
    (made("conditional-split", profile_filter=GOLD), [("property", "tier", ("gold",))]),
    (made("trigger-split", trigger_filter=WORTH), [("event-property", "$value", (50,))]),
    (
        made(
            "multi-branch-split",
            branches=[{"branch_id": "a", "branch_filter": GOLD}, {"branch_id": "b"}],
        ),
        [("property", "tier", ("gold",))],
    ),
    (made("list-update", list_id="LIST", on_execution=True), [("list", "LIST", ())]),
    (operations(put("tier", "gold")), []),
    (made("time-delay", value=1), []),
]


@pytest.mark.parametrize(("action", "needs"), NEEDS, ids=lambda one: getattr(one, "type", ""))
def test_a_step_needs_what_its_filters_read(action: Action, needs: list[Any]) -> None:
    found = [(need.kind, need.name, need.values) for need in action.needs()]
    assert [one for one in found if one[0] != "metric"] == needs


def test_what_a_trigger_split_reads_belongs_to_the_start() -> None:
    needs = list(made("trigger-split", trigger_filter=WORTH).needs())
    wanted = Need(
        kind="event-property",
        name="$value",
        metric="M",
        values=(50,),
        value_type="numeric",
        trigger=True,
    )
    assert wanted in needs
