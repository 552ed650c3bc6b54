"""Rules about filters and data, and the logic behind them."""

import pytest
from filter_strategies import filters, profile_property
from findings import findings, problem
from hypothesis import given
from small_flows import METRIC, all_of, delay, did, email, flow, has, one_group, paths, split

from flows.checks.data import (
    contradictory_filters,
    decided_before,
    empty_questions,
    mixed_types,
    out_of_place,
    unnamed_ids,
)
from flows.checks.logic import always_holds, can_hold
from flows.conditions import Filter


def may(can: bool, subscription: str, channel: str = "email") -> dict[str, object]:
    status = {"subscription": subscription}
    asked = {"channel": channel, "can_receive_marketing": can, "consent_status": status}
    return {"type": "profile-marketing-consent", "consent": asked}


def owning(operator: str, count: int, object_type: str = "OT1") -> dict[str, object]:
    return {
        "type": "profile-has-custom-object",
        "object_type_id": object_type,
        "object_type_relationship_id": "R1",
        "filter": {"type": "numeric", "operator": operator, "value": count},
        "filters": [],
    }


def near(operator: str, value: float, code: str = "10001") -> dict[str, object]:
    return {
        "type": "profile-postal-code-distance",
        "country_code": "US",
        "postal_code": code,
        "unit": "miles",
        "filter": {"type": "numeric", "operator": operator, "value": value},
    }


def churn(operator: str, value: float) -> dict[str, object]:
    test = {"type": "numeric", "operator": operator, "value": value}
    dimension = "churn_probability"
    return {"type": "profile-predictive-analytics", "dimension": dimension, "filter": test}


GERMAN, FRENCH = has("country", "equals", "DE"), has("country", "equals", "FR")


def held(document: object) -> Filter:
    return Filter.model_validate(document)


@pytest.mark.parametrize(
    "conditions",
    [
        (GERMAN, FRENCH),
        (GERMAN, has("country", "not-set", kind="existence")),
        (has("n", "greater-than", 5, "numeric"), has("n", "less-than", 3, "numeric")),
        (has("n", "greater-than", 1, "numeric"), has("n", "less-than", 1, "numeric")),
        (has("country", "in", ["DE"]), has("country", "starts-with", "F")),
        (has("country", "not-equals", "DE"), has("country", "not-set", kind="existence")),
        (has("vip", "equals", True, "boolean"), has("vip", "equals", False, "boolean")),
        (did("Placed Order", "equals", 0), did("Placed Order", "greater-than", 0)),
        (did("Placed Order", "less-than", 0),),
        ({"type": "profile-sample", "percentage": 0},),
        (may(True, "any"), may(False, "subscribed")),
        (may(True, "subscribed"), may(True, "never_subscribed")),
        (may(True, "never_subscribed", "sms"),),
        (owning("equals", 0), owning("greater-than", 1)),
        (owning("less-than", 0),),
        (near("less-than", 5), near("greater-than", 9)),
        (churn("less-than", 0.2), churn("greater-than", 0.8)),
    ],
)
def test_some_conditions_cannot_hold_together(conditions: tuple[dict[str, object], ...]) -> None:
    assert not can_hold((held(all_of(*conditions)), True))


@pytest.mark.parametrize(
    "conditions",
    [
        (GERMAN, has("city", "equals", "Berlin")),
        (has("n", "greater-than", 2, "numeric"), has("n", "less-than", 3, "numeric")),
        (has("name", "contains", "an"), has("name", "contains", "mi")),
        (has("name", "starts-with", "A"), has("name", "ends-with", "z")),
        (did("Placed Order", "equals", 0), did("Placed Order", "equals", 1, "alltime")),
        (has("n", "greater-than", 2, "numeric"), has("n", "less-than", 2.2, "numeric")),
        (has("tags", "contains", "a", "list"), has("tags", "contains", "b", "list")),
        (has("tags", "contains", "a", "list"), has("tags", "length-equals", 3, "list")),
        (has("name", "regex", "^A"), has("name", "regex", "^B")),
        ({"type": "profile-sample", "percentage": 50}, {"type": "profile-sample", "percentage": 9}),
        ({"type": "moon-phase", "phase": "full"},),
        (may(False, "any"), may(False, "subscribed")),
        (may(True, "any"), may(False, "any", "sms")),
        (owning("equals", 0), owning("equals", 1, "OT2")),
        (near("less-than", 5), near("greater-than", 9, "94105")),
        (churn("less-than", 0.8), churn("greater-than", 0.2)),
        (),
    ],
)
def test_others_may(conditions: tuple[dict[str, object], ...]) -> None:
    assert can_hold((held(all_of(*conditions)), True))


