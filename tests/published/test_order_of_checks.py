"""In which order a message is checked: of two checks that fail the earlier is reported.

The order is that of semantics B.4 (E4), of which [H:115002779051] documents the filters at the
send, and [H:22711363273627] that quiet hours come before smart sending. Each row of a table is a
check together with what makes it fail; every pair of rows is made to fail at once.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

import pytest
from shop_runs import basket, change, dropping, selling, shop, shoppers, viewed
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
    us,
    wait,
)
from small_steps import GOLD, membership, put, sent, update
from timelines import dated

from flows.decisions import Decision
from flows.rules import Mishaps
from flows.scene import UNSUBSCRIBED
from simulator.engine import Engine
from simulator.plan import make_plan


@dataclass(frozen=True)
class Failure:
    """A check that fails, and by what: each part is added to a message that would go out."""

    reason: str
    message: Json = field(default_factory=dict)
    person: Json = field(default_factory=dict)
    rules: Json = field(default_factory=dict)
    status: str = "live"
    did: str = ""
    """What the person does in the hour between the entry and the message."""
    spent: str = ""
    """What the plan has used up."""


LISTED = Failure("Person No Longer in List", did="Left")
FILTERED = Failure("Fails Flow Filters", did="Demoted")
REVIEWED = Failure("Needs Review", status="manual", rules={"as_live": False})
CHOSEN = Failure("Fails Additional Filters", message={"additional_filters": GOLD})

EMAIL = (
    REVIEWED,
    Failure("Unconfigured", message={"template_id": None}),
    LISTED,
    FILTERED,
    CHOSEN,
    Failure("Missing Email", person={"email": None}),
    Failure("Person Suppressed", person={"email_status": UNSUBSCRIBED}),
    Failure("Smart Sending", message={"smart_sending_enabled": True}, did="Received Email"),
    Failure("Email Syntax Error", message={"subject_line": "{% if %}"}),
    Failure("Over Email Limit", spent="email"),
    Failure("Email Dropped", rules={"mishaps": Mishaps(email_dropped=1.0)}),
)
TEXT = (
    REVIEWED,
    LISTED,
    FILTERED,
    CHOSEN,
    Failure("Missing Phone Number", person={"phone": None}),
    Failure("Missing SMS Consent", person={"sms": UNSUBSCRIBED}),
    Failure("Smart Sending", message={"smart_sending_enabled": True}, did="Received SMS"),
    Failure("Unable to Send SMS", message={"body": "{% if %}"}),
    Failure("Not Enough Sends Available", spent="sms"),
)
HELD = {"Smart Sending", "Unable to Send SMS", "Not Enough Sends Available"}
"""Reasons of checks behind quiet hours."""
CLUB: Json = {
    "condition_groups": [
        {
            "conditions": [
                {
                    "type": "profile-property",
                    "property": "properties['club']",
                    "filter": {"type": "string", "operator": "equals", "value": "in"},
                }
            ]
        }
    ]
}


def tried(step: Any, joined: str, *failures: Failure) -> tuple[str, str | None]:
    """When the message was tried for good, and its reason."""
    message, given, rules = ({}, {}, {})
    for one in failures:
        message, given, rules = message | one.message, given | one.person, rules | one.rules
    soon = f"{joined[:-2]}45"
    did = [(one.did, soon) for one in failures if one.did]
    given = {"joined": at(joined), "properties": {"club": "in"}, "did": did} | given
    action = step("message", **message)
    action["data"]["status"] = next((f.status for f in failures if f.status != "live"), "live")
    flows = [
        flow(wait("hour", unit="hours", value=1), action, profile_filter=CLUB),
        flow(membership("leave", "news", add=False), id="left", **on("Left")),
        flow(update("demote", put("club", "out")), id="demoted", **on("Demoted")),
    ]
    spent = [
        Decision(kind="spent", name=f.spent, at=us(at("2026-01-05 00:00")))
        for f in failures
        if f.spent
    ]
    engine = Engine(make_plan(flows, scenario(**rules), spent), population(Person(**given)), None)
    while engine.wave():
        pass
    [(_, when, reason)] = [row for row in sent(engine) if row[0] == "message"]
    return when, reason


def named(pair: tuple[Failure, ...]) -> str:
    return " before ".join(one.reason for one in pair)


def by_day(name: str, **message: Any) -> Json:
    return sms(name, sms_quiet_hours_enabled=False, **message)


@pytest.mark.parametrize("step", [email, by_day, sms])
def test_a_message_that_nothing_stops_goes_out(step: Any) -> None:
    assert tried(step, "2026-01-05 10:00") == ("01-05 11:00", None)


@pytest.mark.parametrize("pair", [*combinations(EMAIL, 2)], ids=named)
def test_of_two_checks_of_an_email_the_earlier_is_reported(pair: tuple[Failure, ...]) -> None:
    assert tried(email, "2026-01-05 10:00", *pair) == ("01-05 11:00", pair[0].reason)
    assert tried(email, "2026-01-05 10:00", *pair[::-1]) == ("01-05 11:00", pair[0].reason)


@pytest.mark.parametrize("pair", [*combinations(TEXT, 2)], ids=named)
def test_of_two_checks_of_a_text_the_earlier_is_reported(pair: tuple[Failure, ...]) -> None:
    assert tried(by_day, "2026-01-05 10:00", *pair) == ("01-05 11:00", pair[0].reason)


@pytest.mark.parametrize("failure", TEXT, ids=lambda failure: failure.reason)
def test_what_comes_before_quiet_hours_is_told_by_night_and_the_rest_at_their_end(
    failure: Failure,
) -> None:
    when = "01-06 08:00" if failure.reason in HELD else "01-05 22:30"
    assert tried(sms, "2026-01-05 21:30", failure) == (when, failure.reason)


@pytest.mark.parametrize(
    ("bought", "message", "reason"),
    [
        (False, {}, None),
        (False, {"additional_filters": GOLD}, "Fails Additional Filters"),
        (True, {}, "Fails Flow Filters"),
        (True, {"additional_filters": GOLD}, "Fails Flow Filters"),
        (True, {"additional_filters": GOLD, "smart_sending_enabled": True}, "Fails Flow Filters"),
    ],
)
def test_whether_the_item_is_still_wanted_is_asked_before_the_messages_own_filters(
    bought: bool, message: Json, reason: str | None
) -> None:
    done = [viewed(0, "2026-01-10 09:00", "mug", 80.0)]
    done += [basket(0, "Placed Order", "2026-01-21 09:00", "mug")] if bought else []
    goods = selling(shop(change("2026-01-20 12:00", "mug", price=64.0)))
    held = flow(wait("pause", value=3), email("message", **message), **dropping())
    assert sent(run(held, shoppers(1, *done), goods)) == [("message", "01-23 12:00", reason)]


def test_whether_the_date_has_moved_is_asked_before_the_flows_filter() -> None:
    """Who fails both leaves; who fails the filter alone is skipped and goes on."""

    def left(*changes: Json) -> list[str | None]:
        held = dated(wait("pause", value=3), email("message"), profile_filter=CLUB)
        mover = flow(update("change", *changes), id="mover", **on("Ordered"))
        given = {"day": "1990-01-20", "club": "in"}
        person = Person(properties=given, did=[("Ordered", "2026-01-21 12:00")])
        engine = run([held, mover], population(person))
        why = [e["left_because"] for e in tables(engine)["enrolments"] if e["flow"] == "flow"]
        return [why[0], *(reason for _, _, reason in sent(engine))]

    out = put("club", "out")
    assert left(put("other", "x")) == ["finished", None]
    assert left(out) == ["finished", "Fails Flow Filters"]
    assert left(out, {"operator": "delete", "property_key": "day"}) == ["date changed"]
