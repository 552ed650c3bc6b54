"""Rules as the page asks for them: every one is there, and what makes no sense is not saved."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.rule_fields import GROUPS, QUIET, RuleField, meant, shown, value_of, with_value
from flows.part import Part
from flows.rules import Coupon, Rules

FIELDS = (*QUIET, *(one for group in GROUPS for one in group.fields))
ELSEWHERE = {
    *("account_timezone", "as_live", "sample_sticky", "coupons", "feeds", "postal_codes"),
    *(f"smart_sending.{name}" for name in ("email", "sms", "sms_campaign", "push", "whatsapp")),
    *("quiet_hours.start", "quiet_hours.end"),
}
"""Rules with a form of their own, and those that only a file gives."""


def names(part: Part, above: str = "") -> Iterator[str]:
    for name in type(part).model_fields:
        value = getattr(part, name)
        if isinstance(value, Part):
            yield from names(value, f"{above}{name}.")
        else:
            yield f"{above}{name}"


def by_label(label: str) -> RuleField:
    return next(one for one in FIELDS if one.label == label)


def test_every_rule_is_asked_for_once() -> None:
    asked = [".".join(one.path) for one in FIELDS]
    assert sorted([*asked, *ELSEWHERE]) == sorted(names(Rules()))


@pytest.mark.parametrize("one", FIELDS, ids=lambda one: ".".join(one.path))
def test_what_a_field_shows_is_what_it_means(one: RuleField) -> None:
    value = value_of(Rules(), one.path)
    assert meant(one, shown(one, value)) == (True, value)


@pytest.mark.parametrize(
    ("label", "said", "value"),
    [
        ("Emails", 500, 500),
        ("Emails", None, None),
        ("Likely the best", 95, 0.95),
        ("Text messages go to numbers of", " US , GB,", ("US", "GB")),
        ("Text messages go to numbers of", "", None),
        ("Web feeds that give no answer", "", ()),
        ("Stricter hours of single states", True, True),
    ],
)
def test_what_is_said_becomes_the_rule(label: str, said: object, value: object) -> None:
    one = by_label(label)
    fits, wanted = meant(one, said)
    assert fits
    assert value_of(with_value(Rules(), one.path, wanted), one.path) == value


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("Emails", -1),
        ("Emails", 1.5),
        ("Events may be late by", None),
        ("From so many in stock", 0),
        ("Likely the best", 101),
        ("Likely the best", None),
    ],
)
def test_what_makes_no_sense_is_no_rule(label: str, said: object) -> None:
    assert meant(by_label(label), said)[0] is False


def test_a_rule_changes_nothing_beside_it() -> None:
    rules = Rules(coupons={"A": Coupon()})
    changed = with_value(rules, ("limits", "sms"), 9)
    assert changed == Rules.model_validate({"coupons": {"A": {}}, "limits": {"sms": 9}})
