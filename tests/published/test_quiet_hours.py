"""Quiet hours of text messages, as published in [H:22711363273627] (semantics B.3, E14, E15).

Every row is a number, the moment in UTC at which its text is ready, and the moment of sending. In
January New York is five hours behind UTC, California eight, and Paris one ahead.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from small_runs import Json, Person, at, email, flow, on, population, run, scenario, sms, wait
from small_steps import GOLD, put, sent, update

from flows.rules import QuietHours
from flows.scene import UNSUBSCRIBED

NEW_YORK, CALIFORNIA, TEXAS = "+12125550100", "+14155550100", "+12145550100"
TORONTO, VANCOUVER, UNKNOWN = "+14165550100", "+16045550100", "+15555550100"
LONDON, BERLIN, SYDNEY = "+447700900123", "+4915112345678", "+61491570006"
PARIS = "+33639980012"


def texted(number: str, ready: str, **quiet: Any) -> str:
    """When a text goes out that is ready then; the account is in Denver."""
    moment = at(ready)
    rules = {"quiet_hours": QuietHours(**quiet), "account_timezone": "America/Denver"}
    setting = scenario(20, **rules).model_copy(update={"start": moment - timedelta(days=1)})
    people = population(Person(joined=moment, phone=number))
    [(_, when, reason)] = sent(run(flow(sms("text")), people, setting))
    assert reason is None
    return when


@pytest.mark.parametrize(
    ("number", "ready", "sent_at"),
    [
        (NEW_YORK, "2026-01-07 01:59", "01-07 01:59"),
        (NEW_YORK, "2026-01-07 02:00", "01-07 13:00"),
        (NEW_YORK, "2026-01-07 12:59", "01-07 13:00"),
        (NEW_YORK, "2026-01-07 13:00", "01-07 13:00"),
        (NEW_YORK, "2026-07-07 00:59", "07-07 00:59"),
        (NEW_YORK, "2026-07-07 01:00", "07-07 12:00"),
        (CALIFORNIA, "2026-01-07 02:00", "01-07 02:00"),
        (CALIFORNIA, "2026-01-07 05:00", "01-07 16:00"),
        (TEXAS, "2026-01-07 02:30", "01-07 02:30"),
        (TEXAS, "2026-01-07 03:00", "01-07 14:00"),
        (TORONTO, "2026-01-07 02:00", "01-07 13:00"),
        (VANCOUVER, "2026-01-07 02:00", "01-07 02:00"),
        (VANCOUVER, "2026-01-07 05:00", "01-07 16:00"),
    ],
)
def test_by_area_code_the_clock_is_that_of_the_number(
    number: str, ready: str, sent_at: str
) -> None:
    assert texted(number, ready) == sent_at


@pytest.mark.parametrize("mode", ["area-code", "eastern"])
@pytest.mark.parametrize(
    ("number", "ready", "sent_at"),
    [
        (LONDON, "2026-01-06 20:59", "01-06 20:59"),
        (LONDON, "2026-01-06 21:00", "01-07 08:00"),
        (LONDON, "2026-07-06 20:00", "07-07 07:00"),
        (BERLIN, "2026-01-06 19:59", "01-06 19:59"),
        (BERLIN, "2026-01-06 20:00", "01-07 07:00"),
        (SYDNEY, "2026-01-06 09:59", "01-06 09:59"),
        (SYDNEY, "2026-01-06 10:00", "01-06 21:00"),
    ],
)
def test_other_countries_go_by_their_eastern_zone(
    number: str, ready: str, sent_at: str, mode: Any
) -> None:
    assert texted(number, ready, mode=mode) == sent_at


@pytest.mark.parametrize(
    ("ready", "sent_at"),
    [("2026-01-07 03:59", "01-07 03:59"), ("2026-01-07 04:00", "01-07 15:00")],
)
def test_an_area_code_that_nobody_knows_goes_by_the_account(ready: str, sent_at: str) -> None:
    assert texted(UNKNOWN, ready) == sent_at


@pytest.mark.parametrize(
    ("number", "ready", "sent_at"),
    [
        (NEW_YORK, "2026-01-07 02:00", "01-07 13:00"),
        (CALIFORNIA, "2026-01-07 01:59", "01-07 01:59"),
        (CALIFORNIA, "2026-01-07 02:00", "01-07 13:00"),
        (CALIFORNIA, "2026-01-07 13:00", "01-07 13:00"),
        (VANCOUVER, "2026-01-07 02:00", "01-07 13:00"),
    ],
)
def test_by_the_eastern_zone_one_clock_holds_for_the_country(
    number: str, ready: str, sent_at: str
) -> None:
    assert texted(number, ready, mode="eastern") == sent_at


@pytest.mark.parametrize(
    ("ready", "sent_at"),
    [
        pytest.param("2026-01-06 15:59", "01-06 16:00", id="Tuesday 10:59"),
        pytest.param("2026-01-06 16:00", "01-06 16:00", id="Tuesday 11:00"),
        pytest.param("2026-01-07 00:59", "01-07 00:59", id="Tuesday 19:59"),
        pytest.param("2026-01-07 01:00", "01-07 16:00", id="Tuesday 20:00"),
        pytest.param("2026-01-10 16:00", "01-10 16:00", id="Saturday 11:00"),
        pytest.param("2026-01-11 01:00", "01-11 19:00", id="Saturday 20:00"),
        pytest.param("2026-01-11 18:59", "01-11 19:00", id="Sunday 13:59"),
        pytest.param("2026-01-12 00:59", "01-12 00:59", id="Sunday 19:59"),
        pytest.param("2026-01-12 01:00", "01-12 16:00", id="Sunday 20:00"),
        pytest.param("2026-07-07 14:59", "07-07 15:00", id="Tuesday 10:59 in summer"),
    ],
)
def test_texas_in_the_eastern_mode(ready: str, sent_at: str) -> None:
    assert texted(TEXAS, ready, mode="eastern") == sent_at


@pytest.mark.parametrize(
    ("ready", "sent_at"),
    [
        pytest.param("2026-01-06 20:59", "01-06 20:59", id="Tuesday 21:59"),
        pytest.param("2026-01-06 21:00", "01-07 07:00", id="Tuesday 22:00"),
        pytest.param("2026-01-07 06:59", "01-07 07:00", id="Wednesday 7:59"),
        pytest.param("2026-01-10 12:00", "01-10 12:00", id="Saturday noon"),
        pytest.param("2026-01-10 21:00", "01-12 07:00", id="Saturday 22:00"),
        pytest.param("2026-01-11 12:00", "01-12 07:00", id="Sunday"),
        pytest.param("2026-04-05 12:00", "04-07 06:00", id="Easter, Sunday and Monday"),
        pytest.param("2026-05-01 12:00", "05-02 06:00", id="1 May, a Friday"),
        pytest.param("2026-05-08 12:00", "05-09 06:00", id="8 May, a Friday"),
        pytest.param("2026-05-14 12:00", "05-15 06:00", id="Ascension, a Thursday"),
        pytest.param("2026-05-24 12:00", "05-26 06:00", id="Whitsun, Sunday and Monday"),
        pytest.param("2026-07-14 12:00", "07-15 06:00", id="14 July, a Tuesday"),
        pytest.param("2026-08-15 12:00", "08-17 06:00", id="15 August, a Saturday"),
        pytest.param("2026-11-01 12:00", "11-02 07:00", id="1 November, a Sunday"),
        pytest.param("2026-11-11 12:00", "11-12 07:00", id="11 November, a Wednesday"),
        pytest.param("2026-12-25 12:00", "12-26 07:00", id="25 December, a Friday"),
        pytest.param("2027-01-01 12:00", "01-02 07:00", id="1 January, a Friday"),
    ],
)
@pytest.mark.parametrize("mode", ["area-code", "eastern"])
def test_france_is_closed_from_22_to_8_on_sundays_and_on_holidays(
    ready: str, sent_at: str, mode: Any
) -> None:
    assert texted(PARIS, ready, mode=mode) == sent_at


@pytest.mark.parametrize(
    ("closes", "opens", "ready", "sent_at"),
    [
        ("20:00", "10:00", "2026-01-06 19:59", "01-06 19:59"),
        ("20:00", "10:00", "2026-01-06 20:00", "01-07 10:00"),
        ("12:00", "14:00", "2026-01-06 13:00", "01-06 14:00"),
        ("12:00", "14:00", "2026-01-06 23:00", "01-06 23:00"),
    ],
)
def test_the_account_may_choose_another_window(
    closes: str, opens: str, ready: str, sent_at: str
) -> None:
    assert texted(LONDON, ready, start=closes, end=opens) == sent_at


NIGHT = "2026-01-05 22:30"


def by_night(*steps: Json, did: Any = (), **more: Any) -> list[tuple[str, str, str | None]]:
    """What is sent to somebody of the tier gold who comes in London's night to 6 January."""
    given = {"joined": at(NIGHT), "properties": {"tier": "gold"}} | more
    demote = flow(update("demote", put("tier", "tin")), id="demote", **on("Demoted"))
    return sent(run([flow(*steps), demote], population(Person(did=did, **given))))


