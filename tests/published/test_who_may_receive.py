"""Who may be sent what, and who passes a filter on consent (semantics B.10, A.7).

Published in [H:360037101072], [H:115005246108] and [OAS:ProfileMarketingConsent].
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from small_runs import Json, Person, at, email, flow, population, run, sms, tables
from small_steps import sent

from flows.columns import Column
from flows.people import Population
from flows.scene import NEVER_SUBSCRIBED, SUBSCRIBED, UNSUBSCRIBED

MONDAY = at("2026-01-05 10:00")
STATES = {"never": NEVER_SUBSCRIBED, "subscribed": SUBSCRIBED, "unsubscribed": UNSUBSCRIBED}


def push(name: str, **message: Any) -> Json:
    held = {"body": "Hello", "smart_sending_enabled": False} | message
    return {"id": name, "type": "send-mobile-push", "data": {"message": held, "status": "live"}}


def whatsapp(name: str, **message: Any) -> Json:
    held = {"vendor_id": "v", "smart_sending_enabled": False} | message
    return {"id": name, "type": "send-whatsapp", "data": {"message": held, "status": "live"}}


def somebody(channel: Any, state: str, *, suppressed: bool = False, **columns: Any) -> Population:
    """One person with this consent to the channel; columns are named with `__` for a dot."""
    people = population(Person(joined=MONDAY))
    profiles = people.profiles
    old = profiles.consent[channel]
    status = np.array([STATES[state]], dtype=np.int8)
    profiles.consent[channel] = replace(old, status=status, suppressed=np.array([suppressed]))
    for name, value in ({"push_token": "t"} | columns).items():
        profiles.properties[name.replace("__", ".")] = Column.of([value])
    return people


def outcome(step: Json, people: Population) -> str:
    [(_, _, reason)] = sent(run(flow(step), people))
    return reason or "sent"


SUPPRESSED, NO_SMS = "Person Suppressed", "Missing SMS Consent"
NO_PUSH, NO_CHAT = "Missing Push Consent", "Missing WhatsApp Consent"


@pytest.mark.parametrize(
    ("channel", "step", "state", "marketing"),
    [
        ("email", email, "never", "sent"),
        ("email", email, "subscribed", "sent"),
        ("email", email, "unsubscribed", SUPPRESSED),
        ("sms", sms, "never", NO_SMS),
        ("sms", sms, "subscribed", "sent"),
        ("sms", sms, "unsubscribed", NO_SMS),
        ("push", push, "never", NO_PUSH),
        ("push", push, "subscribed", "sent"),
        ("push", push, "unsubscribed", NO_PUSH),
        ("whatsapp", whatsapp, "never", NO_CHAT),
        ("whatsapp", whatsapp, "subscribed", "sent"),
        ("whatsapp", whatsapp, "unsubscribed", NO_CHAT),
    ],
)
def test_marketing_by_channel_and_consent(
    channel: str, step: Any, state: str, marketing: str
) -> None:
    assert outcome(step("x"), somebody(channel, state)) == marketing


@pytest.mark.parametrize(
    ("channel", "step", "state", "agreed", "receipt"),
    [
        ("email", email, "never", {}, "sent"),
        ("email", email, "unsubscribed", {}, "sent"),
        ("sms", sms, "never", {}, NO_SMS),
        ("sms", sms, "unsubscribed", {}, NO_SMS),
        ("sms", sms, "subscribed", {}, "sent"),
        ("sms", sms, "never", {"consent__sms_transactional": "subscribed"}, "sent"),
        ("whatsapp", whatsapp, "never", {}, NO_CHAT),
        ("whatsapp", whatsapp, "subscribed", {}, "sent"),
        ("whatsapp", whatsapp, "never", {"consent__whatsapp_transactional": "subscribed"}, "sent"),
    ],
)
def test_transactional_by_channel_and_consent(
    channel: str, step: Any, state: str, agreed: Json, receipt: str
) -> None:
    assert outcome(step("x", transactional=True), somebody(channel, state, **agreed)) == receipt


@pytest.mark.parametrize("transactional", [True, False])
@pytest.mark.parametrize(
    ("why", "receipt"),
    [
        ("bounced_at", SUPPRESSED),
        ("invalid_at", SUPPRESSED),
        ("spam_at", SUPPRESSED),
        ("manual_at", "sent"),
    ],
)
@pytest.mark.parametrize("state", ["never", "subscribed"])
def test_suppression_stops_marketing_and_all_but_that_by_hand_receipts_too(
    state: str, why: str, receipt: str, transactional: bool
) -> None:
    reason = {f"suppression__email__{why}": "2025-11-01T00:00:00Z"}
    people = somebody("email", state, suppressed=True, **reason)
    expected = receipt if transactional else SUPPRESSED
    assert outcome(email("x", transactional=transactional), people) == expected


def test_a_notification_needs_a_token_as_well() -> None:
    people = somebody("push", "subscribed", push_token=None)
    assert outcome(push("x"), people) == "Missing Push Token"


CROWD = [
    *(("never", False), ("subscribed", False), ("unsubscribed", False)),
    *(("never", True), ("subscribed", True), ("unsubscribed", True)),
]
"""Consent, and whether the person is suppressed."""


def crowd(channel: Any) -> Population:
    people = population(*(Person(joined=MONDAY) for _ in CROWD))
    old = people.profiles.consent[channel]
    status = np.array([STATES[state] for state, _ in CROWD], dtype=np.int8)
    suppressed = np.array([hit for _, hit in CROWD]) & (channel == "email")
    people.profiles.consent[channel] = replace(old, status=status, suppressed=suppressed)
    return people


@pytest.mark.parametrize(
    ("channel", "can", "subscription", "passing"),
    [
        ("email", True, "any", "xx. ..."),
        ("email", True, "subscribed", ".x. ..."),
        ("email", True, "never_subscribed", "x.. ..."),
        ("email", False, "any", "..x xxx"),
        ("email", False, "unsubscribed", "..x ..x"),
        ("email", False, "never_subscribed", "... x.."),
        ("email", False, "subscribed", "... .x."),
        ("sms", True, "subscribed", ".x. .x."),
        ("sms", False, "any", "x.x x.x"),
        ("sms", False, "unsubscribed", "..x ..x"),
        ("sms", False, "never_subscribed", "x.. x.."),
        ("push", True, "any", ".x. .x."),
        ("push", False, "any", "x.x x.x"),
    ],
)
def test_filters_on_consent(channel: str, can: bool, subscription: str, passing: str) -> None:
    """Never, subscribed and unsubscribed, and those three suppressed, which is of email alone."""
    consent = {
        "channel": channel,
        "can_receive_marketing": can,
        "consent_status": {"subscription": subscription},
    }
    asked = {"type": "profile-marketing-consent", "consent": consent}
    split = {
        "id": "split",
        "type": "conditional-split",
        "data": {"profile_filter": {"condition_groups": [{"conditions": [asked]}]}},
        "links": {"next_if_true": None, "next_if_false": None},
    }
    people = crowd(channel)
    people.profiles.properties["push_token"] = Column.of(["t"] * len(CROWD))
    ways = tables(run(flow(split, email("unreached")), people))["steps"]
    marks = "".join("x" if step["way_out"] == "true" else "." for step in ways)
    assert marks == passing.replace(" ", "")
