"""Whether WhatsApp messages may reach a person, and on whose word (semantics A.7)."""

from __future__ import annotations

import numpy as np
import pytest
from asking import LAST_WEEK, NAMES, Json, asking, explained, holds
from fake_scene import FakeScene, at, scene

from flows.columns import Value
from flows.conditions import Answer
from flows.conditions.base import Need
from flows.scene import NEVER_SUBSCRIBED, SUBSCRIBED, UNSUBSCRIBED, Consent

SAID = (
    "explicitly_reachable",
    "implicitly_reachable",
    "explicitly_unreachable",
    "implicitly_unreachable",
)


def permitted(status: str, *filters: Json, channel: str = "whatsapp_marketing") -> Json:
    permission: Json = {"reachable_status": status} | ({"filters": [*filters]} if filters else {})
    return {"type": "profile-permissions", "channel": channel, "permission": permission}


def people(size: int = 4, **columns: tuple[Value, ...]) -> FakeScene:
    """Subscribed since 9 March, unsubscribed, never subscribed, subscribed long ago."""
    states = (SUBSCRIBED, UNSUBSCRIBED, NEVER_SUBSCRIBED, SUBSCRIBED)
    since = [at("2026-03-09"), at("2026-01-01"), at("2026-03-09"), at("2025-01-01")]
    held = Consent(np.array(states, dtype=np.int8), np.array(since), np.array([False] * 3 + [True]))
    return scene(
        size=size,
        consents={"whatsapp": held},
        properties={name.replace("__", "."): values for name, values in columns.items()},
    )


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("explicitly_reachable", [True, False, False, False]),
        ("implicitly_reachable", [False, True, False, False]),
        ("implicitly_or_explicitly_reachable", [True, True, False, False]),
        ("explicitly_unreachable", [False, False, True, False]),
        ("implicitly_unreachable", [False, False, False, True]),
        ("implicitly_or_explicitly_unreachable", [False, False, True, True]),
    ],
)
def test_the_permission_that_is_known_decides(status: str, expected: list[bool]) -> None:
    told = people(permission__whatsapp_marketing=SAID)
    assert holds(permitted(status), told) == expected


def test_where_no_permission_is_known_consent_decides() -> None:
    told = people()
    assert {status: holds(permitted(status), told) for status in SAID} == {
        "explicitly_reachable": [True, False, False, True],
        "implicitly_reachable": [False] * 4,
        "explicitly_unreachable": [False, True, False, False],
        "implicitly_unreachable": [False, False, True, False],
    }


def test_consent_to_transactional_messages_comes_before_that_to_marketing() -> None:
    told = people(
        consent__whatsapp_transactional=("unsubscribed", None, "subscribed", "never_subscribed")
    )
    asked = permitted("explicitly_reachable", channel="whatsapp_transactional")
    assert holds(asked, told) == [False, False, True, False]
    asked = permitted("explicitly_unreachable", channel="whatsapp_transactional")
    assert holds(asked, told) == [True, True, False, False]


def dated(field: str) -> Json:
    return {"field": field, "filter": {"type": "date"} | LAST_WEEK}


def test_dates_are_those_of_the_permission_else_of_the_consent() -> None:
    told = people(
        permission__whatsapp_marketing=("explicitly_reachable",) * 4,
        permission__whatsapp_marketing__effective_date=(
            "2026-01-01", "2026-03-08", None, None,
        ),
        permission__whatsapp_marketing__recorded_date=("2026-03-09", None, "2026-03-09", None),
    )  # fmt: skip
    effective = permitted("explicitly_reachable", dated("effective_date"))
    recorded = permitted("explicitly_reachable", dated("recorded_date"))
    assert (holds(effective, told), holds(recorded, told)) == (
        [False, True, False, False],
        [True, False, True, False],
    )


def test_the_method_may_ask_which_form_it_was() -> None:
    told = people(
        permission__whatsapp_marketing=("explicitly_unreachable",) * 4,
        permission__whatsapp_marketing__method=("form", "square", None, "form"),
        consent__whatsapp__method=("api", "form", "form", None),
        permission__whatsapp_marketing__method_detail=("F1", None, "F1", "F2"),
    )
    form: Json = {"field": "subscribe_method", "method": "form"}
    only = form | {"filter": {"type": "string", "operator": "in", "value": ["F1"]}}
    square = {"field": "subscribe_method", "method": "square"}

    def asked(detail: Json) -> list[bool]:
        return holds(permitted("explicitly_unreachable", detail), told)

    assert (asked(form), asked(only), asked(square)) == (
        [True, False, True, True],
        [True, False, True, False],
        [False, True, False, False],
    )


def test_permissions_in_words() -> None:
    asked = permitted("explicitly_reachable", {"field": "subscribe_method", "method": "api"})
    sentence = "has allowed marketing over WhatsApp, by API"
    assert asking([asked]).sentence(NAMES) == sentence
    assert explained(asked, people()) == Answer(
        False,
        f"marketing over WhatsApp: explicitly reachable; method: not set; wanted: {sentence}",
    )


def test_needs_name_what_an_audience_must_bring() -> None:
    asked = asking([permitted("implicitly_or_explicitly_reachable")])
    assert tuple(asked.needs()) == (
        Need(
            kind="consent-detail",
            name="permission.whatsapp_marketing",
            values=("implicitly_reachable", "explicitly_reachable"),
        ),
    )


def test_only_an_explicit_permission_has_filters_in_the_public_definition() -> None:
    asked = asking([permitted("implicitly_reachable", dated("recorded_date"))])
    assert [(p.code, p.where) for p in asked.problems("$.f")] == [
        ("F07", "$.f.condition_groups[0].conditions[0].permission.filters[0]")
    ]
    explicit = asking([permitted("explicitly_reachable", dated("recorded_date"))])
    assert list(explicit.problems("$.f")) == []
