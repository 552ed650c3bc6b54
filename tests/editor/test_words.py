"""Figures and times read as a person would say them."""

from datetime import UTC, datetime, timedelta

import pytest

from editor import words
from flows.actions.reasons import SKIP_REASONS

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("number", "text"),
    [(0, "0"), (950, "950"), (9_999, "9,999"), (12_345, "12.3k"), (2_000_000, "2M")],
)
def test_short_figures(number: float, text: str) -> None:
    assert words.short(number) == text


def test_money_drops_cents_once_it_is_large() -> None:
    assert [words.money(amount) for amount in (0, 12.5, 1234.56)] == ["$0.00", "$12.50", "$1,235"]


def test_a_share_of_nothing_is_a_dash_and_a_tiny_one_is_not_zero() -> None:
    shares = [words.share(*pair) for pair in ((1, 0), (0, 10), (1, 3), (1, 100_000))]
    assert shares == ["–", "0.0%", "33.3%", "<0.1%"]


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (5, "just now"),
        (60, "1 minute ago"),
        (7_200, "2 hours ago"),
        (90_000, "yesterday"),
        (3 * 86_400, "3 days ago"),
        (30 * 86_400, "6 Dec 2025"),
    ],
)
def test_how_long_ago(seconds: float, text: str) -> None:
    assert words.ago(NOON - timedelta(seconds=seconds), NOON) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0.42, "0.4 s"), (59.6, "1 min"), (185, "3 min 5 s"), (7_800, "2 h 10 min"), (86_400, "1 d")],
)
def test_spans(seconds: float, text: str) -> None:
    assert words.lasting(seconds) == text


def test_a_moment_is_read_on_the_clock_of_the_person() -> None:
    assert words.moment(NOON, "America/New_York") == "Mon 5 Jan 2026, 07:00"
    assert words.moment(NOON, "Nowhere/None") == "Mon 5 Jan 2026, 12:00"


def test_reasons_are_said_plainly_and_unknown_ones_stand() -> None:
    assert [words.reason(text) for text in ("Missing Email", "Odd Reason")] == [
        "No email address",
        "Odd Reason",
    ]


def test_every_reason_for_a_skip_is_said_in_words() -> None:
    assert [name for name in SKIP_REASONS if words.reason(name) == name] == []
