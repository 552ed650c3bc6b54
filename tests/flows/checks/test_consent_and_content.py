"""Rules about consent, law and content."""

import pytest
from findings import findings, problem
from small_flows import Json, delay, email, flow, sms

from flows.checks.consent import no_opt_out_wording, no_way_to_leave, selling_as_transactional
from flows.checks.content import (
    careless_webhooks,
    drafts_in_live_flows,
    unfinished_texts,
    unknown_variables,
)
from flows.checks.tags import misplaced_tags
from flows.document import Flow

LIST: Json = {"type": "list", "id": "Newsletter"}
GOOD = (
    '<p>Hi {{ first_name|default:"you" }}</p><a href="https://shop.com">Shop</a> {% unsubscribe %}'
)


def with_body(html: str, **fields: object) -> Flow:
    """A flow of one email with this body."""
    return flow(email("a", template_id="T"), templates={"T": {"html": html}}, **fields)


def hook(**message: object) -> Flow:
    """A flow of one webhook."""
    data = {"message": {"url": "https://example.com/in", "body": "{}"} | message}
    return flow({"id": "w", "type": "send-webhook", "data": data, "links": {"next": None}})


def test_marketing_needs_a_link_to_unsubscribe() -> None:
    assert findings(no_way_to_leave, with_body("<p>Buy!</p>")) == [
        problem(
            "error L35",
            "$.templates.T.html",
            "Email a is marketing, but its body has no link to unsubscribe.",
            "Put {% unsubscribe %} into the body.",
            action_id="a",
        )
    ]
    receipt = email("a", template_id="T", transactional=True)
    assert findings(no_way_to_leave, flow(receipt, templates={"T": {"html": "Paid"}})) == []
    assert findings(no_way_to_leave, with_body(GOOD)) == []


def test_a_first_text_message_says_how_to_opt_out() -> None:
    silent = sms("s", "t", body="Hello", add_opt_out_language=False)
    assert findings(no_opt_out_wording, flow(silent)) == [
        problem(
            "error L36",
            "$.actions[0].data.message.body",
            "SMS s does not say how to opt out, nor does an SMS before it.",
            "Add the opt-out wording, such as “Reply STOP to opt out”.",
            action_id="s",
        )
    ]
    later = flow(sms("first", "s"), silent)
    assert findings(no_opt_out_wording, later) == []


def test_selling_is_not_transactional() -> None:
    sale = email("a", subject_line="20% off today", transactional=True)
    assert findings(selling_as_transactional, flow(sale)) == [
        problem(
            "error L37",
            "$.actions[0].data.message.transactional",
            "Email a counts as transactional, but it says “20% off”: it would go out past consent "
            "and limits.",
            "Make it a marketing message.",
            action_id="a",
        )
    ]
    receipt = email("a", subject_line="Your receipt", transactional=True)
    assert findings(selling_as_transactional, flow(receipt)) == []
    assert [
        found.text for found in findings(selling_as_transactional, flow(receipt, triggers=[LIST]))
    ] == [
        "Email a counts as transactional, but no event of the person starts this flow: it would "
        "go out past consent and limits."
    ]


def test_messages_use_only_values_that_they_have() -> None:
    body = "{{ event.Total }}\n{{ tier }} {{ first_name }} {{ person.city|default:'x' }}"
    assert findings(unknown_variables, with_body(body, triggers=[LIST])) == [
        problem(
            "error L40",
            "$.templates.T.html",
            "Line 1 of Email a uses {{ event.Total }}, but no event starts this flow.",
            "Use a property of the person, or start the flow by a metric.",
            action_id="a",
        ),
        problem(
            "error L40",
            "$.templates.T.html",
            "Line 2 of Email a uses {{ tier }}, which no message has.",
            "Write it as {{ person.tier }} if it is a property of the person.",
            action_id="a",
        ),
        problem(
            "warning L40",
            "$.templates.T.html",
            "Line 2 of Email a uses {{ first_name }}, which people may lack.",
            'Say what stands there instead: {{ first_name|default:"…" }}.',
            action_id="a",
        ),
    ]
    assert findings(unknown_variables, with_body(GOOD)) == []
    assert findings(unknown_variables, with_body("{{ event.Total }}")) == []


@pytest.mark.parametrize(
    ("html", "text", "fix"),
    [
        (" ", "Email a has an empty body.", "Write it."),
        (
            "Lorem ipsum dolor",
            "Email a still says “Lorem ipsum”.",
            "Write what people should read.",
        ),
        (
            '<a href="#">Buy</a>',
            "Email a has a link that leads nowhere.",
            "Give every link an address.",
        ),
        (
            '<a href="http://localhost:8000/x">Buy</a>',
            "Email a leads to “http://localhost”, a test address.",
            "Use the address that customers see.",
        ),
    ],
)
def test_unfinished_bodies_are_found(html: str, text: str, fix: str) -> None:
    assert findings(unfinished_texts, with_body(html)) == [
        problem("error L41", "$.templates.T.html", text, fix, action_id="a")
    ]


