"""Who comes into a flow (semantics B.1).

Published in [H:360017706091], [H:115002779051], [H:360003040052], [H:12414318812827],
[H:4534329515931] and [OAS:bulk_subscribe_profiles].
"""

from __future__ import annotations

import numpy as np
import pytest
from shop_runs import Did, with_events
from small_runs import Json, Person, at, email, flow, on, population, run, scenario, tables, wait
from small_steps import END, GOLD, entered, membership, put, sent, update, with_status

from flows.scene import UNSUBSCRIBED

MOMENT = "2026-01-06 10:00"


@pytest.mark.parametrize(
    ("statuses", "enters"),
    [
        (("live",), True),
        (("manual",), True),
        (("draft",), False),
        (("disabled",), False),
        (("draft", "live"), True),
        (("draft", "manual"), True),
        (("draft", "disabled"), False),
    ],
)
def test_nobody_enters_unless_something_is_live_or_manual(
    statuses: tuple[str, ...], enters: bool
) -> None:
    steps = [with_status(email(f"mail {i}"), status) for i, status in enumerate(statuses)]
    people = population(Person(joined=at(MOMENT)))
    engine = run(flow(*steps), people, scenario(as_live=False))
    assert entered(engine) == ([("p0", MOMENT)] if enters else [])


@pytest.mark.parametrize(
    ("metric", "enters"),
    [
        ("Ordered", True),
        ("Bounced Email", True),
        ("Opened Email", False),
        ("Clicked Email", False),
        ("Received Email", False),
    ],
)
def test_emails_received_opened_and_clicked_start_nothing(metric: str, enters: bool) -> None:
    people = population(Person(did=[(metric, MOMENT)]))
    assert bool(entered(run(flow(email("x"), **on(metric)), people))) == enters


def test_every_matching_event_is_an_entry() -> None:
    moments = ["2026-01-06 10:00", "2026-01-06 10:01", "2026-01-09 10:00"]
    people = population(Person(did=[("Ordered", moment) for moment in moments]))
    told = entered(run(flow(email("x"), **on("Ordered")), people))
    assert told == [("p0", moment) for moment in moments]


RED: Json = {
    "condition_groups": [
        {
            "conditions": [
                {
                    "type": "metric-property",
                    "metric_id": "Ordered",
                    "field": "Colour",
                    "filter": {"type": "string", "operator": "equals", "value": "red"},
                }
            ]
        }
    ]
}


@pytest.mark.parametrize(
    ("of_event", "of_person", "enters"),
    [("red", "red", True), ("red", "blue", True), ("blue", "red", False), (None, "red", False)],
)
def test_a_trigger_filter_reads_the_event_and_not_the_person(
    of_event: str | None, of_person: str, enters: bool
) -> None:
    held = flow(email("x"), **on("Ordered", trigger_filter=RED))
    people = population(Person(properties={"Colour": of_person}))
    done = Did(0, "Ordered", MOMENT, {"Colour": of_event})
    engine = run(held, with_events(people, done))
    assert bool(entered(engine)) == enters
    assert engine.counts.flows[0].turned_away == ({} if enters else {"Fails Trigger Filter": 1})


@pytest.mark.parametrize(
    ("tier", "changes_at", "enters", "reasons"),
    [
        ("gold", None, True, [None, None]),
        ("tin", None, False, []),
        (None, None, False, []),
        ("gold", "2026-01-06 12:00", True, [None, "Fails Flow Filters"]),
        ("gold", "2026-01-06 09:00", False, []),
    ],
)
def test_the_flow_filter_is_asked_at_entry_and_before_every_action(
    tier: str | None, changes_at: str | None, enters: bool, reasons: list[str | None]
) -> None:
    did = [("Demoted", changes_at)] if changes_at else []
    demote = flow(update("demote", put("tier", "tin")), id="demote", **on("Demoted"))
    held = flow(email("first"), wait("pause"), email("second"), profile_filter=GOLD)
    people = population(Person(joined=at(MOMENT), properties={"tier": tier}, did=did))
    engine = run([held, demote], people)
    assert [reason for _, _, reason in sent(engine)] == reasons
    assert engine.counts.flows[0].enrolled == int(enters)


def joining(*, quiet: bool = False, joined: str | None = MOMENT) -> list[tuple[str, str]]:
    people = population(Person(joined=at(joined) if joined else None))
    people.profiles.quiet["news"] = np.array([quiet])
    return entered(run(flow(email("x")), people))


def test_a_first_joining_starts_a_flow_and_a_quiet_one_does_not() -> None:
    """Quiet are merging, an import of old consents, and adding somebody on their own page."""
    assert joining() == [("p0", MOMENT)]
    assert joining(quiet=True) == []
    assert joining(joined="2026-01-04 10:00") == []
    assert joining(joined=None) == []


def test_an_action_that_adds_to_a_list_starts_its_flows_and_gives_no_consent() -> None:
    adding = flow(membership("add", "vip", add=True), id="adding", **on("Ordered"))
    held = flow(email("welcome"), triggers=[{"type": "list", "id": "vip"}])
    people = population(Person(did=[("Ordered", MOMENT)], email_status=UNSUBSCRIBED))
    people.profiles.lists["vip"] = people.profiles.lists.pop("news")
    engine = run([adding, held], people)
    written = [row["flow"] for row in tables(engine)["enrolments"]]
    assert sorted(written) == ["adding", "flow"]
    assert sent(engine) == [("welcome", "01-06 10:00", "Person Suppressed")]


@pytest.mark.parametrize("metric", ["Ordered", "Subscribed to List"])
def test_what_is_sent_to_fill_in_the_past_starts_nothing(metric: str) -> None:
    held = flow(email("x"), **on(metric))
    loud = with_events(population(Person()), Did(0, metric, MOMENT, {}))
    silent = with_events(population(Person()), Did(0, metric, MOMENT, {}, silent=True))
    assert (len(entered(run(held, loud))), entered(run(held, silent))) == (1, [])


def test_on_entry_people_are_scheduled_for_the_first_step_and_then_one_at_a_time() -> None:
    held = flow(wait("one"), email("a"), wait("two", value=60), email("b") | {"links": END})
    engine = run(held, population(Person(joined=at(MOMENT))))
    steps = [(s["action"], s["left_at"] is not None) for s in tables(engine)["steps"]]
    assert steps == [("one", True), ("a", True), ("two", False)]