def test_some_questions_have_only_one_answer() -> None:
    there, gone = has("x", "is-set", kind="existence"), has("x", "not-set", kind="existence")
    assert always_holds(held(one_group(there, gone)))
    assert always_holds(held(one_group(did("Placed Order", "greater-than-or-equal", 0))))
    assert not always_holds(held(one_group(there)))
    assert not always_holds(held(one_group(GERMAN, has("country", "not-equals", "DE"))))


@given(filters(profile_property).map(held))
def test_a_filter_and_its_opposite_never_hold_together(generated: Filter) -> None:
    assert not can_hold((generated, True), (generated, False))
    assert can_hold((generated, True)) or can_hold((generated, False))


def test_a_contradiction_lets_nobody_through() -> None:
    never = flow(split("s", "a", None, GERMAN), email("a"), profile_filter=all_of(GERMAN, FRENCH))
    assert findings(contradictory_filters, never) == [
        problem(
            "error L09",
            "$.profile_filter",
            "These conditions cannot hold together, so nobody enters the flow.",
            "Take one of them out, or let either of them be enough.",
        )
    ]
    once = flow(split("s", "a", None, GERMAN), email("a"), profile_filter=one_group(GERMAN, FRENCH))
    assert findings(contradictory_filters, once) == []


def test_a_split_that_everybody_answers_alike_parts_nobody() -> None:
    sample = {"type": "profile-sample", "percentage": 100}
    vain = flow(split("s", "t", None), split("t", None, "a", sample), email("a"))
    fix = "Ask something that parts people, or remove the split."
    assert findings(empty_questions, vain) == [
        problem(
            "warning L10",
            "$.actions[0]",
            "Conditional split s asks nothing: everybody takes YES, nobody NO.",
            fix,
            action_id="s",
        ),
        problem(
            "warning L10",
            "$.actions[1]",
            "Conditional split t always holds: everybody takes YES, nobody NO.",
            fix,
            action_id="t",
        ),
    ]
    assert findings(empty_questions, flow(split("s", "a", None, GERMAN), email("a"))) == []


def test_a_split_after_its_own_answer_asks_in_vain() -> None:
    again = flow(split("s", "t", None, GERMAN), split("t", "a", None, GERMAN), email("a"))
    assert findings(decided_before, again) == [
        problem(
            "error L11",
            "$.actions[1]",
            "After Conditional split s everybody takes YES at Conditional split t.",
            "Remove this split, or ask something else.",
            action_id="t",
        )
    ]


def test_an_answer_may_change_while_people_wait() -> None:
    waits = flow(
        split("s", "d", None, GERMAN), delay("d", "t"), split("t", "a", None, GERMAN), email("a")
    )
    assert findings(decided_before, waits) == []
    rejoined = flow(split("s", "t", "t", GERMAN), split("t", "a", None, GERMAN), email("a"))
    assert findings(decided_before, rejoined) == []


