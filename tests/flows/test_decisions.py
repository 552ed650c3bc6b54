"""What is used up: from when on, up to when, and for whom at the very last moment."""

from __future__ import annotations

from fake_scene import FakeScene, at, times

from flows.decisions import TURN, Decision, used_up

LAST = at("2026-01-10 12:00")


def scene(*decisions: Decision) -> FakeScene:
    """Asked before, twice at the moment when the last one went, right after, and a month later."""
    now = times("2026-01-10 11:00", *["2026-01-10 12:00"] * 2, "2026-01-10 13:00", "2026-02-01")
    return FakeScene(
        now, now, decisions=decisions, chances={(TURN, True): [0.1, 0.1, 0.7, 0.1, 0.1]}
    )


def test_nothing_is_used_up_that_nobody_has_decided_about() -> None:
    other = Decision(kind="spent", name="sms", at=LAST)
    won = Decision(kind="winner", name="email", at=LAST)
    assert used_up(scene(other, won), "email") is None


def test_it_is_used_up_from_the_moment_on() -> None:
    gone = used_up(scene(Decision(kind="spent", name="email", at=LAST)), "email")
    assert gone is not None
    assert gone.tolist() == [False, True, True, True, True]


def test_a_new_month_begins_anew() -> None:
    month = Decision(kind="spent", name="email", at=LAST, until=at("2026-02-01"))
    gone = used_up(scene(month), "email")
    assert gone is not None
    assert gone.tolist() == [False, True, True, True, False]


def test_of_those_who_ask_at_once_chance_says_who_gets_the_last() -> None:
    shared = Decision(kind="spent", name="email", at=LAST + 1, turn=0.5)
    gone = used_up(scene(shared), "email")
    assert gone is not None
    assert gone.tolist() == [False, False, True, True, True]


def test_several_months_are_used_up_each_by_itself() -> None:
    first = Decision(kind="spent", name="email", at=LAST, until=at("2026-01-10 13:00"))
    second = Decision(kind="spent", name="email", at=at("2026-02-01"))
    gone = used_up(scene(first, second), "email")
    assert gone is not None
    assert gone.tolist() == [False, True, True, False, True]