GOLDEN: Json = {"additional_filters": GOLD}
SMART: Json = {"smart_sending_enabled": True}


@pytest.mark.parametrize(
    ("message", "sent_at"),
    [
        ({}, "01-06 08:00"),
        ({"sms_quiet_hours_enabled": True}, "01-06 08:00"),
        ({"sms_quiet_hours_enabled": False}, "01-05 22:30"),
        ({"transactional": True}, "01-05 22:30"),
        ({"transactional": True, "sms_quiet_hours_enabled": True}, "01-06 08:00"),
    ],
)
def test_they_are_on_for_marketing_and_off_for_what_is_transactional(
    message: Json, sent_at: str
) -> None:
    assert by_night(sms("text", **message)) == [("text", sent_at, None)]


def test_they_are_for_text_messages_alone_and_the_journey_pauses() -> None:
    assert by_night(email("before"), sms("text"), email("behind")) == [
        ("before", "01-05 22:30", None),
        ("text", "01-06 08:00", None),
        ("behind", "01-06 08:00", None),
    ]


@pytest.mark.parametrize(
    ("demoted", "when", "reason"),
    [
        ("2026-01-05 20:00", "01-05 22:30", "Fails Additional Filters"),
        ("2026-01-06 03:00", "01-06 08:00", "Fails Additional Filters"),
        ("2026-01-06 09:00", "01-06 08:00", None),
    ],
)
def test_filters_are_asked_before_the_wait_and_again_at_its_end(
    demoted: str, when: str, reason: str | None
) -> None:
    told = by_night(sms("text", **GOLDEN), did=[("Demoted", demoted)])
    assert told == [("text", when, reason)]


