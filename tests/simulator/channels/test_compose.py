"""A message of a flow for one person, down to its headers, links and parts."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.document import Flow
from flows.templates import TemplateProblemError
from sample_flows import samples
from simulator.channels.account import Account
from simulator.channels.compose import compose, compose_email, compose_sms
from simulator.channels.errors import (
    HeaderInjectionError,
    InvalidAddressError,
    NoAddressError,
    NoMessageError,
)
from simulator.channels.outgoing import OutgoingEmail
from simulator.contexts import MessageContext

ACCOUNT = Account(name="Juniper", from_email="tea@juniper.example", link_base="https://j.example/")


def one_email(html: str = "<p>Hi</p>", *, text: str | None = None, **message: Any) -> Flow:
    """A flow of one email."""
    fields = {"subject_line": "Hello", "template_id": "t", **message}
    return Flow.model_validate(
        {
            "id": "f",
            "name": "Welcome & more",
            "actions": [{"type": "send-email", "id": "a", "data": {"message": fields}}],
            "templates": {"t": {"name": "T", "html": html, "text": text}},
        }
    )


def context(action: str = "a", **more: Any) -> MessageContext:
    fields: dict[str, Any] = {
        "flow_id": "f",
        "action_id": action,
        "variation": None,
        "channel": "email",
        "at": datetime(2026, 7, 1, 2, 0, tzinfo=UTC),
        "visit": 1,
        "profile_id": "p1",
        "person": {"email": "ann@example.com", "first_name": "Ann"},
        "event": {},
    }
    return MessageContext(**{**fields, **more})


def test_the_message_id_is_the_same_for_one_hand_over_and_no_other() -> None:
    flow = one_email()
    ids = [
        compose_email(flow, made, ACCOUNT, run=run).message_id
        for made, run in [
            (context(), "r1"),
            (context(), "r1"),
            (context(), "r2"),
            (context(visit=2), "r1"),
            (context(profile_id="p2"), "r1"),
        ]
    ]
    assert ids[0] == ids[1]
    assert len(set(ids)) == 4
    assert ids[0].endswith("@juniper.example>")


def test_the_sender_is_the_messages_own_else_the_accounts() -> None:
    own = compose_email(
        one_email(from_email="ines@x.example", from_label="Ines"), context(), ACCOUNT
    )
    fallback = compose_email(one_email(), context(), ACCOUNT)
    assert (own.sender.name, own.sender.spec) == ("Ines", "ines@x.example")
    assert (fallback.sender.name, fallback.sender.spec) == ("Juniper", "tea@juniper.example")


def test_dates_are_written_in_the_accounts_zone() -> None:
    flow = one_email("<p>{% today '%d %B' %}</p>")
    assert compose_email(flow, context(), ACCOUNT).text == "30 June\n"


def test_a_page_without_a_preheader_gets_the_preview_text_hidden_at_its_top() -> None:
    flow = one_email("<html><body><p>Hi</p></body></html>", preview_text="Tea & {{ first_name }}")
    made = compose_email(flow, context(), ACCOUNT)
    assert made.preview_text == "Tea & Ann"
    assert made.html.startswith('<html><body><div style="display:none')
    assert "Tea &amp; Ann</div><p>Hi</p>" in made.html
    assert made.text == "Hi\n"


def test_links_are_tracked_but_not_those_that_unsubscribe() -> None:
    html = (
        '<a href="https://x.example/a?b=1&amp;utm_source=own#top">a</a>'
        "{% unsubscribe 'leave' %}<a href=\"mailto:a@x.example\">m</a>"
    )
    made = compose_email(one_email(html, add_tracking_params=True), context(), ACCOUNT)
    assert (
        'href="https://x.example/a?b=1&amp;utm_source=own&amp;utm_medium=email'
        '&amp;utm_campaign=Welcome%20%26%20more#top"'
    ) in made.html
    assert 'href="mailto:a@x.example"' in made.html
    assert 'href="https://j.example/unsubscribe/' in made.html
    assert made.html.count("utm_medium") == 1


def test_own_parameters_take_the_place_of_the_accounts() -> None:
    flow = one_email(
        '<a href="https://x.example/">a</a>',
        name="First",
        add_tracking_params=True,
        custom_tracking_params=[{"param": "m", "value": "{message}"}],
    )
    assert 'href="https://x.example/?m=First"' in compose_email(flow, context(), ACCOUNT).html


def test_styles_are_put_into_the_elements_and_media_queries_stay() -> None:
    style = "<style>p{color:red}@media print{p{color:#000}}</style>"
    html = f"<html><head>{style}</head><body><p>x</p></body></html>"
    made = compose_email(one_email(html), context(), ACCOUNT).html
    assert '<p style="color: red;">x</p>' in made
    assert "@media print" in made


def test_mjml_becomes_html_with_its_tags_filled_in() -> None:
    source = (
        "<mjml><mj-body><mj-section><mj-column><mj-text>Hi {{ first_name|default:'you' }}"
        "</mj-text></mj-column></mj-section></mj-body></mjml>"
    )
    made = compose_email(one_email(source), context(), ACCOUNT)
    assert made.html.startswith("<!doctype html>")
    assert made.text == "Hi Ann\n"


@pytest.mark.parametrize(
    "source",
    [
        "<mjml><mj-body>" + "<mj-section>" * 10_000,
        "<mjml><mj-body><mj-section>",
        "<style>p{}</style>" + "<div>" * 5_000,
        "<style>" + "p{}" * 5_000 + "</style>" + "<br>" * 5_000,
    ],
    ids=["deep MJML", "broken MJML", "deep HTML", "costly styles"],
)
def test_pages_that_would_end_the_process_or_take_too_long_are_refused(source: str) -> None:
    with pytest.raises(TemplateProblemError):
        compose_email(one_email(source), context(), ACCOUNT)


def test_a_text_part_of_its_own_is_used_as_it_is() -> None:
    flow = one_email(text="Dear {{ first_name }} & co")
    assert compose_email(flow, context(), ACCOUNT).text == "Dear Ann & co"


def test_a_design_that_lies_elsewhere_is_stood_in_for() -> None:
    made = compose_email(one_email(template_id="XTCs5P"), context(), ACCOUNT)
    assert "template XTCs5P, is not part of the flow" in made.text


def test_the_version_of_an_ab_test_that_was_sent_is_the_one_composed() -> None:
    flow = next(flow for flow in samples() if flow.id == "welcome-series")
    subjects = [
        compose_email(flow, context("test-1-subject", variation=variation), ACCOUNT).subject
        for variation in ("email-1-welcome-a", "email-1-welcome-b", None)
    ]
    assert subjects == [
        "Welcome in. Your first pot is 10% off",
        "Ann, how do you take your tea?",
        "Welcome in. Your first pot is 10% off",
    ]


def test_a_variation_is_named_in_a_header() -> None:
    flow = next(flow for flow in samples() if flow.id == "welcome-series")
    made = compose_email(flow, context("test-1-subject", variation="email-1-welcome-b"), ACCOUNT)
    assert ("X-Rehearsal-Variation", "email-1-welcome-b") in made.headers


def test_a_transactional_message_has_no_header_to_unsubscribe() -> None:
    made = compose_email(one_email(transactional=True), context(), ACCOUNT)
    assert "List-Unsubscribe" not in dict(made.headers)


def test_copies_go_out_and_blind_copies_stay_out_of_the_message() -> None:
    flow = one_email(cc_email="c@x.example", bcc_email="b@x.example")
    made = compose_email(flow, context(), ACCOUNT)
    assert [who.spec for who in made.recipients] == [
        "ann@example.com",
        "c@x.example",
        "b@x.example",
    ]
    assert b"c@x.example" in made.raw
    assert b"b@x.example" not in made.raw


@pytest.mark.parametrize(
    ("person", "error"),
    [
        ({}, NoAddressError),
        ({"email": "not an address"}, InvalidAddressError),
        ({"email": "a@b.example\nBcc: x@y.example"}, InvalidAddressError),
    ],
)
def test_a_person_who_cannot_be_reached_is_named(
    person: dict[str, Any], error: type[Exception]
) -> None:
    with pytest.raises(error):
        compose_email(one_email(), context(person=person), ACCOUNT)


def test_a_step_without_an_email_is_named() -> None:
    flow = next(flow for flow in samples() if flow.id == "birthday")
    with pytest.raises(NoMessageError, match="split-claimed"):
        compose_email(flow, context("split-claimed"), ACCOUNT)


BREAKS = st.sampled_from(["\r", "\n", "\r\n", "\0", "\v", "\f", "\x85", "\u2028", "\x1c"])


@given(before=st.text(min_size=1, max_size=20), brk=BREAKS, after=st.text(min_size=1, max_size=20))
def test_no_value_can_add_a_header(before: str, brk: str, after: str) -> None:
    value = f"x{before}{brk}{after}x"
    flow = one_email(subject_line="Hi {{ person.note }}")
    with pytest.raises(HeaderInjectionError):
        compose_email(flow, context(person={"email": "a@b.example", "note": value}), ACCOUNT)
    named = compose_email(
        one_email(), context(person={"email": "a@b.example", "first_name": value}), ACCOUNT
    )
    with pytest.raises(HeaderInjectionError):
        bytes(named.raw)


@given(st.text(max_size=40))
def test_no_id_can_add_a_header(profile: str) -> None:
    made = compose_email(one_email(), context(profile_id=profile), ACCOUNT, run="r")
    try:
        head = made.raw.partition(b"\r\n\r\n")[0]
    except HeaderInjectionError:
        return
    names = [line.partition(b":")[0] for line in head.split(b"\r\n") if line[:1] not in b" \t"]
    assert names.count(b"X-Rehearsal-Profile") == bool(profile)
    assert len(names) == len(set(names))


def test_a_text_message_has_its_prefix_and_its_way_out() -> None:
    flow = next(flow for flow in samples() if flow.id == "abandoned-checkout")
    person = {"phone_number": "+15550100", "first_name": "Ann"}
    made = compose(flow, context("sms-1-nudge", channel="sms", person=person), ACCOUNT)
    assert not isinstance(made, OutgoingEmail)
    assert (made.to, made.encoding, made.segments) == ("+15550100", "GSM-7", 1)
    assert made.body == (
        "Juniper: Your basket is waiting, Ann. Pick up where you left off: "
        "https://www.juniperandslate.example/checkout\nReply STOP to opt out"
    )


def test_a_text_message_needs_a_phone_number() -> None:
    flow = next(flow for flow in samples() if flow.id == "birthday")
    with pytest.raises(NoAddressError, match="phone number"):
        compose_sms(flow, context("sms-1-happy-birthday"), ACCOUNT)


@pytest.mark.parametrize("flow", samples(), ids=lambda flow: flow.id)
def test_every_message_of_the_samples_can_be_composed(flow: Flow) -> None:
    person = {"email": "ann@example.com", "phone_number": "+15550100"}
    for action in flow.actions:
        if action.type in {"send-email", "send-sms", "ab-test"}:
            channel = "sms" if action.type == "send-sms" else "email"
            made = compose(flow, context(action.key, channel=channel, person=person), ACCOUNT)
            size = len(made.raw) if isinstance(made, OutgoingEmail) else made.segments
            assert 0 < size < 102_000
