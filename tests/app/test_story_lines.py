"""The reasons in a story, as the page tells them."""

from datetime import UTC, datetime

from app.pages.story_lines import why
from simulator.teller import Line

NOON = datetime(2026, 1, 15, 12, 0, tzinfo=UTC)


def waited(reason: str) -> Line:
    return Line(
        at=NOON,
        kind="waited",
        flow="Cart",
        flow_id="cart",
        action_id="wait",
        title="Wait 1 hour",
        why=reason,
        until=NOON.replace(hour=13),
    )


def test_a_wait_says_once_when_it_ends_on_the_persons_clock() -> None:
    ends = "It ends 15 Jan 2026 13:00 UTC, by the clock of America/New_York."
    assert why(waited(ends), "America/New_York") == "Until Thu 15 Jan 2026, 08:00."


def test_a_wait_keeps_any_other_reason() -> None:
    told = why(waited("Quiet hours until 13:00."), "UTC")
    assert told == "Until Thu 15 Jan 2026, 13:00. Quiet hours until 13:00."
