"""Smart sending, as published in [H:115002779311] (semantics B.3, E16).

Windows last 16 hours for email and 24 for text messages and notifications, on each channel alone.
"""

from __future__ import annotations

from typing import Any

import pytest
from small_runs import Json, Person, at, email, flow, population, run, scenario, sms, wait
from small_steps import experiment, put, sent, update

from flows.columns import Column
from flows.people import Population
from flows.rules import SmartSending
from flows.scene import SUBSCRIBED, Consent

MONDAY = at("2026-01-05 10:00")
DAYTIME = {"sms_quiet_hours_enabled": False}


def somebody(**more: Any) -> Population:
    """One person who gets messages on every channel."""
    held = population(Person(joined=MONDAY, **more))
    held.profiles.properties["push_token"] = Column.of(["t"])
    for channel in ("push", "whatsapp"):
        old = held.profiles.consent[channel]
        held.profiles.consent[channel] = Consent(old.status + SUBSCRIBED, old.since, old.suppressed)
    return held


def push(name: str, **more: Any) -> Json:
    message = {"body": "Hello", "smart_sending_enabled": False} | more
    return {
        "id": name,
        "type": "send-mobile-push",
        "data": {"message": message, "status": "live"},
    }


def whatsapp(name: str, **more: Any) -> Json:
    message = {"vendor_id": "v", "smart_sending_enabled": False} | more
    return {"id": name, "type": "send-whatsapp", "data": {"message": message, "status": "live"}}


def text(name: str, **more: Any) -> Json:
    return sms(name, **DAYTIME, **more)


def hours(number: float) -> Json:
    whole = int(number)
    minutes = round((number - whole) * 60)
    return wait(f"wait {number}", unit="hours", value=whole, secondary_value=minutes)


def reasons(*steps: Json, people: Population | None = None, **rules: Any) -> list[str | None]:
    """Why each message was skipped; None for those that went out."""
    told = sent(run(flow(*steps), people or somebody(), scenario(**rules)))
    return [reason for _, _, reason in told]


@pytest.mark.parametrize(("step", "window"), [(email, 16), (text, 24), (push, 24), (whatsapp, 24)])
def test_each_channel_has_its_window(step: Any, window: int) -> None:
    second = step("two", smart_sending_enabled=True)
    almost = hours(window - 1 / 60)
    assert reasons(step("one"), almost, second) == [None, "Smart Sending"]
    assert reasons(step("one"), hours(window), second) == [None, None]


SMART: Json = {"smart_sending_enabled": True}
PLAIN: Json = {}
RECEIPT: Json = SMART | {"transactional": True}


@pytest.mark.parametrize(
    ("step", "messages", "outcome"),
    [
        (email, [(0, SMART), (15, SMART), (16, SMART)], "sent skipped sent"),
        (email, [(0, SMART), (15, SMART), (17, SMART), (32, SMART)], "sent skipped sent skipped"),
        (email, [(0, PLAIN), (15, SMART), (16, SMART)], "sent skipped sent"),
        (email, [(0, PLAIN), (10, PLAIN), (20, SMART), (26, SMART)], "sent sent skipped sent"),
        (email, [(0, SMART), (10, PLAIN), (20, SMART), (26, SMART)], "sent sent skipped sent"),
        (email, [(0, PLAIN), (1, PLAIN), (2, PLAIN)], "sent sent sent"),
        (email, [(0, RECEIPT), (1, SMART)], "sent sent"),
        (email, [(0, SMART), (1, RECEIPT), (15, SMART), (16, SMART)], "sent sent skipped sent"),
        (text, [(0, SMART), (16, SMART), (23, SMART), (24, SMART)], "sent skipped skipped sent"),
        (text, [(0, PLAIN), (23, PLAIN), (46, SMART), (47, SMART)], "sent sent skipped sent"),
        (text, [(0, RECEIPT), (1, SMART), (2, RECEIPT), (24, SMART)], "sent sent sent skipped"),
        (push, [(0, SMART), (23, SMART), (24, SMART)], "sent skipped sent"),
        (push, [(0, PLAIN), (23, SMART), (24, SMART)], "sent skipped sent"),
        (whatsapp, [(0, SMART), (23, SMART), (24, SMART)], "sent skipped sent"),
        (whatsapp, [(0, RECEIPT), (1, SMART), (24, SMART)], "sent sent skipped"),
    ],
)
def test_a_timeline_of_one_channel(
    step: Any, messages: list[tuple[int, Json]], outcome: str
) -> None:
    """Each message stands at its hour after the person's entry."""
    steps: list[Json] = []
    for place, (hour, flags) in enumerate(messages):
        pause = hour - messages[place - 1][0] if place else hour
        steps += [wait(f"wait {place}", unit="hours", value=pause), step(f"m {place}", **flags)]
    words = {None: "sent", "Smart Sending": "skipped"}
    assert " ".join(words[reason] for reason in reasons(*steps)) == outcome


