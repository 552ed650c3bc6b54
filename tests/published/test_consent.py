"""Consent and suppression, as published in [H:360037101072], [H:115005246108] (semantics B.10)."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from small_runs import Json, Person, at, email, flow, population, run, scenario, sms
from small_steps import put, sent, update

from flows.columns import NEVER, Column, Value
from flows.people import Population
from flows.rules import Rules, Suppression
from flows.scene import NEVER_SUBSCRIBED, SUBSCRIBED, UNSUBSCRIBED, Consent
from simulator.engine import Engine
from simulator.people import People
from simulator.plan import make_plan

MONDAY = at("2026-01-05 10:00")
DAYTIME = {"sms_quiet_hours_enabled": False}
SUPPRESSED = "Manually Suppressed from Email Marketing"
WHATSAPP = "Subscribed to WhatsApp Transactional"


def somebody(did: Any = (), status: dict[Any, int] | None = None, **more: Any) -> Population:
    """One person, who never agreed to push and WhatsApp unless `status` says so."""
    held = population(Person(joined=MONDAY, did=did, **more))
    for channel, code in (status or {}).items():
        old = held.profiles.consent[channel]
        held.profiles.consent[channel] = Consent(old.status * 0 + code, old.since, old.suppressed)
    return held


def with_columns(people: Population, **columns: Value) -> Population:
    for name, value in columns.items():
        people.profiles.properties[name.replace("__", ".")] = Column.of([value])
    return people


def whatsapp(name: str, **more: Any) -> Json:
    message = {"vendor_id": "v", "smart_sending_enabled": False} | more
    return {"id": name, "type": "send-whatsapp", "data": {"message": message, "status": "live"}}


def push(name: str) -> Json:
    message = {"body": "Hello", "smart_sending_enabled": False}
    return {"id": name, "type": "send-mobile-push", "data": {"message": message, "status": "live"}}


EMAILS = email("news"), email("receipt", transactional=True)
TEXTS = sms("news", **DAYTIME), sms("receipt", transactional=True)
CHATS = whatsapp("news"), whatsapp("receipt", transactional=True)
BOTH, NEITHER, RECEIPTS = ["news", "receipt"], [], ["receipt"]


def gone_out(steps: tuple[Json, ...], people: Population, **rules: Any) -> list[str]:
    """The messages that were sent."""
    told = sent(run(flow(*steps), people, scenario(**rules)))
    return [action for action, _, reason in told if reason is None]


EARLIER, LATER = "2025-12-01 10:00", "2026-01-05 09:00"


@pytest.mark.parametrize(
    ("did", "out"),
    [
        ([], BOTH),
        (["Unsubscribed from Email Marketing"], RECEIPTS),
        (["Clicked and Unsubscribed from Email"], RECEIPTS),
        ([SUPPRESSED], RECEIPTS),
        (["Marked Email as Spam"], NEITHER),
        (["Bounced Email"], NEITHER),
        (
            [
                SUPPRESSED,
                "Manually Unsuppressed from Email Marketing",
            ],
            BOTH,
        ),
        (["Marked Email as Spam", "Manually Unsuppressed from Email Marketing"], NEITHER),
        (["Unsubscribed from Email Marketing", "Subscribed to Email Marketing"], BOTH),
        (["Marked Email as Spam", "Subscribed to Email Marketing"], BOTH),
        ([SUPPRESSED, "Subscribed to Email Marketing"], BOTH),
        (["Bounced Email", "Subscribed to Email Marketing"], NEITHER),
        (["Subscribed to Email Marketing", "Marked Email as Spam"], NEITHER),
    ],
    ids=lambda value: " then ".join(value) if isinstance(value, list) else "",
)
def test_events_of_the_run_decide_who_gets_email(did: list[str], out: list[str]) -> None:
    moments = ["2026-01-05 08:00", "2026-01-05 09:00"]
    people = somebody(did=list(zip(did, moments, strict=False)))
    assert gone_out(EMAILS, people) == out


@pytest.mark.parametrize(
    ("did", "out"),
    [
        ([SUPPRESSED], RECEIPTS),
        (["Marked Email as Spam"], NEITHER),
        (["Bounced Email"], NEITHER),
        (["Marked Email as Spam", "Subscribed to Email Marketing"], BOTH),
        (["Subscribed to Email Marketing", "Marked Email as Spam"], NEITHER),
        (["Bounced Email", "Subscribed to Email Marketing"], NEITHER),
    ],
    ids=lambda value: " then ".join(value) if isinstance(value, list) else "",
)
def test_the_history_decides_where_profiles_are_silent(did: list[str], out: list[str]) -> None:
    moments = ["2025-12-01 08:00", "2025-12-02 09:00"]
    people = somebody(did=list(zip(did, moments, strict=False)))
    assert gone_out(EMAILS, people) == out


def test_what_profiles_tell_comes_before_their_history() -> None:
    bounced = [("Bounced Email", EARLIER)]
    cleared = with_columns(somebody(did=bounced), suppression__email__bounced_at=None)
    assert gone_out(EMAILS, cleared) == BOTH
    unsubscribed = [("Unsubscribed from Email Marketing", EARLIER)]
    assert gone_out(EMAILS, somebody(did=unsubscribed)) == BOTH


@pytest.mark.parametrize(
    ("column", "out"),
    [
        ("suppression__email__bounced_at", NEITHER),
        ("suppression__email__invalid_at", NEITHER),
        ("suppression__email__spam_at", NEITHER),
        ("suppression__email__manual_at", RECEIPTS),
    ],
)
def test_profiles_tell_why_they_are_suppressed(column: str, out: list[str]) -> None:
    people = with_columns(somebody(suppressed=True), **{column: "2025-11-01T00:00:00Z"})
    assert gone_out(EMAILS, people) == out
    assert gone_out(EMAILS, somebody(suppressed=True)) == RECEIPTS


def test_a_suppression_by_hand_leaves_the_consent_as_it_is() -> None:
    people = somebody(did=[(SUPPRESSED, LATER)])
    engine = run(flow(*EMAILS), people)
    held = engine.people.consent["email"]
    assert (held.status.tolist(), held.suppressed.tolist()) == ([SUBSCRIBED], [True])


def soft(*moments: str, opened: str | None = None) -> Population:
    did = [("Bounced Email", moment) for moment in moments]
    people = somebody(did=[*did, *([("Opened Email", opened)] if opened else [])])
    kinds = Column.of(["Soft"] * len(moments))
    people.events["Bounced Email"].properties["Bounce Type"] = kinds
    return people


DAYS = [f"2025-12-{day:02} 10:00" for day in range(1, 9)]


def test_more_than_seven_soft_bounces_in_a_row_suppress() -> None:
    assert gone_out(EMAILS, soft(*DAYS[:7])) == BOTH
    assert gone_out(EMAILS, soft(*DAYS)) == NEITHER
    assert gone_out(EMAILS, soft(*DAYS[:7], LATER)) == NEITHER
    assert gone_out(EMAILS, soft(*DAYS[:7], "2026-01-05 11:00")) == BOTH
    assert gone_out(EMAILS, soft(*DAYS, opened="2025-12-04 12:00")) == BOTH
    assert gone_out(EMAILS, soft(*DAYS[:3]), suppression=Suppression(soft_bounces=2)) == NEITHER


def test_a_row_of_soft_bounces_lies_within_two_years() -> None:
    early = "2023-12-01 10:00"
    assert gone_out(EMAILS, soft("2023-12-09 10:00", *DAYS[:7])) == NEITHER
    assert gone_out(EMAILS, soft(early, *DAYS[1:8])) == BOTH


@pytest.mark.parametrize(
    ("did", "out"),
    [
        ([], NEITHER),
        (["Subscribed to SMS Marketing"], BOTH),
        (["Subscribed to SMS Transactional"], RECEIPTS),
        (["Subscribed to SMS Transactional", "Unsubscribed from SMS Marketing"], NEITHER),
        (["Subscribed to SMS Marketing", "Unsubscribed from SMS Transactional"], NEITHER),
        (["Subscribed to SMS Marketing", "Unsubscribed from SMS"], NEITHER),
        (["Unsubscribed from SMS", "Subscribed to SMS Transactional"], RECEIPTS),
    ],
    ids=lambda value: " then ".join(value) if isinstance(value, list) else "",
)
def test_texts_need_one_of_two_consents_and_one_no_is_for_both(
    did: list[str], out: list[str]
) -> None:
    moments = ["2026-01-05 08:00", "2026-01-05 09:00"]
    people = somebody(did=list(zip(did, moments, strict=False)), sms=NEVER_SUBSCRIBED)
    assert gone_out(TEXTS, people) == out


def test_transactional_consent_is_told_by_the_profile_else_by_the_history() -> None:
    never = {"sms": NEVER_SUBSCRIBED}
    agreed = [("Subscribed to SMS Transactional", EARLIER)]
    assert gone_out(TEXTS, somebody(did=agreed, **never)) == RECEIPTS
    no = with_columns(somebody(did=agreed, **never), consent__sms_transactional="unsubscribed")
    assert gone_out(TEXTS, no) == NEITHER
    yes = with_columns(somebody(**never), consent__sms_transactional="subscribed")
    assert gone_out(TEXTS, yes) == RECEIPTS


def test_a_new_number_has_no_consent_of_either_kind() -> None:
    new = update("new", put("phone_number", "+447700900999"))
    agreed = [("Subscribed to SMS Transactional", LATER)]
    assert gone_out((new, *TEXTS), somebody(did=agreed)) == NEITHER


@pytest.mark.parametrize(
    ("did", "out"),
    [
        ([], NEITHER),
        (["Subscribed to SMS Marketing"], NEITHER),
        (["Subscribed to WhatsApp Marketing"], BOTH),
        ([WHATSAPP], RECEIPTS),
        ([WHATSAPP, "Unsubscribed from WhatsApp Transactional"], NEITHER),
        (["Subscribed to WhatsApp Marketing", "Unsubscribed from WhatsApp Marketing"], NEITHER),
        ([WHATSAPP, "Unsubscribed from WhatsApp Marketing"], RECEIPTS),
    ],
    ids=lambda value: " then ".join(value) if isinstance(value, list) else "",
)
def test_whatsapp_for_marketing_covers_what_is_transactional(
    did: list[str], out: list[str]
) -> None:
    moments = ["2026-01-05 08:00", "2026-01-05 09:00"]
    assert gone_out(CHATS, somebody(did=list(zip(did, moments, strict=False)))) == out


def test_permissions_of_profiles_count_as_consent_to_whatsapp() -> None:
    reachable = {"permission__whatsapp_marketing": "explicitly_reachable"}
    assert gone_out(CHATS, with_columns(somebody(), **reachable)) == BOTH
    unreachable = {"permission__whatsapp_marketing": "explicitly_unreachable"}
    agreed = somebody(status={"whatsapp": SUBSCRIBED})
    assert gone_out(CHATS, with_columns(agreed, **unreachable)) == NEITHER
    receipts = {"permission__whatsapp_transactional": "explicitly_reachable"}
    assert gone_out(CHATS, with_columns(somebody(), **receipts)) == RECEIPTS


def test_push_needs_a_token_and_consent() -> None:
    agreed = [("Subscribed to Push Marketing", LATER)]
    gone = [*agreed, ("Unsubscribed from Push Marketing", "2026-01-05 09:30")]
    token = {"push_token": "t"}
    assert gone_out((push("x"),), with_columns(somebody(did=agreed), **token)) == ["x"]
    assert gone_out((push("x"),), with_columns(somebody(did=gone), **token)) == []
    assert gone_out((push("x"),), somebody(did=agreed)) == []


def ran(people: Population) -> People:
    """The people after a run in which everything happens that is given."""
    engine = Engine(make_plan([flow(*EMAILS)], scenario()), people, None)
    while engine.wave():
        pass
    return engine.people


def test_properties_follow_what_happens_to_consent() -> None:
    did = [
        ("Bounced Email", "2026-01-05 08:00"),
        ("Marked Email as Spam", "2026-01-05 08:30"),
        ("Subscribed to Email Marketing", "2026-01-05 09:00"),
        ("Unsubscribed from SMS", "2026-01-05 09:00"),
        ("Subscribed to WhatsApp Marketing", "2026-01-05 09:00"),
    ]
    told = {"permission__whatsapp_marketing": "implicitly_unreachable"}
    people = ran(with_columns(somebody(did=did), **told))
    names = (
        "suppression.email.bounced_at",
        "suppression.email.spam_at",
        "suppression.email.manual_at",
        "consent.sms_transactional",
        "permission.whatsapp_marketing",
    )
    assert [people.column(name).values() for name in names] == [
        ["2026-01-05T08:00:00.000000Z"],
        [None],
        [None],
        ["unsubscribed"],
        ["explicitly_reachable"],
    ]


def test_consents_from_before_1990_count_from_then() -> None:
    people = somebody()
    old = np.array([at("1970-05-01 00:00").timestamp() * 1_000_000], dtype=np.int64)
    for since, kept in ((old[0], at("1990-01-01 00:00").timestamp() * 1e6), (NEVER, NEVER)):
        held = people.profiles.consent["email"]
        people.profiles.consent["email"] = Consent(held.status, np.array([since]), held.suppressed)
        assert People(people.profiles, 1, Rules()).consent["email"].since.tolist() == [kept]
    assert people.profiles.consent["email"].since.tolist() == [NEVER]


def test_of_two_events_at_once_the_one_that_takes_back_comes_last() -> None:
    at_once = [
        ("Subscribed to Email Marketing", LATER),
        ("Unsubscribed from Email Marketing", LATER),
    ]
    assert gone_out(EMAILS, somebody(did=at_once, email_status=UNSUBSCRIBED)) == RECEIPTS
    assert gone_out(EMAILS, somebody(did=at_once[::-1])) == RECEIPTS
