"""How often someone did something, and in which time (semantics A.6)."""

from typing import Any

import pytest
from asking import EVER, LAST_WEEK, NAMES, SINCE_START, Json, asking, explained, holds, ordered
from fake_scene import FakeScene, Happened, at, scene, times

from flows.conditions import Answer


def shopper(*moments: str, **given: Any) -> FakeScene:
    """One person who entered on 3 March 2026 at 10:00 and ordered at these moments."""
    events = [Happened(0, "T9", at(moment), 20.0, {"Items": ("Hat",)}) for moment in moments]
    return scene(entered_at=times("2026-03-03T10:00"), events=events, **given)


def test_the_event_that_started_a_run_never_counts_since_starting() -> None:
    none = ordered("equals", 0, SINCE_START)
    assert holds(none, shopper("2026-03-03T10:00")) == [True]
    assert holds(none, shopper("2026-03-03T10:00:00.000001")) == [False]
    assert holds(none, shopper("2026-03-10T12:00:00.000001")) == [True]


def test_since_starting_is_explained_with_the_moment_of_entry() -> None:
    asked = ordered("equals", 0, SINCE_START)
    assert explained(asked, shopper()) == Answer(
        True, "Placed Order since entering on 3 Mar 2026 10:00: 0 times, wanted 0"
    )
    assert explained(asked, shopper("2026-03-05")) == Answer(
        False, "Placed Order since entering on 3 Mar 2026 10:00: 1 time, wanted 0"
    )


@pytest.mark.parametrize(
    ("timeframe", "moments", "count"),
    [
        (EVER, ["1995-01-01", "2026-03-10T12:00", "2026-03-10T12:01"], 2),
        (LAST_WEEK, ["2026-03-03T11:59", "2026-03-03T12:00", "2026-03-10T12:00"], 2),
        ({"operator": "at-least", "unit": "day", "quantity": 7}, ["2026-03-03T12:00"], 1),
        ({"operator": "after", "date": "2026-03-01"}, ["2026-03-01T23:59", "2026-03-02"], 1),
        ({"operator": "before", "date": "2026-03-01"}, ["2026-02-28T23:59", "2026-03-01"], 1),
        (
            {"operator": "between-static", "start": "2026-03-01", "end": "2026-03-02"},
            ["2026-02-28T23:59", "2026-03-01", "2026-03-02T23:59", "2026-03-03"],
            2,
        ),
        (
            {"operator": "between", "start": 1, "end": 3, "unit": "day"},
            ["2026-03-07T12:00", "2026-03-07T12:01", "2026-03-09T12:00", "2026-03-09T12:01"],
            2,
        ),
        (
            {"operator": "anniversary-last", "unit": "day", "quantity": 7},
            ["2025-03-02", "2025-03-03", "2024-03-10T23:00", "2026-03-05", "2023-03-11"],
            3,
        ),
        (
            {"operator": "anniversary-next", "unit": "week", "quantity": 1},
            ["2025-03-17", "2025-03-18", "2025-03-09", "2026-03-17"],
            1,
        ),
        ({"operator": "in-the-next", "unit": "day", "quantity": 1}, ["2026-03-11T00:00"], 0),
    ],
    ids=str,
)
def test_events_count_in_their_timeframe(timeframe: Json, moments: list[str], count: int) -> None:
    person = shopper(*moments)
    assert holds(ordered("equals", count, timeframe), person) == [True]
    assert holds(ordered("not-equals", count, timeframe), person) == [False]


def test_the_29th_of_february_keeps_its_anniversary_in_other_years() -> None:
    timeframe = {"operator": "anniversary-last", "unit": "day", "quantity": 1}
    asked = ordered("equals", 1, timeframe)
    leapling = [Happened(0, "T9", at("2024-02-29T10:00"))]
    assert holds(asked, scene("2026-02-28T12:00", events=leapling)) == [True]
    last_year = [Happened(0, "T9", at("2027-02-28T10:00"))]
    assert holds(asked, scene("2028-02-28T12:00", events=last_year)) == [True]


def test_the_sum_of_values_and_tests_on_events() -> None:
    hats = {"type": "list", "operator": "contains-any", "value": ["Hat", "Cap"]}
    asked = ordered(
        "greater-than-or-equal",
        40,
        EVER,
        measurement="sum",
        metric_filters=[{"property": "Items", "filter": hats}],
    )
    assert holds(asked, shopper("2026-03-01", "2026-03-02")) == [True]
    assert holds(asked, shopper("2026-03-01")) == [False]
    assert asking([asked]).sentence(NAMES) == (
        "the value of Placed Order over all time where Items contains any of “Hat” or “Cap”"
        " is at least 40"
    )
    assert explained(asked, shopper("2026-03-01")).why == (
        "Placed Order over all time where Items contains any of “Hat” or “Cap”: 20 in all,"
        " wanted at least 40"
    )


@pytest.mark.parametrize(
    ("operator", "count", "words"),
    [
        ("equals", 0, "zero times"),
        ("equals", 1, "exactly once"),
        ("equals", 3, "exactly 3 times"),
        ("not-equals", 0, "at least once"),
        ("greater-than", 0, "at least once"),
        ("greater-than-or-equal", 1, "at least once"),
        ("greater-than", 1, "more than once"),
        ("greater-than-or-equal", 2, "at least 2 times"),
        ("less-than", 2, "less than 2 times"),
        ("less-than-or-equal", 1, "at most once"),
    ],
)
def test_how_often_is_said_as_people_do(operator: str, count: int, words: str) -> None:
    asked = asking([ordered(operator, count, SINCE_START)])
    assert asked.sentence(NAMES) == f"has Placed Order {words} since starting this flow"


def test_conditions_ask_each_row_for_itself() -> None:
    condition = ordered("greater-than", 0, LAST_WEEK)
    moments = times("2026-03-01T12:00", "2026-03-09T12:00", "2026-03-20T12:00")
    events = [Happened(row, "T9", at("2026-03-05")) for row in range(3)]
    together = FakeScene(now=moments, entered_at=moments, events=events)
    assert holds(condition, together) == [False, True, False]
    alone = [
        FakeScene(
            now=moments[row : row + 1],
            entered_at=moments[row : row + 1],
            events=[Happened(0, "T9", at("2026-03-05"))],
        )
        for row in range(3)
    ]
    assert [holds(condition, one)[0] for one in alone] == [False, True, False]


def test_nobody_is_asked_nothing() -> None:
    for timeframe in (SINCE_START, {"operator": "anniversary"}):
        assert holds(ordered("equals", 0, timeframe), scene(size=0)) == []