@pytest.mark.parametrize(
    ("told", "when", "reason"),
    [
        ([], "01-06 08:00", None),
        ([("Unsubscribed from SMS", "2026-01-06 03:00")], "01-06 08:00", "Missing SMS Consent"),
        ([("Unsubscribed from SMS", "2026-01-05 20:00")], "01-05 22:30", "Missing SMS Consent"),
    ],
)
def test_so_is_consent(told: Any, when: str, reason: str | None) -> None:
    assert by_night(sms("text"), did=told) == [("text", when, reason)]


@pytest.mark.parametrize(
    ("first_at", "reason"),
    [("2026-01-05 07:59", None), ("2026-01-05 08:00", None), ("2026-01-05 08:01", "Smart Sending")],
)
def test_smart_sending_is_asked_when_the_night_is_over(first_at: str, reason: str | None) -> None:
    """By night each text is within 24 hours of the first; at 8:00 only the last one still is."""
    told = by_night(sms("text", **SMART), did=[("Received SMS", first_at)])
    assert told == [("text", "01-06 08:00", reason)]


def test_a_text_skipped_for_consent_does_not_wait() -> None:
    told = by_night(sms("text"), sms=UNSUBSCRIBED)
    assert told == [("text", "01-05 22:30", "Missing SMS Consent")]


def test_who_is_added_from_the_past_waits_as_well() -> None:
    """Two days and an hour and a half after Saturday, 21:00, is Monday, 22:30."""
    pause = wait("pause", unit="hours", value=49, secondary_value=30)
    people = population(Person(joined=at("2026-01-03 21:00")))
    setting = scenario().model_copy(update={"add_past": {"flow": "relative"}})
    told = sent(run(flow(pause, sms("text")), people, setting))
    assert told == [("text", "01-06 08:00", None)]
