"""The sample flows stand on their own: whole, written as the tools write, fit to be sent."""

import re

import pytest

from flows.actions.ab_test import AbTest
from flows.actions.messages import Email, Sms
from flows.actions.send_email import SendEmail
from flows.actions.send_sms import SendSms
from flows.document import Flow, dump
from flows.templates import Occasion, render, variables
from sample_flows import ORDER, samples, text

FLOWS = samples()
TYPES = {
    "back-in-stock-delay",
    "ab-test",
    "conditional-split",
    "list-update",
    "multi-branch-split",
    "send-email",
    "send-sms",
    "target-date",
    "time-delay",
    "trigger-split",
    "update-profile",
}
PERSON = {"first_name": "Renée", "email": "renee@example.com", "phone_number": "+15550100"}
EVENT = {
    "$value": 96.5,
    "Items": ["Assam Harbour", "Smoke & Pine"],
    "ItemCount": 2,
    "Categories": ["Black tea"],
    "CheckoutURL": "https://www.juniperandslate.example/checkout/1?a=b&c=d",
    "OrderId": "10042",
    "ProductName": "Yunnan Gold",
    "Price": 18.0,
    "OldPrice": 24.0,
    "Inventory": 7,
    "URL": "https://www.juniperandslate.example/yunnan-gold",
}


def messages(flow: Flow) -> list[Email | Sms]:
    """Every message of a flow, the versions of an A/B test included."""
    sends: list[SendEmail | SendSms] = []
    for action in flow.actions:
        if isinstance(action, AbTest):
            sends.append(action.data.main_action)
            sends += (
                action.data.current_experiment.variations if action.data.current_experiment else ()
            )
        elif isinstance(action, SendEmail | SendSms):
            sends.append(action)
    return [send.data.message for send in sends if send.data and send.data.message]


def sources(flow: Flow) -> list[str]:
    """Every text of a flow that may hold tags."""
    texts = [template.html for template in flow.templates.values()]
    for message in messages(flow):
        if isinstance(message, Email):
            texts += [message.subject_line or "", message.preview_text or ""]
        else:
            texts.append(message.body)
    return texts


each_flow = pytest.mark.parametrize("flow", FLOWS, ids=ORDER)


@each_flow
def test_a_sample_is_written_as_the_tools_write_it(flow: Flow) -> None:
    assert dump(flow) == text(flow.id)


@each_flow
def test_every_link_of_a_sample_leads_to_a_step_and_every_step_is_known(flow: Flow) -> None:
    targets = {way.target for action in flow.actions for way in action.ways() if way.target}
    targets.add(flow.entry_action_id or "")
    assert targets == set(flow.by_id)
    assert [action.key for action in flow.actions if not action.known] == []


@each_flow
def test_every_email_of_a_sample_has_its_template_and_every_template_its_email(flow: Flow) -> None:
    used = {message.template_id for message in messages(flow) if isinstance(message, Email)}
    assert used == set(flow.templates)


@each_flow
@pytest.mark.parametrize(
    "context", [{**PERSON, "person": PERSON, "event": EVENT}, {}], ids=["somebody", "nobody known"]
)
def test_every_text_reads_well_for_anybody(flow: Flow, context: dict[str, object]) -> None:
    for source in sources(flow):
        made = render(source, context, html=source.startswith("<"), occasion=Occasion())
        assert not re.search(
            r"\{\{|\{%|%\}|\}\}(?!\s*[@.#<}])|None|\bnan\b", made.split("</style>")[-1]
        )
        assert made.strip()


@each_flow
def test_no_text_of_a_sample_names_a_value_without_a_way_around_it(flow: Flow) -> None:
    bare = {v.path for source in sources(flow) for v in variables(source) if not v.guarded}
    assert bare == set()


@each_flow
def test_every_mail_can_be_unsubscribed_from_and_describes_its_pictures(flow: Flow) -> None:
    for template in flow.templates.values():
        assert "{% unsubscribe" in template.html
        assert "{{ organization.full_address" in template.html
        assert 'lang="en"' in template.html
        assert template.html.count("<img") + template.html.count(
            "<mj-image"
        ) == template.html.count('alt="')


def test_together_the_samples_show_every_kind_of_step() -> None:
    assert {action.type for flow in FLOWS for action in flow.actions} == TYPES
