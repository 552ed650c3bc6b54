"""Every reason for which a message may be skipped, met in a run (semantics B.5).

The reasons are those of [H:1260805003210], [H:115002779351] and [H:360050242251], and ours.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest
from small_runs import (
    Json,
    Person,
    at,
    email,
    flow,
    population,
    sms,
    tables,
    us,
)
from small_steps import GOLD, hook, membership, with_status

from flows.actions.base import Step
from flows.actions.reasons import SKIP_REASONS
from flows.catalogue import Catalogue, Item
from flows.conditions.base import Names
from flows.decisions import Decision
from flows.rules import Coupon, Mishaps, Rules
from flows.scene import UNSUBSCRIBED
from simulator.batch import Batch
from simulator.engine import Engine
from simulator.observer import Nobody
from simulator.plan import Place, make_plan
from simulator.scenario import Scenario

JOINED = "2026-01-05 10:00"
PUSH: Json = {
    "id": "step",
    "type": "send-mobile-push",
    "data": {"message": {"title": "Hi", "body": "Hello"}, "status": "live"},
}
WHATSAPP: Json = {
    "id": "step",
    "type": "send-whatsapp",
    "data": {"message": {"vendor_id": "v1"}, "status": "live"},
}
ALERT: Json = {
    "id": "step",
    "type": "send-internal-alert",
    "data": {
        "message": {
            "from_email": "shop@example.com",
            "from_label": "Shop",
            "to_emails": ["boss@example.com"],
            "subject_line": "Look",
            "template_id": "T",
        },
        "status": "live",
    },
}


@dataclass(frozen=True)
class Case:
    """One message that is skipped for a reason."""

    reason: str
    step: Json
    person: dict[str, Any] = field(default_factory=dict)
    rules: dict[str, Any] = field(default_factory=dict)
    head: dict[str, Any] = field(default_factory=dict)
    before: tuple[Json, ...] = ()
    spent: str = ""
    sold: tuple[str, ...] = ()


def saying(text: str) -> Json:
    """An email whose subject is this template."""
    return email("step", subject_line=text)


COUPON = saying("{% coupon_code 'SPRING' %}")
CATALOG = "{% catalog 'mug' unpublished=\"cancel\" %}{{ catalog_item.title }}{% endcatalog %}"
BOUNCES = [("Bounced Email", f"2025-12-0{day} 10:00") for day in (1, 2, 3)]


def coupon(**facts: Any) -> dict[str, Any]:
    return {"coupons": {"SPRING": Coupon(**facts)}}


def mishap(name: str) -> dict[str, Any]:
    return {"mishaps": Mishaps(**{name: 1.0})}


CASES = (
    Case("Needs Review", with_status(email("step"), "manual"), rules={"as_live": False}),
    Case(
        "Email Cancelled",
        with_status(email("step"), "manual"),
        rules={"as_live": False} | mishap("email_cancelled"),
    ),
    Case("Unconfigured", email("step", template_id=None)),
    Case("Unconfigured", sms("step", body=" ")),
    Case("Unconfigured", hook("step", url=None)),
    Case(
        "Person No Longer in List",
        email("step"),
        before=(membership("leave", "news", add=False),),
    ),
    Case("Fails Additional Filters", email("step", additional_filters=GOLD)),
    Case("Missing Email", email("step"), person={"email": None}),
    Case("Unable to Send Email", email("step"), person={"email": "nobody"}),
    Case("Unable to Send Email", email("step"), rules=mishap("email_unsent")),
    Case("Suspicious Email", email("step"), person={"did": BOUNCES}),
    Case("Missing Phone Number", sms("step"), person={"phone": None}),
    Case("Phone Number is Not Valid", sms("step"), person={"phone": "12"}),
    Case(
        "Phone Number is in Country Not Supported by SMS",
        sms("step"),
        rules={"sms_countries": ("US", "CA")},
    ),
    Case("No Sending Number", sms("step"), rules={"sms_senders": ("US",)}),
    Case("Missing Push Token", PUSH),
    Case("Missing Push Consent", PUSH, person={"properties": {"push_token": "t"}}),
    Case("Missing Phone Number", WHATSAPP, person={"phone": None}),
    Case("Missing WhatsApp Consent", WHATSAPP),
    Case("No Confirmed Recipients", ALERT, rules={"confirmed_recipients": ("me@example.com",)}),
    Case("Person Suppressed", email("step"), person={"email_status": UNSUBSCRIBED}),
    Case("Person Suppressed", email("step"), person={"suppressed": True}),
    Case("Missing SMS Consent", sms("step"), person={"sms": UNSUBSCRIBED}),
    Case(
        "Smart Sending",
        email("step", smart_sending_enabled=True),
        before=(email("other"),),
    ),
    Case("Email Syntax Error", saying("{% if %}")),
    Case(
        "Email Syntax Error",
        email("step"),
        head={"templates": {"T": {"html": "{{ event.$value }}"}}},
    ),
    Case("Unable to Send SMS", sms("step", body="{% nothing %}")),
    Case("Unable to Send SMS", sms("step"), rules=mishap("sms_unsent")),
    Case(
        "Unable to Send Push",
        PUSH | {"data": {"message": {"body": "{{ a b }}"}, "status": "live"}},
        person={
            "properties": {"push_token": "t"},
            "did": [("Subscribed to Push Marketing", JOINED)],
        },
    ),
    Case("Invalid From Email", email("step", from_email="shop")),
    Case(
        "Error Retrieving External Data",
        saying("{{ feeds.weather.today }}"),
        rules={"failing_feeds": ("weather",)},
    ),
    Case("Catalog Item Unavailable", saying(CATALOG), sold=("pot",)),
    Case("Coupon Code Doesn't Exist", COUPON, rules={"coupons": {}}),
    Case("Coupon Code Doesn't Exist", COUPON, rules=coupon(kind="static")),
    Case("Coupon Category Unavailable", COUPON, rules=coupon(available=False)),
    Case("No More Uploaded Coupons Remain", COUPON, rules=coupon(kind="uploaded", codes=0)),
    Case(
        "No More Uploaded Coupons Remain",
        COUPON,
        rules=coupon(kind="uploaded", codes=5),
        spent="coupon:SPRING",
    ),
    Case("Unable to Create Coupon", COUPON, rules=mishap("coupon_failed")),
    Case("Over Email Limit", email("step"), spent="email"),
    Case("Over Email Limit", ALERT, spent="email"),
    Case("Not Enough Sends Available", sms("step"), spent="sms"),
    Case("Email Dropped", email("step"), rules=mishap("email_dropped")),
    Case("Webhook Skipped", hook("step"), rules=mishap("webhook_skipped")),
    Case("Webhook Failed", hook("step"), rules=mishap("webhook_failed")),
    Case(
        "Fails Flow Filters",
        email("step"),
        person={"properties": {"tier": "gold"}},
        head={"profile_filter": GOLD},
        before=(
            {
                "id": "demote",
                "type": "update-profile",
                "data": {
                    "profile_operations": [{"operator": "delete", "property_key": "tier"}],
                    "status": "live",
                },
            },
        ),
    ),
)


class Listener(Nobody):
    """Asks every step why it did what it did."""

    def __init__(self) -> None:
        self.told: dict[str, str] = {}

    def stepped(self, place: Place, batch: Batch, step: Step) -> None:
        """Keep the reason that the step gives of itself."""
        self.told[place.action.key] = place.action.explain(batch, Names())


def outcome(case: Case, listener: Listener | None = None) -> tuple[str, str | None]:
    """What became of the message of the case, and why."""
    people = population(Person(joined=at(JOINED), **case.person))
    held = flow(*case.before, case.step, **case.head)
    goods = tuple(Item(id=name) for name in case.sold)
    setting = Scenario(
        start=at("2026-01-05 00:00"),
        days=30,
        rules=Rules(account_timezone="UTC", **case.rules),
        behaviour=None,
        catalogue=Catalogue(items=goods) if goods else None,
    )
    gone = (Decision(kind="spent", name=case.spent, at=us(setting.start)),) if case.spent else ()
    engine = Engine(make_plan([held], setting, gone), people, None, listener)
    while engine.wave():
        pass
    [row] = [row for row in tables(engine)["sends"] if row["action"] == "step"]
    return row["status"], row["reason"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.reason}, {case.step['type']}")
def test_a_message_is_skipped_for_its_reason(case: Case) -> None:
    assert outcome(case) == ("skipped", case.reason)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.reason}, {case.step['type']}")
def test_every_reason_is_told_in_a_sentence_of_its_own(case: Case) -> None:
    listener = Listener()
    outcome(case, listener)
    assert listener.told["step"].endswith(".")
    assert "passed" not in listener.told["step"]


def test_no_reason_is_left_out() -> None:
    assert {case.reason for case in CASES} == set(SKIP_REASONS)


@pytest.mark.parametrize(
    "case",
    [
        Case("", email("step")),
        Case("", sms("step")),
        Case("", hook("step")),
        Case("", ALERT),
        Case("", saying(CATALOG), sold=("mug",)),
        Case("", saying(CATALOG.replace(' unpublished="cancel"', "")), sold=("pot",)),
        Case("", COUPON),
        Case("", COUPON, rules=coupon(kind="static", code="SPRING10")),
        Case("", COUPON, rules=coupon(kind="uploaded", codes=5)),
        Case("", COUPON, rules=coupon(kind="static", code="A") | mishap("coupon_failed")),
        Case("", COUPON, spent="coupon:SUMMER"),
        Case("", saying("{{ feeds.news }}"), rules={"failing_feeds": ("weather",)}),
        Case("", email("step", from_email="{{ organization.email }}")),
        Case("", email("step", from_email="shop@example.com")),
        Case("", sms("step"), spent="email"),
        Case("", sms("step"), rules={"sms_countries": ("GB",), "sms_senders": ("GB",)}),
    ],
    ids=lambda case: case.step["type"],
)
def test_a_message_goes_out_where_nothing_is_amiss(case: Case) -> None:
    assert outcome(case) == ("sent", None)


def test_an_address_is_suspicious_from_the_third_bounce_and_suppressed_from_the_first() -> None:
    told = [outcome(Case("", email("step"), person={"did": BOUNCES[:n]}))[1] for n in range(4)]
    assert told == [None, "Person Suppressed", "Person Suppressed", "Suspicious Email"]
