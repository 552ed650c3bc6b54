"""A run over notifications, WhatsApp, alerts, code and stock writes down what became of each."""

from __future__ import annotations

from typing import Any

import numpy as np
from small_flows import has, one_group
from small_runs import Json, Person, at, flow, population, run, scenario, tables

from flows.columns import LONG_AGO
from flows.people import Population
from flows.rules import Channel
from flows.scene import SUBSCRIBED, UNSUBSCRIBED, Consent

LIVE: Json = {"status": "live"}
ALERT: Json = {
    "from_email": None,
    "from_label": None,
    "to_emails": ["team@example.com"],
    "subject_line": "Somebody joined",
}
SCORE_ABOVE_5: Json = {
    "type": "action-output",
    "output_config_id": 1,
    "field": "score",
    "filter": {"type": "numeric", "operator": "greater-than", "value": 5},
}
GOLD = one_group(has("properties['tier']", "equals", "gold"))


def push(name: str) -> Json:
    message = {"body": name, "smart_sending_enabled": False}
    return {"id": name, "type": "send-mobile-push", "data": {"message": message, **LIVE}}


def whatsapp(name: str) -> Json:
    data = {"message": {"vendor_id": "42"}, **LIVE}
    return {"id": name, "type": "send-whatsapp", "data": data}


def crowd() -> Population:
    """One who is gold and agreed to everything, and one who agreed to push alone, sans token."""
    entry = at("2026-01-06 10:00")
    people = population(
        Person(joined=entry, properties={"tier": "gold", "push_token": "t"}), Person(joined=entry)
    )
    status: dict[Channel, list[int]] = {
        "push": [SUBSCRIBED, SUBSCRIBED],
        "whatsapp": [SUBSCRIBED, UNSUBSCRIBED],
    }
    for channel, codes in status.items():
        people.profiles.consent[channel] = Consent(
            np.array(codes, dtype=np.int8),
            np.full(2, LONG_AGO, dtype=np.int64),
            np.zeros(2, dtype=np.bool_),
        )
    return people


def became(*steps: Json, **head: Any) -> list[tuple[str, str, str, str | None]]:
    """Who, where, by which channel, and why not, of every message tried."""
    confirmed = head.pop("confirmed", None)
    setting = scenario(confirmed_recipients=confirmed)
    rows = tables(run(flow(*steps, **head), crowd(), setting))["sends"]
    return [(row["profile"], row["action"], row["channel"], row["reason"]) for row in rows]


def test_each_channel_asks_for_its_own_consent_and_address() -> None:
    assert became(push("push"), whatsapp("whatsapp")) == [
        ("p0", "push", "push", None),
        ("p0", "whatsapp", "whatsapp", None),
        ("p1", "push", "push", "Missing Push Token"),
        ("p1", "whatsapp", "whatsapp", "Missing WhatsApp Consent"),
    ]


def test_an_alert_goes_out_for_everybody_or_nobody() -> None:
    alert = {"id": "alert", "type": "send-internal-alert", "data": {"message": ALERT, **LIVE}}

    assert became(alert) == [("p0", "alert", "alert", None), ("p1", "alert", "alert", None)]
    assert became(alert, confirmed=("other@example.com",)) == [
        ("p0", "alert", "alert", "No Confirmed Recipients"),
        ("p1", "alert", "alert", "No Confirmed Recipients"),
    ]


def test_what_code_gave_parts_people_later() -> None:
    code = {"id": "code", "type": "code", "data": None}
    split = {
        "id": "split",
        "type": "action-output-split",
        "data": {"action_output_filter": one_group(SCORE_ABOVE_5)},
        "links": {"next_if_true": "push", "next_if_false": "alert"},
    }
    alert = {
        "id": "alert",
        "type": "send-internal-alert",
        "data": {"message": ALERT, **LIVE},
    }
    steps = (code, split, push("push") | {"links": {"next": None}}, alert)
    scored = {"cases": [{"when": GOLD, "outputs": {"score": 9}}], "outputs": {"score": 1}}

    assert became(*steps, stubs={"code": scored}) == [
        ("p0", "push", "push", None),
        ("p1", "alert", "alert", None),
    ]
    assert became(*steps) == [("p0", "alert", "alert", None), ("p1", "alert", "alert", None)]


def test_a_test_of_notifications_sends_one_version_to_each() -> None:
    trial = {
        "id": "trial",
        "type": "content-experiment",
        "data": {
            **LIVE,
            "experiment_status": "live",
            "main_action": push("main"),
            "current_experiment": {
                "variations": [push("a"), push("b")],
                "allocations": {"0": 0, "1": 100},
            },
        },
    }
    sends = tables(run(flow(trial), crowd()))["sends"]

    assert [(row["profile"], row["variation"], row["reason"]) for row in sends] == [
        ("p0", "b", None),
        ("p1", "b", "Missing Push Token"),
    ]


def test_who_waits_for_an_item_that_nobody_has_gets_nothing() -> None:
    wait = {"id": "wait", "type": "back-in-stock-delay"}
    engine = run(flow(wait, push("push")), crowd())

    assert tables(engine)["sends"] == []
    assert [(row["action"], row["left_at"]) for row in tables(engine)["steps"]] == [
        ("wait", None),
        ("wait", None),
    ]


def test_a_service_of_the_account_lets_people_pass() -> None:
    held = {"service_configuration": {"service_method_type": "unknown"}, **LIVE}
    service = {"id": "service", "type": "internal-service", "data": held}

    assert became(service, push("push")) == [
        ("p0", "push", "push", None),
        ("p1", "push", "push", "Missing Push Token"),
    ]
