"""A/B tests, as published in [H:6960371049115] and [H:11233978755611] (semantics B.7, E6, E9)."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from contests import END, Obedient, contest, decided, joiners, won
from small_runs import Json, email, flow, run, tables
from small_steps import experiment

from simulator.world import Response, SentBatch


def got(*versions: Json, people: int = 400, **how: Any) -> dict[str, int]:
    """How many got which version; "main" for the message outside of the test."""
    held = flow(experiment("test", *versions, **how))
    found: dict[str, int] = {}
    for row in tables(run(held, joiners(people, apart_hours=0)))["sends"]:
        name = row["variation"] or "main"
        found[name] = found.get(name, 0) + 1
    return found


A, B, C = email("a"), email("b"), email("c")


@pytest.mark.parametrize(
    ("state", "versions"), [("draft", {"main"}), ("live", {"a", "b"}), ("completed", {"main"})]
)
def test_only_a_test_that_is_live_parts_people(state: str, versions: set[str]) -> None:
    assert set(got(A, B, state=state)) == versions


@pytest.mark.parametrize(
    ("allocations", "shares"),
    [
        (None, {"a": 50, "b": 50}),
        ({"a": 50, "b": 50}, {"a": 50, "b": 50}),
        ({"a": 75, "b": 25}, {"a": 75, "b": 25}),
        ({"a": 100, "b": 0}, {"a": 100}),
        ({"b": 100}, {"b": 100}),
        ({"0": 20, "1": 80}, {"a": 20, "b": 80}),
    ],
)
def test_people_are_parted_by_the_weights(allocations: Any, shares: dict[str, int]) -> None:
    """Of 2,000 people a share lies within four percent of the one asked for."""
    found = got(A, B, people=2000, allocations=allocations)
    assert found.keys() == shares.keys()
    assert all(abs(found[name] / 20 - share) < 4 for name, share in shares.items())


def test_three_versions_get_a_third_each() -> None:
    found = got(A, B, C, people=3000)
    assert all(abs(count - 1000) < 120 for count in found.values())
    assert len(found) == 3


class Counted:
    """A world in which so many of each version's recipients click an hour later."""

    def __init__(self, clicks: tuple[int, int]) -> None:
        self._clicks = clicks

    def answer(self, sent: SentBatch) -> list[Response]:
        """All got their message at one moment, so that one batch holds them all."""
        of = [np.flatnonzero(sent.variation == v)[:n] for v, n in enumerate(self._clicks)]
        cause = np.sort(np.concatenate(of))
        at = sent.at[cause] + HOUR
        return [Response("Clicked Email", cause, at, np.full(len(cause), np.nan), {})]


HOUR = 3_600_000_000
CERTAIN = {"automatic_end_statistical_certainty": True}
MIDNIGHT = "2026-01-06 00:00"


@pytest.mark.parametrize(
    ("people", "clicks", "winner"),
    [
        (999, (0, 500), None),
        (1200, (0, 600), "b"),
        (1200, (600, 0), "a"),
        (2400, (60, 120), "b"),
        (2400, (120, 60), "a"),
        (2400, (60, 84), None),
        (2400, (60, 62), None),
    ],
)
def test_certainty_needs_500_recipients_each_90_percent_and_intervals_apart(
    people: int, clicks: tuple[int, int], winner: str | None
) -> None:
    """Seven percent beat five of 1,200 with a chance of 98 percent, yet their intervals overlap."""
    held = contest(**CERTAIN)
    crowd = joiners(people, apart_hours=0)
    found = decided(held, crowd, Counted(clicks))
    assert found == (won(winner, MIDNIGHT) if winner else None)


def test_on_its_last_day_the_version_with_the_better_rate_wins() -> None:
    held, people = contest(**END), joiners(60)
    assert decided(held, people, Obedient({0: 3, 1: 12})) == won("b", "2026-01-10 12:00")
    assert decided(held, people, Obedient({0: 12, 1: 3})) == won("a", "2026-01-10 12:00")


def test_of_equal_rates_the_first_version_wins() -> None:
    assert decided(contest(**END), joiners(40), Obedient({})) == won("a", "2026-01-10 12:00")


def test_what_is_not_measured_counts_for_nothing() -> None:
    held, people = contest(**END, metric="unique-opens"), joiners(40)
    assert decided(held, people, Obedient({1: 99})) == won("a", "2026-01-10 12:00")
    opened = Obedient({1: 99}, "Opened Email")
    assert decided(held, people, opened) == won("b", "2026-01-10 12:00")
    ordered = Obedient({1: 99}, "Placed Order")
    bought = contest(**END, metric="unique-placed-orders")
    assert decided(bought, people, ordered) == won("b", "2026-01-10 12:00")


def test_what_comes_after_the_end_counts_for_nothing() -> None:
    """People come from the 10th at 11:30 on, and click an hour later: after the end."""
    late = joiners(40, "2026-01-10 11:30")
    assert decided(contest(**END), late, Obedient({1: 99})) == won("a", "2026-01-10 12:00")


def test_a_test_that_is_not_decided_by_itself_goes_on() -> None:
    world = Obedient({1: 99})
    assert decided(contest(**END, enabled=False), joiners(40), world) is None
    assert decided(contest(), joiners(40), world) is None
    later = contest(automatic_end_date="2027-01-01T00:00:00Z")
    assert decided(later, joiners(40), world) is None


def test_certainty_is_looked_for_once_a_day_of_the_account() -> None:
    """Ten messages for each version suffice, and are there after some twenty hours."""
    held = contest(automatic_end_statistical_certainty=True)
    people, world = joiners(200), Obedient({1: 99})
    certainty = {"recipients": 5}
    first = decided(held, people, world, certainty=certainty)
    assert first == won("b", "2026-01-06 00:00")
    abroad = decided(held, people, world, certainty=certainty, account_timezone="Asia/Tokyo")
    assert abroad == won("b", "2026-01-06 15:00")


def test_certainty_or_the_end_whichever_comes_first() -> None:
    held = contest(**END, automatic_end_statistical_certainty=True)
    people, world = joiners(200), Obedient({1: 99})
    assert decided(held, people, world) == won("b", "2026-01-10 12:00")
    soon = decided(held, people, world, certainty={"recipients": 5})
    assert soon == won("b", "2026-01-06 00:00")
