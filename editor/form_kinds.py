"""What a form can ask: the groups of questions, the ways of asking, and what is said about one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Group = Literal["Message", "Timing", "Logic", "Data", "Delivery", "Advanced"]
GROUPS: tuple[Group, ...] = ("Message", "Timing", "Logic", "Data", "Delivery", "Advanced")
Kind = Literal[
    "text",
    "long",
    "number",
    "choice",
    "choices",
    "switch",
    "time",
    "weekdays",
    "zone",
    "filter",
    "event-filter",
    "template",
    "sms",
    "json",
    "pairs",
    "parameters",
    "operations",
    "badge",
    "buttons",
    "addresses",
    "service",
    "stub",
    "output-filter",
    "hierarchy",
    "paths",
    "message",
    "variations",
    "group",
    "metric",
    "property",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What is said about one field; `rank` orders the fields of a group."""

    label: str
    group: Group
    rank: int = 50
    kind: Kind | None = None
    help: str = ""
    unit: str = ""
    options: tuple[tuple[object, str], ...] = ()
    least: int | None = None
    beside: bool = False
    """Stands on the line of the field before it."""
    redraws: bool = False
    """Its answer changes what others show."""
