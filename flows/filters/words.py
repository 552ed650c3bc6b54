"""Values, lists and moments as a marketer reads them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from flows.columns import Value

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_QUOTED = re.compile("“[^“”]*”")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def number(value: float) -> str:
    """A number without a needless fraction: 3, 2.5."""
    return str(int(value)) if isinstance(value, int) or value.is_integer() else str(value)


def value_words(value: Value) -> str:
    """One value: “Golf”, 3, true, a list of them, or not set."""
    if value is None:
        return "not set"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f"“{value}”"
    if isinstance(value, tuple):
        return any_of(value, "and") if value else "an empty list"
    return number(value)


def any_of(values: Iterable[Value], word: str) -> str:
    """Values joined with commas and a last “or” or “and”; of many, the first few."""
    shown = [value_words(value) for value in values]
    if len(shown) > 6:
        shown = [*shown[:5], f"{len(shown) - 5} more"]
    return joined(shown, word)


def joined(texts: list[str], word: str) -> str:
    """Texts joined with commas and a last word."""
    return " ".join([", ".join(texts[:-1]), word, texts[-1]]) if len(texts) > 1 else "".join(texts)


def folded(texts: list[str], word: str) -> str:
    """Texts joined with a word; what differs in one quoted value only is said once.

    “x contains “a”” and “x contains “b”” are “x contains “a” or “b””; of many, the first few.
    """
    head = texts[0][: max(texts[0].rfind("“"), 0)] if len(texts) > 1 else ""
    rests = [text.removeprefix(head) for text in texts]
    if not head or not all(_QUOTED.fullmatch(rest) for rest in rests):
        return f" {word} ".join(texts)
    return head + any_of([rest[1:-1] for rest in rests], word)


def moment(at: int) -> str:
    """µs since 1970 as “3 Mar 2026 10:00”, in UTC."""
    time = _EPOCH + timedelta(microseconds=at)
    return f"{time.day} {time:%b %Y %H:%M}"


def day(at: int) -> str:
    """µs since 1970 as “3 Mar 2026”, with the time unless it is midnight, in UTC."""
    return moment(at).removesuffix(" 00:00")


def span(quantity: int, unit: str) -> str:
    """“7 days”, “1 hour”: a quantity of `day`, `hour` or `week`."""
    return f"{quantity} {unit}" if quantity == 1 else f"{quantity} {unit}s"


def last(quantity: int, unit: str) -> str:
    """“last 7 days”, “last hour”."""
    return f"last {unit}" if quantity == 1 else f"last {span(quantity, unit)}"
