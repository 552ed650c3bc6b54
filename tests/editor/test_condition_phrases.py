"""Conditions read as sentences with blanks, and filling a blank changes what it names."""

from typing import Any

import pytest

from editor.condition_groups import (
    ENTRY_KINDS,
    OUTPUT_KINDS,
    STARTED_KINDS,
    groups_of,
    new_condition,
    with_changed,
    with_condition,
    without_condition,
)
from editor.condition_phrases import condition_phrase
from editor.phrases import Blank, Phrase
from editor.row_phrases import can_have_more, row_phrases, with_row, without_row
from flows.conditions import CONDITIONS, Filter

NO_ORDER: dict[str, Any] = {
    "type": "profile-metric",
    "metric_id": "Placed Order",
    "measurement": "count",
    "measurement_filter": {"type": "numeric", "operator": "equals", "value": 0},
    "timeframe_filter": {"type": "date", "operator": "flow-start"},
    "metric_filters": None,
}
IN_GERMANY: dict[str, Any] = {
    "type": "profile-property",
    "property": "country",
    "filter": {"type": "string", "operator": "equals", "value": "Germany"},
}


def read(phrase: Phrase | None) -> str:
    """The sentence as a person sees it."""

    def shown(blank: Blank) -> str:
        known = dict(blank.options) if blank.options else {}
        return str(known.get(blank.value, blank.value) if known else blank.value)

    return " ".join(shown(part) if isinstance(part, Blank) else part for part in phrase or ())


def filled(condition: dict[str, Any], label: str, value: object) -> dict[str, Any]:
    blanks = [part for part in condition_phrase(condition) or () if isinstance(part, Blank)]
    return next(blank for blank in blanks if blank.label == label).fill(value)


@pytest.mark.parametrize(
    ("condition", "sentence"),
    [
        (NO_ORDER, "has done Placed Order zero times since starting this flow"),
        (IN_GERMANY, "country is Germany"),
        (
            {
                **NO_ORDER,
                "measurement": "sum",
                "measurement_filter": {"type": "numeric", "operator": "between", "start": 1,
                                       "end": 9},
                "timeframe_filter": {"type": "date", "operator": "in-the-last", "unit": "week",
                                     "quantity": 2},
            },
            "has a total value of Placed Order is between 1 and 9 in the last 2 weeks",
        ),
        (
            {"type": "profile-group-membership", "is_member": False, "group_ids": ["VIP"]},
            "is not in VIP",
        ),
        ({"type": "profile-sample", "percentage": 30}, "is in a random 30 % of people"),
        (
            {"type": "profile-region", "in_region": True, "region": "european_union"},
            "is in the European Union",
        ),
        (new_condition("profile-marketing-consent"), "is subscribed to email marketing"),
        (
            new_condition("profile-not-sent-email"),
            "was not sent an email in the last 30 days",
        ),
        (
            new_condition("metric-property", "Placed Order"),
            "$value is more than 100",
        ),
    ],
)  # fmt: skip
def test_a_condition_reads_as_a_sentence(condition: dict[str, Any], sentence: str) -> None:
    assert read(condition_phrase(condition)) == sentence


def test_an_unknown_condition_has_no_sentence_to_fill() -> None:
    assert condition_phrase({"type": "phase-of-moon"}) is None


def test_filling_how_often_changes_the_measurement_alone() -> None:
    once = {"type": "numeric", "operator": "greater-than-or-equal", "value": 1}
    often = {"type": "numeric", "operator": "greater-than", "value": 2}

    assert [filled(NO_ORDER, "How often", word) for word in ("at-least-once", "greater-than")] == [
        {**NO_ORDER, "measurement_filter": once},
        {**NO_ORDER, "measurement_filter": often},
    ]


def test_another_kind_of_span_keeps_quantity_and_unit() -> None:
    last = filled(NO_ORDER, "When", "in-the-last")
    ago = filled({**last, "timeframe_filter": last["timeframe_filter"] | {"quantity": 7}},
                 "When", "at-least")  # fmt: skip

    assert [last["timeframe_filter"], ago["timeframe_filter"]] == [
        {"type": "date", "operator": "in-the-last", "unit": "day", "quantity": 30},
        {"type": "date", "operator": "at-least", "unit": "day", "quantity": 7},
    ]


