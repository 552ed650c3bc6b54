"""What a message needs beside its filters, and what calls do not need (semantics B.4, B.11)."""

from __future__ import annotations

from typing import Any

from small_runs import (
    Person,
    at,
    email,
    flow,
    population,
    run,
    sms,
    tables,
    wait,
)
from small_steps import experiment, hook, sent

from flows.scene import NEVER_SUBSCRIBED, UNSUBSCRIBED

MONDAY = at("2026-01-05 10:00")
NIGHT = at("2026-01-05 22:30")


def one(**more: Any) -> Any:
    return population(Person(joined=MONDAY, **more))


def test_an_experiment_with_a_transactional_message_starts_no_window() -> None:
    receipt = experiment("test", email("only", transactional=True))
    held = flow(receipt, email("news", smart_sending_enabled=True))
    assert sent(run(held, one())) == [
        ("test", "01-05 10:00", None),
        ("news", "01-05 10:00", None),
    ]


def test_calls_are_counted_apart_from_messages() -> None:
    engine = run(flow(hook("hook")), one(email=None, phone=None, email_status=UNSUBSCRIBED))
    row = tables(engine)["sends"][0]
    assert (row["channel"], row["status"]) == ("webhook", "sent")
    assert {name: tally.sent for name, tally in engine.counts.channels.items()} == {"webhook": 1}
    assert tables(engine)["events"] == []


def test_consent_is_given_and_taken_back_by_events_of_the_run() -> None:
    history = [
        ("Unsubscribed from Email Marketing", "2026-01-04 12:00"),
        ("Subscribed to SMS Marketing", "2026-01-06 00:00"),
        ("Unsubscribed from Email Marketing", "2026-01-06 10:00"),
        ("Subscribed to Email Marketing", "2026-01-07 09:59"),
        ("Unsubscribed from SMS Marketing", "2026-01-07 10:00"),
    ]
    steps: list[Any] = []
    for day in (5, 6, 7):
        steps += [email(f"mail {day}"), sms(f"text {day}"), wait(f"night {day}")]
    person = Person(joined=MONDAY, did=history, sms=NEVER_SUBSCRIBED)
    assert [
        (action, reason) for action, _, reason in sent(run(flow(*steps), population(person)))
    ] == [
        ("mail 5", None),
        ("text 5", "Missing SMS Consent"),
        ("mail 6", "Person Suppressed"),
        ("text 6", None),
        ("mail 7", None),
        ("text 7", "Missing SMS Consent"),
    ]