def test_the_event_that_started_the_flow_never_changes() -> None:
    bought = {
        "type": "metric-property",
        "metric_id": "Placed Order",
        "field": "Items",
        "filter": {"type": "list", "operator": "contains", "value": "Hat"},
    }
    asks = {
        "id": "t",
        "type": "trigger-split",
        "data": {"trigger_filter": one_group(bought), "trigger_id": "Placed Order"},
        "links": {"next_if_true": "a", "next_if_false": None},
    }
    trigger = METRIC | {"trigger_filter": one_group(bought)}
    asked = flow(delay("d", "t"), asks, email("a"), triggers=[trigger])
    assert [found.text for found in findings(decided_before, asked)] == [
        "By the trigger's own filter everybody takes YES at Trigger split t."
    ]


def test_nobody_is_left_for_a_path_behind_a_wider_one() -> None:
    split_up = paths("p", None, "a", None)
    split_up["data"]["branches"][0]["branch_filter"] = one_group(GERMAN, FRENCH)
    split_up["data"]["branches"][1]["branch_filter"] = one_group(FRENCH)
    assert findings(decided_before, flow(split_up, email("a"))) == [
        problem(
            "error L11",
            "$.actions[0].data.branches[1]",
            "Nobody is left for “Path 2”: whoever fits it takes an earlier path.",
            "Move it up, or narrow the paths before it.",
            action_id="p",
        )
    ]


def test_what_has_only_an_id_cannot_be_checked_by_reading() -> None:
    trigger = METRIC | {"id": "UiZD2S"}
    assert findings(unnamed_ids, flow(triggers=[trigger])) == [
        problem(
            "hint L12",
            "$.names",
            "The metric “UiZD2S” is known by its id only: nothing here tells whether it is the "
            "right one.",
            "Give it its name, in the flow's settings under Names.",
        )
    ]
    assert findings(unnamed_ids, flow(triggers=[trigger], names={"UiZD2S": "Orders"})) == []
    assert findings(unnamed_ids, flow(triggers=[METRIC | {"id": "Orders"}])) == []


def test_a_property_is_compared_as_one_type_everywhere() -> None:
    mixed = flow(
        split("s", "t", None, has("points", "greater-than", 5, "numeric")),
        split("t", None, "a", has("points", "equals", "5")),
        email("a"),
    )
    assert findings(mixed_types, mixed) == [
        problem(
            "warning L13",
            "$.actions[1].data.profile_filter.condition_groups[0].conditions[0].filter",
            "“points” is compared as text, but elsewhere it is a number; a value of another type "
            "never matches.",
            "Compare it with the type that its values have.",
            action_id="t",
        )
    ]
    alike = flow(split("s", None, "a", GERMAN), split("a", None, None, FRENCH))
    assert findings(mixed_types, alike) == []


def test_the_word_true_is_not_true() -> None:
    word = flow(split("s", "a", None, has("vip", "equals", "true")), email("a"))
    assert [found.text for found in findings(mixed_types, word)] == [
        "“vip” is compared with a word as text; a value that is really true or false never matches."
    ]


def test_conditions_stand_where_what_they_read_is_there() -> None:
    price = {
        "type": "price-drop-property",
        "metric_id": None,
        "field": "Price",
        "filter": {"type": "numeric", "operator": "less-than", "value": 9},
    }
    drop = {
        "type": "price-drop",
        "trigger_filter": all_of(price, GERMAN),
        "price_drop_amount_value": 1,
        "audience": ["viewed"],
    }
    lost = flow(
        email("a", additional_filters=all_of(price)), triggers=[drop], profile_filter=all_of(price)
    )
    fix = "Take the condition away, or ask about the person instead."
    person = "The condition “price-drop-property” is not about the person."
    assert findings(out_of_place, lost) == [
        problem(
            "error R15",
            "$.triggers[0].trigger_filter.condition_groups[1].conditions[0]",
            "The condition “profile-property” does not read what starts the flow.",
            fix,
        ),
        problem("error R15", "$.profile_filter.condition_groups[0].conditions[0]", person, fix),
        problem(
            "error R15",
            "$.actions[0].data.message.additional_filters.condition_groups[0].conditions[0]",
            person,
            fix,
            action_id="a",
        ),
    ]
