"""How consent came about: filters beside its status (semantics A.7)."""

from __future__ import annotations

import numpy as np
import pytest
from asking import LAST_WEEK, NAMES, Json, asking, explained, holds
from fake_scene import FakeScene, at, scene

from flows.columns import NEVER, Value
from flows.conditions import Answer
from flows.conditions.base import Need
from flows.rules import Channel
from flows.scene import SUBSCRIBED, UNSUBSCRIBED, Consent

DAY_AGO, YEAR_AGO = "2026-03-09T12:00:00Z", "2025-03-10T12:00:00Z"
IS_SET = {"type": "existence", "operator": "is-set"}
RECENT = {"type": "date"} | LAST_WEEK


def consented(channel: Channel, status: int, **columns: tuple[Value, ...]) -> FakeScene:
    """Four people of one status, given on 8 March, and what is known of how."""
    blocked = "suppressed" in columns
    columns.pop("suppressed", ())
    return scene(
        size=4,
        consents={
            channel: Consent(
                np.full(4, status, dtype=np.int8),
                np.full(4, at("2026-03-08")),
                np.full(4, blocked),
            )
        },
        properties={name.replace("__", "."): values for name, values in columns.items()},
    )


def status(channel: str, can: bool, subscription: str, *filters: Json) -> Json:
    return {
        "type": "profile-marketing-consent",
        "consent": {
            "channel": channel,
            "can_receive_marketing": can,
            "consent_status": {"subscription": subscription, "filters": list(filters)},
        },
    }


def by(method: str, **test: object) -> Json:
    return {"field": "method", "method": method} | ({"filter": test} if test else {})


@pytest.mark.parametrize(
    ("field", "column"),
    [
        ("bounce_date", "suppression__email__bounced_at"),
        ("manual_suppression_date", "suppression__email__manual_at"),
        ("invalid_email_date", "suppression__email__invalid_at"),
    ],
)
def test_dates_of_suppressions_are_asked_for_times_or_for_being_there(
    field: str, column: str
) -> None:
    people = consented(
        "email", SUBSCRIBED, suppressed=(), **{column: (DAY_AGO, YEAR_AGO, None, "soon")}
    )

    def asked(test: Json) -> list[bool]:
        return holds(status("email", False, "any", {"field": field, "filter": test}), people)

    assert asked(IS_SET) == [True, True, False, False]
    assert asked(RECENT) == [True, False, False, False]
    before = {"type": "date", "operator": "before", "date": "2026-01-01T00:00:00Z"}
    assert asked(before) == [False, True, False, False]


def test_the_source_is_compared_as_it_is_written() -> None:
    people = consented(
        "email", SUBSCRIBED, consent__email__custom_source=("Fair", "fair", None, "Fairs")
    )
    fair = {"type": "string", "operator": "equals", "value": "Fair"}
    asked = status("email", True, "subscribed", {"field": "custom_source", "filter": fair})
    assert holds(asked, people) == [True, False, False, False]


def test_double_opt_in_is_yes_or_no_and_neither_where_nobody_knows() -> None:
    people = consented(
        "email", SUBSCRIBED, consent__email__double_opt_in=(True, False, None, "true")
    )

    def asked(value: bool) -> list[bool]:
        test = {"type": "boolean", "operator": "equals", "value": value}
        detail = {"field": "is_double_opt_in", "filter": test}
        return holds(status("email", True, "subscribed", detail), people)

    assert (asked(True), asked(False)) == ([True, False, False, False], [False, True, False, False])


def test_rich_messages_can_be_read_by_some_phones() -> None:
    people = consented("sms", SUBSCRIBED, consent__sms__rcs_capable=(True, False, None, True))
    test = {"type": "boolean", "operator": "equals", "value": True}
    detail = {"field": "is_rcs_capable", "filter": test}
    assert holds(status("sms", True, "subscribed", detail), people) == [True, False, False, True]


@pytest.mark.parametrize(
    "method",
    [
        "api", "back_in_stock", "bulk_remove", "carrier_deactivation", "checkout",
        "data_warehouse_import", "failed_age_gate", "form", "inbound_message", "integration",
        "mailbox_provider", "manual_add", "manual_import", "manual_remove", "message_blocked",
        "one_click_unsubscribe", "preference_page", "profile_modification", "provided_landline",
        "provided_no_age", "sftp", "spam_complaint",
    ],
)  # fmt: skip
def test_every_method_is_told_from_the_others(method: str) -> None:
    other = "form" if method != "form" else "api"
    people = consented(
        "sms", UNSUBSCRIBED, consent__sms__method=(method, other, None, method.upper())
    )
    asked = asking([status("sms", False, "unsubscribed", by(method))])
    assert asked.test(people).tolist() == [True, False, False, False]
    assert {found.code for found in asked.problems("$")} <= {"F07"}


FORMS = {"type": "string", "operator": "in", "value": ["Form1", "Form2"]}


