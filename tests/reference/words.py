"""The few names and values that generated flows and people share, so that they meet often."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

Json = dict[str, Any]

METRICS = ("Placed Order", "Viewed Product", "Started Checkout", "Subscribed to Back in Stock")
LISTS = ("news", "club", "old")
SEGMENTS = ("vip", "dormant")
ZONES = (
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "Pacific/Auckland",
    "America/St_Johns",
)
TIERS = ("gold", "Gold", "silver", "")
TAGS = ("a", "b", "ab", "c")
CLOCKS = ("09:00:00", "00:00:00", "02:30:00", "23:30:00", "08:00:00", "21:00:00", "12:15:30")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
STARTS = (
    datetime(2026, 1, 25, tzinfo=UTC),
    datetime(2026, 3, 5, tzinfo=UTC),
    datetime(2026, 3, 24, 9, tzinfo=UTC),
    datetime(2026, 10, 20, tzinfo=UTC),
    datetime(2028, 2, 20, 12, 30, tzinfo=UTC),
)
"""Before short months, changes of clocks in both halves of the world, and a 29 February."""


def instant(random: Random, start: datetime, days: int, *, past: int = 20) -> datetime:
    """A time on a coarse grid, so that many fall together or hit a bound exactly."""
    at = start + timedelta(days=random.randint(-past, days))
    at += timedelta(hours=random.choice((0, 0, 8, 9, 16, 21, 1, 2, 5)))
    if random.random() < 0.2:
        at += timedelta(minutes=random.choice((30, 15, 45)), seconds=random.choice((0, 1, 59)))
    return at


def some(random: Random, items: tuple[Any, ...], most: int) -> list[Any]:
    """One to `most` different ones, in the order given."""
    count = random.randint(1, most)
    chosen = set(random.sample(range(len(items)), min(count, len(items))))
    return [item for i, item in enumerate(items) if i in chosen]


def maybe(random: Random, share: float, value: Any, otherwise: Any = None) -> Any:
    """The value by chance."""
    return value if random.random() < share else otherwise