def test_no_channel_minds_another() -> None:
    every = [
        step(step.__name__, smart_sending_enabled=True) for step in (email, text, push, whatsapp)
    ]
    assert reasons(*every) == [None] * 4


def test_a_message_with_smart_sending_off_is_sent_and_begins_the_window_anew() -> None:
    smart = {"smart_sending_enabled": True}
    assert reasons(email("one"), hours(10), email("two"), hours(9), email("three", **smart)) == [
        None,
        None,
        "Smart Sending",
    ]


@pytest.mark.parametrize("step", [email, text, whatsapp])
def test_transactional_messages_are_never_skipped_and_start_nothing(step: Any) -> None:
    receipt = step("receipt", transactional=True, smart_sending_enabled=True)
    news = step("news", smart_sending_enabled=True)
    assert reasons(news, receipt) == [None, None]
    assert reasons(receipt, news) == [None, None]


def test_a_new_number_has_no_window_and_the_old_one_is_forgotten() -> None:
    new = update("new", put("phone_number", "+447700900999"))
    back = update("back", put("phone_number", "+447700900123"))
    again = [("Subscribed to SMS Marketing", "2026-01-05 11:00")]
    steps = text("one"), new, hours(2), text("two", smart_sending_enabled=True)
    assert reasons(*steps, people=somebody(did=again)) == [None, None]
    steps = text("one"), new, back, hours(2), text("two", smart_sending_enabled=True)
    assert reasons(*steps, people=somebody(did=again)) == [None, None]
    steps = text("one"), hours(2), text("two", smart_sending_enabled=True)
    assert reasons(*steps, people=somebody(did=again)) == [None, "Smart Sending"]


def test_a_window_of_whatsapp_stays_with_the_person() -> None:
    new = update("new", put("phone_number", "+447700900999"))
    second = whatsapp("two", smart_sending_enabled=True)
    assert reasons(whatsapp("one"), new, second) == [None, "Smart Sending"]


def test_messages_that_are_given_start_windows_before_and_in_the_run() -> None:
    smart = {"smart_sending_enabled": True}
    before = somebody(did=[("Received Email", "2026-01-04 18:01")])
    long_before = somebody(did=[("Received Email", "2026-01-04 18:00")])
    during = somebody(did=[("Received Email", "2026-01-05 12:00")])
    assert reasons(email("one", **smart), people=before) == ["Smart Sending"]
    assert reasons(email("one", **smart), people=long_before) == [None]
    assert reasons(email("one", **smart), hours(17), email("two", **smart), people=during) == [
        None,
        "Smart Sending",
    ]


def test_campaigns_may_have_a_window_of_their_own_for_texts() -> None:
    second = text("two", smart_sending_enabled=True)
    short = {"smart_sending": SmartSending(sms=10, sms_campaign=2)}
    campaign = somebody(did=[("Received SMS", "2026-01-05 09:00")])
    of_flow = somebody(did=[("Received SMS", "2026-01-05 09:00")])
    of_flow.events["Received SMS"].properties["$flow"] = Column.of(["welcome"])
    assert reasons(second, people=campaign, **short) == ["Smart Sending"]
    assert reasons(hours(1), second, people=campaign, **short) == [None]
    assert reasons(hours(1), second, people=of_flow, **short) == ["Smart Sending"]


def test_a_shorter_window_does_not_cut_a_longer_one() -> None:
    second = text("two", smart_sending_enabled=True)
    rules = {"smart_sending": SmartSending(sms=10, sms_campaign=1)}
    late = somebody(did=[("Received SMS", "2026-01-05 11:00")])
    assert reasons(text("one"), hours(3), second, people=late, **rules) == [None, "Smart Sending"]


def test_a_message_that_bounces_was_handed_over_and_starts_the_window() -> None:
    softly = somebody(did=[("Bounced Email", "2026-01-05 10:01")])
    softly.events["Bounced Email"].properties["Bounce Type"] = Column.of(["Soft"])
    second = email("two", smart_sending_enabled=True)
    assert reasons(email("one"), hours(1), second, people=softly) == [None, "Smart Sending"]


def test_every_version_of_a_test_starts_the_window() -> None:
    test = experiment("test", email("a"), email("b"))
    assert reasons(test, email("two", smart_sending_enabled=True)) == [None, "Smart Sending"]
