"""Webhooks and internal alerts (semantics B.11).

Published in [D:how_to_add_a_webhook_action_to_a_flow], [D:understanding_webhook_status_codes] and
[H:360050242251].
"""

from __future__ import annotations

from typing import Any

import pytest
from small_runs import Json, Person, at, email, flow, on, population, run, scenario, us, wait
from small_steps import GOLD, hook, put, sent, update

from flows.decisions import Decision
from flows.rules import Mishaps
from flows.scene import UNSUBSCRIBED
from simulator.engine import Engine
from simulator.plan import make_plan

JOINED = at("2026-01-06 10:00")
NOON = "01-06 10:00"
BOSS, CLERK = "boss@example.com", "clerk@example.com"


def alert(*recipients: str) -> Json:
    message = {
        "from_email": "shop@example.com",
        "from_label": "Shop",
        "to_emails": list(recipients),
        "subject_line": "Look",
        "template_id": "T",
    }
    return {
        "id": "alert",
        "type": "send-internal-alert",
        "data": {"message": message, "status": "live"},
    }


def unreachable(**more: Any) -> Any:
    """Somebody who may be sent nothing."""
    given = {"email": None, "phone": None, "email_status": UNSUBSCRIBED, "sms": UNSUBSCRIBED}
    return population(Person(joined=JOINED, **given, **more))


def outcome(step: Json, **rules: Any) -> list[tuple[str, str, str | None]]:
    return sent(run(flow(step), unreachable(), scenario(**rules)))


@pytest.mark.parametrize("step", [hook("call"), alert(BOSS)], ids=["webhook", "alert"])
def test_the_person_needs_neither_address_nor_consent(step: Json) -> None:
    assert outcome(step) == [(step["id"], NOON, None)]


@pytest.mark.parametrize("step", [hook("call"), alert(BOSS)], ids=["webhook", "alert"])
@pytest.mark.parametrize(("demoted", "reason"), [(False, None), (True, "Fails Flow Filters")])
def test_the_flow_filter_counts_for_them(step: Json, demoted: bool, reason: str | None) -> None:
    did = [("Demoted", "2026-01-06 12:00")] if demoted else []
    demote = flow(update("demote", put("tier", "tin")), id="demote", **on("Demoted"))
    held = flow(wait("pause"), step, profile_filter=GOLD)
    people = unreachable(properties={"tier": "gold"}, did=did)
    assert sent(run([held, demote], people)) == [(step["id"], "01-07 10:00", reason)]


@pytest.mark.parametrize(
    ("mishaps", "reason"),
    [
        ({}, None),
        ({"webhook_skipped": 1.0}, "Webhook Skipped"),
        ({"webhook_failed": 1.0}, "Webhook Failed"),
    ],
)
def test_a_call_is_answered_refused_or_tried_in_vain_and_nobody_waits_for_it(
    mishaps: Json, reason: str | None
) -> None:
    people = population(Person(joined=JOINED))
    rules = scenario(mishaps=Mishaps(**mishaps))
    assert sent(run(flow(hook("call"), email("behind")), people, rules)) == [
        ("call", NOON, reason),
        ("behind", NOON, None),
    ]


@pytest.mark.parametrize(
    ("recipients", "confirmed", "reason"),
    [
        ((BOSS,), (BOSS,), None),
        ((BOSS, CLERK), (CLERK,), None),
        ((BOSS,), (CLERK,), "No Confirmed Recipients"),
        ((BOSS, CLERK), (), "No Confirmed Recipients"),
        ((BOSS,), None, None),
        ((), (BOSS,), "Unconfigured"),
    ],
)
def test_an_alert_goes_to_those_who_confirmed(
    recipients: tuple[str, ...], confirmed: Any, reason: str | None
) -> None:
    told = outcome(alert(*recipients), confirmed_recipients=confirmed)
    assert told == [("alert", NOON, reason)]


@pytest.mark.parametrize(
    ("step", "spent", "reason"),
    [
        (alert(BOSS), "email", "Over Email Limit"),
        (alert(BOSS), "sms", None),
        (hook("call"), "email", None),
    ],
    ids=["alert", "alert, texts", "webhook"],
)
def test_an_alert_counts_as_an_email(step: Json, spent: str, reason: str | None) -> None:
    gone = (Decision(kind="spent", name=spent, at=us(at("2026-01-05 00:00"))),)
    engine = Engine(make_plan([flow(step)], scenario(), gone), unreachable(), None)
    while engine.wave():
        pass
    assert sent(engine) == [(step["id"], NOON, reason)]