@pytest.mark.parametrize(
    ("operator", "made"),
    [
        ("string:contains", {"type": "string", "operator": "contains", "value": "Germany"}),
        ("string:in", {"type": "string", "operator": "in", "value": ["Germany"]}),
        ("numeric:less-than", {"type": "numeric", "operator": "less-than", "value": 1}),
        ("numeric:between", {"type": "numeric", "operator": "between", "start": 0, "end": 10}),
        ("boolean:false", {"type": "boolean", "operator": "equals", "value": False}),
        ("existence:is-set", {"type": "existence", "operator": "is-set"}),
        ("date:before", {"type": "date", "operator": "before",
                         "date": "2026-01-01T00:00:00+00:00"}),
        ("list:contains-any", {"type": "list", "operator": "contains-any", "value": ["Germany"]}),
    ],
)  # fmt: skip
def test_another_operator_keeps_the_operand_where_it_fits(
    operator: str, made: dict[str, Any]
) -> None:
    assert filled(IN_GERMANY, "Operator", operator) == {**IN_GERMANY, "filter": made}


def test_leaving_a_group_takes_the_time_of_joining_along() -> None:
    joined = {
        "type": "profile-group-membership",
        "is_member": True,
        "group_ids": ["VIP"],
        "timeframe_filter": {"type": "date", "operator": "after", "date": "2026-01-01"},
    }

    assert filled(joined, "Member", False) == {
        "type": "profile-group-membership",
        "is_member": False,
        "group_ids": ["VIP"],
    }


def test_event_filters_of_a_metric_are_rows_of_their_own() -> None:
    asked = with_row(NO_ORDER)
    (row,) = row_phrases(asked)
    named = next(part for part in row if isinstance(part, Blank)).fill("Brand")

    assert (read(row_phrases(named)[0]), without_row(named, 0)) == (
        "Brand is ",
        NO_ORDER,
    )


def test_groups_are_joined_by_and_their_conditions_by_or() -> None:
    one = with_condition(None, None, NO_ORDER)
    both = with_condition(one, None, IN_GERMANY)
    either = with_condition(one, 0, IN_GERMANY)

    assert [groups_of(each) for each in (one, both, either)] == [
        [[NO_ORDER]],
        [[NO_ORDER], [IN_GERMANY]],
        [[NO_ORDER, IN_GERMANY]],
    ]


def test_taking_the_last_condition_away_leaves_no_filter() -> None:
    one = with_condition(None, None, NO_ORDER)
    two = with_condition(one, 0, IN_GERMANY)

    assert [without_condition(one, (0, 0)), without_condition(two, (0, 0))] == [
        None,
        {"condition_groups": [{"conditions": [IN_GERMANY]}]},
    ]


def test_what_else_a_filter_holds_survives_a_change() -> None:
    written = {
        "kept": 1,
        "condition_groups": [{"conditions": [NO_ORDER], "also": 2}, {"conditions": [IN_GERMANY]}],
    }

    assert with_changed(written, (1, 0), NO_ORDER) == {
        "kept": 1,
        "condition_groups": [{"conditions": [NO_ORDER], "also": 2}, {"conditions": [NO_ORDER]}],
    }


KINDS = (*ENTRY_KINDS, *OUTPUT_KINDS, *(kind for held in STARTED_KINDS.values() for kind in held))


@pytest.mark.parametrize("kind", KINDS)
def test_every_new_condition_can_be_filled_and_is_read(kind: str) -> None:
    fresh = new_condition(kind)
    read_back = Filter.model_validate({"condition_groups": [{"conditions": [fresh]}]})
    assert condition_phrase(fresh) is not None
    assert read_back.condition_groups[0].conditions[0].known


def test_every_kind_of_condition_can_be_made() -> None:
    assert {kind.partition("/")[0] for kind in CONDITIONS} == set(KINDS)


DISTANCE = new_condition("profile-postal-code-distance")
PREDICTED = new_condition("profile-predictive-analytics")
OWNED = new_condition("profile-has-custom-object")
ALLOWED = {"type": "profile-permissions", "channel": "whatsapp_marketing",
           "permission": {"reachable_status": "explicitly_reachable", "filters": []}}  # fmt: skip


