"""Rules of an account as a page asks for them: what each is called, and what may be said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from flows.part import Part
from flows.rules import Rules

Path: TypeAlias = tuple[str, ...]
MANY = 1_000_000_000


@dataclass(frozen=True, slots=True)
class RuleField:
    """One rule: where it stands in the rules, and how it is asked for."""

    path: Path
    label: str
    kind: Literal["whole", "share", "switch", "choice", "words"] = "whole"
    unit: str = ""
    help_text: str = ""
    empty: bool = False
    """A number may be left out, and words too; then nothing is limited."""
    least: int = 0
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RuleGroup:
    """Rules that belong together."""

    title: str
    text: str
    fields: tuple[RuleField, ...]


QUIET = (
    RuleField(
        ("quiet_hours", "mode"),
        "Whose clock",
        "choice",
        help_text="Of numbers in the United States and Canada; others go by their country's"
        " eastern zone.",
        options={"area-code": "By area code", "eastern": "Eastern time"},
    ),
    RuleField(
        ("quiet_hours", "state_rules"),
        "Stricter hours of single states",
        "switch",
        help_text="Florida and others close earlier; by area code only.",
    ),
)
"""Rules that stand with the quiet hours."""

GROUPS = (
    RuleGroup(
        "Plan",
        "Messages that the plan allows in a calendar month. Empty: any number.",
        (
            RuleField(("limits", "email"), "Emails", unit="a month", empty=True),
            RuleField(("limits", "sms"), "Text messages", unit="a month", empty=True),
        ),
    ),
    RuleGroup(
        "Coming into flows",
        "How late news may be, and how soon flows see it.",
        (
            RuleField(("late", "hours"), "Events may be late by", unit="hours"),
            RuleField(("late", "transactional_days"), "In transactional flows by", unit="days"),
            RuleField(("dates_ahead_hours",), "Date flows look ahead", unit="hours"),
            RuleField(("segment_lag_minutes",), "Segments are late by", unit="minutes"),
        ),
    ),
    RuleGroup(
        "Back in stock",
        "Who is told when an item can be bought again. The longest waiting come first.",
        (
            RuleField(("back_in_stock", "minimum"), "From so many in stock", unit="items", least=1),
            RuleField(
                ("back_in_stock", "per_unit"), "For each one", unit="people", empty=True, least=1
            ),
            RuleField(("back_in_stock", "wait_minutes"), "Then wait", unit="minutes"),
        ),
    ),
    RuleGroup(
        "Countries and alerts",
        "With commas between. Empty: no limit.",
        (
            RuleField(
                ("sms_countries",),
                "Text messages go to numbers of",
                "words",
                help_text="Country codes, as US, GB.",
                empty=True,
            ),
            RuleField(
                ("sms_senders",),
                "There is a sending number in",
                "words",
                help_text="Country codes, as US, GB.",
                empty=True,
            ),
            RuleField(
                ("confirmed_recipients",),
                "Who has confirmed to get alerts",
                "words",
                help_text="Email addresses.",
                empty=True,
            ),
            RuleField(("failing_feeds",), "Web feeds that give no answer", "words"),
        ),
    ),
    RuleGroup(
        "Bounces",
        "When an address counts as one that mail does not reach.",
        (
            RuleField(("suppression", "soft_bounces"), "Soft bounces in a row", unit="at most"),
            RuleField(("suppression", "soft_bounce_days"), "Within", unit="days", least=1),
            RuleField(
                ("suppression", "suspicious_bounces"), "Hard bounces", unit="in all", least=1
            ),
        ),
    ),
    RuleGroup(
        "When a test is decided",
        "For tests whose winner is chosen once it is certain enough.",
        (
            RuleField(("certainty", "recipients"), "Messages of each version", least=1),
            RuleField(("certainty", "probability"), "Likely the best", "share"),
            RuleField(("certainty", "overlap"), "Intervals share at most", "share"),
            RuleField(("certainty", "interval"), "An interval holds", "share"),
        ),
    ),
    RuleGroup(
        "Mishaps",
        "Messages that go wrong for reasons a rehearsal cannot see. Usually none.",
        (
            RuleField(("mishaps", "email_cancelled"), "Emails cancelled in review", "share"),
            RuleField(("mishaps", "email_unsent"), "Emails not sent", "share"),
            RuleField(("mishaps", "email_dropped"), "Emails dropped", "share"),
            RuleField(("mishaps", "sms_unsent"), "Texts not sent", "share"),
            RuleField(("mishaps", "coupon_failed"), "Coupon codes not made", "share"),
            RuleField(("mishaps", "webhook_skipped"), "Webhooks refused", "share"),
            RuleField(("mishaps", "webhook_failed"), "Webhooks that give up", "share"),
        ),
    ),
)
"""What the page keeps folded, in the order in which it stands there."""


def value_of(rules: Rules, path: Path) -> Any:
    """What the rules say at this place."""
    value: Any = rules
    for step in path:
        value = getattr(value, step)
    return value


def with_value(rules: Rules, path: Path, value: Any) -> Rules:
    """The rules with another value at this place."""
    return _put(rules, path, value)


def _put(part: Any, path: Path, value: Any) -> Any:
    assert isinstance(part, Part)
    first, *rest = path
    inner = _put(getattr(part, first), tuple(rest), value) if rest else value
    return part.model_copy(update={first: inner})


def meant(one: RuleField, said: Any) -> tuple[bool, Any]:
    """Whether what was said in a field can hold, and the value of the rule that it stands for."""
    match one.kind:
        case "whole":
            if said is None:
                return one.empty, None
            fits = one.least <= said <= MANY and float(said).is_integer()
            return fits, int(said) if fits else None
        case "share":
            return said is not None and 0 <= said <= 100, (said or 0) / 100
        case "words":
            words = tuple(word.strip() for word in (said or "").split(",") if word.strip())
            return True, None if one.empty and not words else words
    return said is not None, said


def shown(one: RuleField, value: Any) -> Any:
    """The value of a rule as its field shows it."""
    if one.kind == "share":
        return float(f"{value * 100:.6g}")
    return ", ".join(value or ()) if one.kind == "words" else value
