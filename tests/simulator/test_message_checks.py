"""What is asked before a message goes out, in which order, and when again (B.3, B.4, B.11)."""

from __future__ import annotations

from typing import Any

from small_runs import (
    Json,
    Person,
    at,
    email,
    flow,
    on,
    population,
    run,
    scenario,
    sms,
    tables,
    wait,
)
from small_steps import GOLD, experiment, hook, membership, sent

from flows.scene import NEVER_SUBSCRIBED, UNSUBSCRIBED

MONDAY = at("2026-01-05 10:00")
NIGHT = at("2026-01-05 22:30")


def one(**more: Any) -> Any:
    return population(Person(joined=MONDAY, **more))


def test_each_check_gives_way_to_those_before_it() -> None:
    never = GOLD
    leave = membership("leave", "news", add=False)
    strict = {"additional_filters": never, "smart_sending_enabled": True}
    bad = {"email": None, "email_status": UNSUBSCRIBED}
    flows = {
        "list": (flow(email("before"), leave, email("x", **strict)), bad),
        "own filter": (flow(email("before"), email("x", **strict)), bad),
        "address": (flow(email("before"), email("x", smart_sending_enabled=True)), bad),
        "consent": (
            flow(email("before", transactional=True), email("x", smart_sending_enabled=True)),
            {"email_status": UNSUBSCRIBED},
        ),
        "window": (flow(email("before"), email("x", smart_sending_enabled=True)), {}),
    }
    told = {name: sent(run(held, one(**who)))[-1][2] for name, (held, who) in flows.items()}
    assert told == {
        "list": "Person No Longer in List",
        "own filter": "Fails Additional Filters",
        "address": "Missing Email",
        "consent": "Person Suppressed",
        "window": "Smart Sending",
    }


def test_who_may_not_be_texted_is_skipped_at_once_by_night() -> None:
    people = population(Person(joined=NIGHT, sms=UNSUBSCRIBED))
    assert sent(run(flow(sms("text")), people)) == [("text", "01-05 22:30", "Missing SMS Consent")]


def test_only_texts_that_ask_for_them_wait() -> None:
    held = flow(email("mail"), sms("bold", sms_quiet_hours_enabled=False), sms("shy"))
    assert sent(run(held, population(Person(joined=NIGHT)))) == [
        ("mail", "01-05 22:30", None),
        ("bold", "01-05 22:30", None),
        ("shy", "01-06 08:00", None),
    ]


def test_a_text_to_who_was_brought_in_from_the_past_waits_as_well() -> None:
    """75 days after 25 October, 23:30, is the night to 9 January."""
    held = flow(wait("long", value=75), sms("text"), **on("Ordered"))
    people = population(Person(did=[("Ordered", "2025-10-25 23:30")]))
    setting = scenario().model_copy(update={"add_past": {"flow": "relative"}})
    assert sent(run(held, people, setting)) == [("text", "01-09 08:00", None)]


def test_a_transactional_text_waits_only_where_it_asks_to() -> None:
    held = flow(
        sms("plain", transactional=True),
        sms("asked", transactional=True, sms_quiet_hours_enabled=True),
    )
    assert sent(run(held, population(Person(joined=NIGHT)))) == [
        ("plain", "01-05 22:30", None),
        ("asked", "01-06 08:00", None),
    ]


def test_the_window_of_smart_sending_is_asked_when_the_night_is_over() -> None:
    """A text of 9:00 yesterday is 13.5 hours old by night and 23 hours at the release."""
    early = at("2026-01-05 09:00")
    night = wait("until night", unit="hours", value=13, secondary_value=30)
    held = flow(sms("one"), night, sms("two", smart_sending_enabled=True))
    assert sent(run(held, population(Person(joined=early)))) == [
        ("one", "01-05 09:00", None),
        ("two", "01-06 08:00", "Smart Sending"),
    ]
    soon = flow(
        sms("one", sms_quiet_hours_enabled=False), night, sms("two", smart_sending_enabled=True)
    )
    assert sent(run(soon, population(Person(joined=at("2026-01-05 07:59"))))) == [
        ("one", "01-05 07:59", None),
        ("two", "01-06 08:00", None),
    ]


def test_a_skipped_message_does_not_prolong_the_window() -> None:
    steps: list[Json] = [email("m0")]
    for i in (1, 2):
        steps += [
            wait(f"w{i}", unit="hours", value=8),
            email(f"m{i}", smart_sending_enabled=True),
        ]
    assert [reason for _, _, reason in sent(run(flow(*steps), one()))] == [
        None,
        "Smart Sending",
        None,
    ]


def test_channels_have_windows_of_their_own() -> None:
    smart = {"smart_sending_enabled": True}
    held = flow(email("mail", **smart), sms("text", **smart))
    assert [reason for _, _, reason in sent(run(held, one()))] == [None, None]


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
