"""Late events, on which [H:360017706091] and [H:12278373016603] disagree (semantics B.1, E2).

An event starts a flow up to four hours late, or as late as the first delay is long, or a week late
where the first message is transactional.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from shop_runs import Did, with_events
from small_runs import (
    Person,
    at,
    counted,
    email,
    flow,
    on,
    population,
    run,
    scenario,
    tables,
    us,
    wait,
)
from small_steps import END, entered, sent

from simulator.engine import Engine


def happened(when: str, recorded: str | None = None, metric: str = "Ordered", **more: Any) -> Did:
    return Did(0, metric, when, {}, recorded, **more)


def came(held: Any, *done: Did, **rules: Any) -> tuple[list[str], dict[str, int]]:
    """When the person entered, and why not."""
    engine = run(held, with_events(population(Person()), *done), scenario(**rules))
    return [when[5:] for _, when in entered(engine)], dict(engine.counts.flows[0].turned_away)


LATE: dict[str, int] = {"Late Event": 1}


@pytest.mark.parametrize(
    ("steps", "recorded", "comes"),
    [
        ([email("x")], "01-06 14:00", True),
        ([email("x")], "01-06 14:01", False),
        ([wait("w", unit="hours", value=6), email("x")], "01-06 16:00", True),
        ([wait("w", unit="hours", value=6), email("x")], "01-06 16:01", False),
        ([wait("w", unit="minutes", value=30), email("x")], "01-06 14:00", True),
        ([email("x"), wait("w", value=2, delay_until_time="23:00:00")], "01-08 10:00", True),
        ([email("x"), wait("w", value=2, delay_until_time="23:00:00")], "01-08 10:01", False),
        ([email("x", transactional=True)], "01-13 10:00", True),
        ([email("x", transactional=True)], "01-13 10:01", False),
        ([email("x"), email("y", transactional=True)], "01-06 14:01", False),
    ],
)
def test_an_event_may_be_four_hours_late_or_the_first_delay_or_a_week(
    steps: list[Any], recorded: str, comes: bool
) -> None:
    found = came(flow(*steps, **on("Ordered")), happened("2026-01-06 10:00", f"2026-{recorded}"))
    assert found == (([recorded], {}) if comes else ([], LATE))


def test_the_account_says_how_late_is_late() -> None:
    held = flow(email("x"), **on("Ordered"))
    event = happened("2026-01-06 10:00", "2026-01-06 12:30")
    assert came(held, event, late={"hours": 2}) == ([], LATE)
    assert came(held, event, late={"hours": 3}) == (["01-06 12:30"], {})


def test_an_event_from_before_the_run_that_is_known_in_it_starts_a_flow() -> None:
    held = flow(email("x"), **on("Ordered"))
    assert came(held, happened("2026-01-04 23:00", "2026-01-05 01:00")) == (["01-05 01:00"], {})
    assert came(held, happened("2026-01-04 22:00", "2026-01-04 23:59")) == ([], {})


def test_a_subscription_that_is_recorded_behind_its_time_starts_nothing() -> None:
    metric = "Subscribed to Email Marketing"
    held = flow(email("x"), **on(metric))
    assert came(held, happened("2026-01-06 10:00", "2026-01-06 10:01", metric)) == ([], LATE)
    assert came(held, happened("2026-01-06 10:00", None, metric)) == (["01-06 10:00"], {})


def test_an_event_of_the_future_starts_nothing() -> None:
    held = flow(email("x"), **on("Ordered"))
    found = came(held, happened("2026-01-06 10:00", "2026-01-05 10:00"))
    assert found == ([], {"Future Event": 1})


def test_an_event_that_fills_in_the_past_starts_nothing_and_counts() -> None:
    asked = counted("Ordered", {"type": "date", "operator": "alltime"}, "greater-than", 0)
    held = flow(email("x"), profile_filter=asked)
    person = Person(joined=at("2026-01-07 10:00"))
    event = happened("2026-01-06 10:00", silent=True)
    ordered = flow(email("y"), id="ordered", **on("Ordered"))
    engine = run([held, ordered], with_events(population(person), event))
    assert [row["flow"] for row in tables(engine)["enrolments"]] == ["flow"]


def seen_at(moment: str) -> list[str | None]:
    """Whether somebody who joins then is known to have ordered on the 6th, known on the 8th."""
    asked = counted("Ordered", {"type": "date", "operator": "alltime"}, "greater-than", 0)
    split = {
        "id": "split",
        "type": "conditional-split",
        "data": {"profile_filter": asked},
        "links": {"next_if_true": "yes", "next_if_false": "no"},
    }
    held = flow(split, email("yes") | {"links": END}, email("no") | {"links": END})
    people = population(Person(joined=at(moment)))
    event = happened("2026-01-06 10:00", "2026-01-08 10:00")
    return [step for step, _, _ in sent(run(held, with_events(people, event)))]


def test_what_is_not_known_yet_is_not_counted() -> None:
    assert seen_at("2026-01-07 10:00") == ["no"]
    assert seen_at("2026-01-08 10:00") == ["yes"]


def test_the_log_has_a_late_event_at_its_own_time() -> None:
    event = happened("2026-01-06 10:00", "2026-01-08 10:00")
    engine = run(flow(email("x"), **on("Ordered")), with_events(population(Person()), event))
    assert [(e["metric"], e["at"]) for e in tables(engine)["events"]] == [
        ("Ordered", at("2026-01-06 10:00"))
    ]


def joined(quiet: bool) -> Engine:
    people = population(Person(joined=at("2026-01-06 10:00")))
    people.profiles.quiet["news"] = np.array([quiet])
    return run(flow(email("x")), people)


def test_a_quiet_joining_brings_nobody_and_makes_a_member() -> None:
    assert entered(joined(quiet=False)) == [("p0", "2026-01-06 10:00")]
    silent = joined(quiet=True)
    assert entered(silent) == []
    assert silent.people.joined("news").tolist() == [us(at("2026-01-06 10:00"))]