@pytest.mark.parametrize(
    ("condition", "sentence"),
    [
        (DISTANCE, "lives less than 25 miles from 10001 in US"),
        (PREDICTED, "probability of churn is more than 0.5"),
        (OWNED, "has an object of the type "),
        (ALLOWED, "has allowed marketing over WhatsApp"),
        (filled(PREDICTED, "Prediction", "sms/priority"), "place of SMS is 1"),
        (filled(PREDICTED, "Prediction", "push/rank"), "rank of push is high"),
        (filled(PREDICTED, "Prediction", "predicted_gender"), "predicted gender is likely female"),
        (
            filled(PREDICTED, "Prediction", "expected_date_of_next_purchase"),
            "expected date of the next order in the next 30 days",
        ),
        (
            {**new_condition("custom-object-property"), "field": "Plan",
             "custom_object_label": "Subscription"},
            "Plan of Subscription is ",
        ),
        (new_condition("custom-object-trigger-property"), "property 1 is "),
        (new_condition("price-drop-property"), "Price is less than 100"),
        (
            {"type": "profile-group-membership", "is_member": True, "group_ids": ["VIP", "News"]},
            "is in VIP or News joined at any time",
        ),
    ],
)  # fmt: skip
def test_the_other_kinds_read_as_sentences(condition: dict[str, Any], sentence: str) -> None:
    assert read(condition_phrase(condition)) == sentence


def row_filled(condition: dict[str, Any], label: str, value: object) -> dict[str, Any]:
    blanks = [part for part in row_phrases(condition)[0] if isinstance(part, Blank)]
    return next(blank for blank in blanks if blank.label == label).fill(value)


def test_objects_are_told_apart_in_rows_of_their_own() -> None:
    asked = row_filled(with_row(OWNED), "Number of the property", 7)
    assert (asked["filters"], read(row_phrases(asked)[0]), without_row(asked, 0)) == (
        [{"property_id": 7, "filter": {"type": "string", "operator": "equals", "value": ""}}],
        "property 7 is ",
        OWNED,
    )


def test_how_consent_came_about_is_asked_in_rows() -> None:
    dated = with_row(new_condition("profile-marketing-consent"))
    form = row_filled(dated, "Detail", "method form")
    named = row_filled(form, "Which", ["F1", "F2"])
    page = row_filled(row_filled(dated, "Detail", "method preference_page"), "Address", "/stay")
    assert [read(row_phrases(each)[0]) for each in (dated, form, named, page)] == [
        "since a day in the last 30 days",
        "by a form of the forms []",
        "by a form of the forms ['F1', 'F2']",
        "on a preference page at the address /stay",
    ]
    assert named["consent"]["consent_status"]["filters"] == [
        {
            "field": "method",
            "method": "form",
            "filter": {"type": "string", "operator": "in", "value": ["F1", "F2"]},
        }
    ]


def test_rows_offer_what_the_status_allows() -> None:
    left = filled(
        new_condition("profile-marketing-consent"), "Consent", (False, "sms", "never_subscribed")
    )
    dated = with_row(ALLOWED)
    square = row_filled(dated, "Detail", "method square")
    assert [can_have_more(each) for each in (left, ALLOWED, OWNED, PREDICTED)] == [
        False,
        True,
        True,
        False,
    ]
    assert square["permission"]["filters"] == [{"field": "subscribe_method", "method": "square"}]
    assert filled(square, "Permission", "implicitly_reachable")["permission"] == {
        "reachable_status": "implicitly_reachable"
    }


def test_a_bounce_may_be_asked_for_without_its_day() -> None:
    blocked = filled(
        new_condition("profile-marketing-consent"), "Consent", (False, "email", "subscribed")
    )
    bounced = row_filled(with_row(blocked), "Detail", "bounce_date")
    ever = row_filled(bounced, "When", "is-set")
    assert ever["consent"]["consent_status"]["filters"] == [
        {"field": "bounce_date", "filter": {"type": "existence", "operator": "is-set"}}
    ]
    assert read(row_phrases(ever)[0]) == "bounced on a day at any time"