@pytest.mark.parametrize(
    ("method", "test", "details", "expected"),
    [
        ("form", FORMS, ("Form1", "Form3", ("Form3", "Form2"), None), [True, False, True, False]),
        ("api", FORMS | {"value": ["a1b2"]}, ("a1b2", "A1B2", None, ()), [True] + [False] * 3),
        ("manual_import", FORMS | {"value": ["Ann"]}, ("Ann", "Bob", None, ("Ann",)),
         [True, False, False, True]),
        ("manual_add", FORMS | {"value": []}, ("Ann", "Bob", None, ("Ann",)), [False] * 4),
        ("integration", FORMS | {"value": ["shopify"]}, ("shopify", "constant_contact", None, "x"),
         [True, False, False, False]),
        ("preference_page", {"type": "string", "operator": "equals", "value": "/leave"},
         ("/leave", "/stay", None, "/leave?"), [True, False, False, False]),
    ],
)  # fmt: skip
def test_a_method_may_ask_which_form_key_page_or_user_it_was(
    method: str, test: Json, details: tuple[Value, ...], expected: list[bool]
) -> None:
    people = consented(
        "email",
        SUBSCRIBED,
        consent__email__method=(method,) * 4,
        consent__email__method_detail=details,
    )
    asked = status("email", True, "subscribed", by(method, **test))
    assert holds(asked, people) == expected
    assert holds(status("email", True, "subscribed", by(method)), people) == [True] * 4


def test_all_filters_of_a_list_must_hold() -> None:
    people = consented(
        "email",
        SUBSCRIBED,
        consent__email__method=("form", "form", "api", "api"),
        consent__email__custom_source=("Fair", None, "Fair", None),
    )
    fair = {"type": "string", "operator": "equals", "value": "Fair"}
    source = {"field": "custom_source", "filter": fair}
    asked = status("email", True, "subscribed", by("form"), source)
    assert holds(asked, people) == [True, False, False, False]


def test_the_filters_read_as_a_sentence_and_say_what_they_found() -> None:
    people = consented(
        "email",
        SUBSCRIBED,
        consent__email__method=("form",) * 4,
        consent__email__method_detail=("Form3",) * 4,
        consent__email__double_opt_in=(True,) * 4,
    )
    double = {"type": "boolean", "operator": "equals", "value": True}
    detail = {"field": "is_double_opt_in", "filter": double}
    asked = status("email", True, "subscribed", by("form", **FORMS), detail)
    sentence = (
        "can receive email marketing and is subscribed, by a form that is “Form1” or “Form2”, "
        "with double opt-in"
    )
    assert asking([asked]).sentence(NAMES) == sentence
    assert explained(asked, people) == Answer(
        False,
        "email: is subscribed since 8 Mar 2026 00:00; method: “form” (“Form3”); "
        f"double opt-in: true; wanted: {sentence}",
    )


def test_needs_name_the_reserved_columns() -> None:
    bounced = {"field": "bounce_date", "filter": RECENT}
    left = status("email", False, "unsubscribed", by("api", **FORMS), bounced)
    assert tuple(asking([left]).needs()) == (
        Need(kind="consent-detail", name="consent.email.method", values=("api",)),
        Need(kind="consent-detail", name="consent.email.method_detail", values=("Form1", "Form2")),
        Need(kind="consent-detail", name="suppression.email.bounced_at", value_type="date"),
    )


def test_what_the_public_definition_does_not_allow_counts_and_is_told_of() -> None:
    asked = asking([status("sms", True, "any", by("api"))])
    place = "$.f.condition_groups[0].conditions[0].consent.consent_status"
    assert [(p.code, p.where, p.fix) for p in asked.problems("$.f")] == [
        ("F07", f"{place}.subscription", "Klaviyo allows: subscribed.")
    ]
    asked = asking([status("push", True, "any", by("api"))])
    assert [(p.code, p.severity, p.where, p.text, p.fix) for p in asked.problems("$.f")] == [
        (
            "F07",
            "hint",
            f"{place}.filters[0]",
            "“method api” is not asked here in Klaviyo; here it counts all the same.",
            "Klaviyo allows: status_date.",
        )
    ]


def test_a_filter_that_is_not_known_holds_and_says_so() -> None:
    people = consented("email", SUBSCRIBED)
    asked = asking([status("email", True, "subscribed", {"field": "mood", "filter": 1})])
    assert asked.test(people).tolist() == [True] * 4
    assert [(p.code, p.severity) for p in asked.problems("$")][:1] == [("F06", "warning")]
    never = consented("email", SUBSCRIBED)
    never.consents = {
        "email": Consent(np.full(4, SUBSCRIBED, np.int8), np.full(4, NEVER), np.full(4, False))
    }
    dated = status("email", True, "subscribed", {"field": "status_date", "filter": RECENT})
    assert holds(dated, never) == [False] * 4