def test_a_finished_body_is_none() -> None:
    assert findings(unfinished_texts, with_body(GOOD)) == []


def test_a_tag_that_is_not_closed_is_found_with_its_line() -> None:
    (found,) = findings(unfinished_texts, with_body("Hi\n{% if first_name %}you"))
    assert found.text.startswith("Email a cannot be rendered, line 2: ")


def test_a_message_needs_a_subject_and_a_text() -> None:
    bare = flow(email("a", "s", subject_line=" "), sms("s", body=""))
    assert [(found.where, found.text) for found in findings(unfinished_texts, bare)] == [
        ("$.actions[0].data.message.subject_line", "Email a has no subject."),
        ("$.actions[1].data.message.body", "SMS s has no text."),
    ]


def test_a_draft_in_a_live_flow_goes_to_nobody() -> None:
    live = flow(email("a", "b", status="draft"), email("b", status="live"), status="live")
    assert findings(drafts_in_live_flows, live) == [
        problem(
            "error L44",
            "$.actions[0].data.status",
            "Email a is a draft in a live flow: people pass it by.",
            "Set it live, or remove it.",
            action_id="a",
        )
    ]
    assert findings(drafts_in_live_flows, flow(email("a", "d"), delay("d"))) == []


def test_webhooks_call_https_and_carry_no_secret_in_clear() -> None:
    assert findings(careless_webhooks, hook(url="http://example.com")) == [
        problem(
            "error L44",
            "$.actions[0].data.message.url",
            "Webhook w does not call an https address, so what it sends can be read on the way.",
            "Use an address that starts with https://.",
            action_id="w",
        )
    ]
    assert findings(careless_webhooks, hook(headers={"X-Api-Key": "hunter2"})) == [
        problem(
            "warning L44",
            "$.actions[0].data.message.headers",
            "Webhook w carries a secret in clear in “X-Api-Key”: whoever reads the flow can read "
            "it.",
            "Keep the secret with the receiver, or change it often.",
            action_id="w",
        )
    ]
    assert findings(careless_webhooks, hook(headers={"X-Source": "flow"})) == []


def test_a_link_to_unsubscribe_in_a_comment_is_none() -> None:
    hidden = "<p>Buy!</p>{% comment %}{% unsubscribe %}{% endcomment %}{# {% unsubscribe %} #}"
    (found,) = no_way_to_leave(with_body(hidden))
    assert found.code == "L35"


def test_a_webhook_holds_no_coupons_feeds_or_products() -> None:
    body = "{% coupon_code 'TEN' %}{{ feeds.sky.x }}{% catalog 'T1' %}{% endcatalog %}"
    assert [(one.code, one.where, one.text) for one in misplaced_tags(hook(body=body))] == [
        ("L45", "$.actions[0].data.message.body", f"Webhook w {what}, and webhooks have none.")
        for what in (
            "gives a coupon code",
            "shows the web feed “sky”",
            "shows products of the catalog",
        )
    ]
    assert list(misplaced_tags(hook(body='{"name": "{{ person.first_name }}"}'))) == []


def test_an_alert_holds_no_links_of_the_readers_either() -> None:
    data = {
        "message": {
            "from_email": "a@example.com",
            "from_label": "A",
            "to_emails": ["b@example.com"],
            "subject_line": "{% coupon_code 'TEN' %}",
            "template_id": "T",
        }
    }
    alert = {"id": "i", "type": "send-internal-alert", "data": data, "links": {"next": None}}
    html = "{% unsubscribe %}{% manage_preferences_link %}{% web_view 'see' %}"
    told = [one.text for one in misplaced_tags(flow(alert, templates={"T": {"html": html}}))]
    tags = ("unsubscribe", "manage_preferences_link", "web_view")
    assert told == [
        "Internal alert i gives a coupon code, and alerts have none.",
        *(
            f"Internal alert i holds the tag “{tag}”, which leads nowhere for those who get alerts."
            for tag in tags
        ),
    ]


def test_a_text_message_holds_one_coupon() -> None:
    both = sms("s", "t", body="{% coupon_code 'A' %} {% coupon_code 'B' %} {% coupon_code 'A' %}")
    (found,) = misplaced_tags(flow(both))
    assert (
        found.text
        == "SMS s gives codes of several coupons (“A”, “B”), and a text message holds one."
    )
