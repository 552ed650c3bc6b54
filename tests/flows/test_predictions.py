"""Conditions on what is predicted of a person: five forms (semantics A.6)."""

from __future__ import annotations

import pytest
from asking import NAMES, Json, asking, explained, holds
from fake_scene import FakeScene, scene

from flows.columns import Value
from flows.conditions import Answer
from flows.conditions.base import Need


def predicted(dimension: str, more: Json | None = None, **test: object) -> Json:
    kind: Json = {"type": "profile-predictive-analytics", "dimension": dimension}
    return kind | (more or {}) | {"filter": test}


def people(name: str, *values: Value) -> FakeScene:
    return scene(size=len(values), properties={f"predictive_analytics.{name}": values})


@pytest.mark.parametrize(
    "dimension",
    [
        "average_days_between_orders",
        "average_order_value",
        "churn_probability",
        "historic_clv",
        "historic_number_of_orders",
        "predicted_clv",
        "predicted_number_of_orders",
        "total_clv",
    ],
)
def test_numbers_are_compared(dimension: str) -> None:
    asked = predicted(dimension, type="numeric", operator="greater-than", value=0.5)
    assert holds(asked, people(dimension, 0.6, 0.5, 1, None, "0.6")) == [
        True, False, True, False, False,
    ]  # fmt: skip


def test_the_day_of_the_next_order_is_asked_as_a_date() -> None:
    name = "expected_date_of_next_purchase"
    asked = predicted(name, type="date", operator="in-the-next", unit="day", quantity=7)
    assert holds(asked, people(name, "2026-03-12", "2026-03-09", "2026-04-01", None)) == [
        True, False, False, False,
    ]  # fmt: skip


def test_the_gender_is_one_of_three_and_its_opposite_needs_one() -> None:
    them = people("predicted_gender", "likely_female", "likely_male", "uncertain", None)
    equal = predicted("predicted_gender", type="string", operator="equals", value="likely_male")
    other = predicted("predicted_gender", type="string", operator="not-equals", value="likely_male")
    assert (holds(equal, them), holds(other, them)) == (
        [False, True, False, False],
        [True, False, True, False],
    )


@pytest.mark.parametrize("channel", ["email", "push", "sms", "whatsapp"])
def test_a_channel_has_a_place_and_a_rank_for_a_person(channel: str) -> None:
    def affinity(measurement: str, **test: object) -> Json:
        more = {"measurement": measurement, "predicted_channel": channel}
        return predicted("channel_affinity", more, **test)

    first = affinity("priority", type="numeric", operator="equals", value=1)
    places = people(f"channel_affinity.{channel}.priority", 1, 2, 1.0, None)
    assert holds(first, places) == [True, False, True, False]
    high = affinity("rank", type="string", operator="not-equals", value="high")
    ranks = people(f"channel_affinity.{channel}.rank", "high", "low", "medium", None)
    assert holds(high, ranks) == [False, True, True, False]


def test_predictions_in_words() -> None:
    asked = predicted("churn_probability", type="numeric", operator="less-than", value=0.2)
    assert explained(asked, people("churn_probability", 0.35)) == Answer(
        False, "probability of churn: 0.35; wanted: is less than 0.2"
    )
    more = {"measurement": "rank", "predicted_channel": "whatsapp"}
    rank = predicted("channel_affinity", more, type="string", operator="equals", value="low")
    assert asking([rank]).sentence(NAMES) == "rank of WhatsApp for the person is “low”"
    assert tuple(asking([rank]).needs()) == (
        Need(
            kind="predictive",
            name="predictive_analytics.channel_affinity.whatsapp.rank",
            values=("low",),
        ),
    )


@pytest.mark.parametrize(
    ("raw", "place", "allowed"),
    [
        (predicted("mood", type="numeric", operator="equals", value=1),
         ".dimension", "“dimension” must be average_days_between_orders, average_order_value, "
         "churn_probability, historic_clv, historic_number_of_orders, predicted_clv, "
         "predicted_number_of_orders or total_clv, but it is the text “mood”."),
        (predicted("predicted_gender", type="string", operator="equals", value="male"),
         ".filter.value",
         "“value” must be likely_female, likely_male or uncertain, but it is the text “male”."),
        (predicted("channel_affinity", {"measurement": "rank", "predicted_channel": "fax"},
                   type="string", operator="equals", value="low"),
         ".predicted_channel",
         "“predicted_channel” must be email, sms, push or whatsapp, but it is the text “fax”."),
        (predicted("channel_affinity", {"measurement": "priority", "predicted_channel": "sms"},
                   type="numeric", operator="equals", value=1.5),
         ".filter.value", "“value” must be a whole number, but it is 1.5."),
    ],
)  # fmt: skip
def test_what_cannot_be_read_says_what_is_allowed(raw: Json, place: str, allowed: str) -> None:
    (problem,) = asking([raw]).problems("$.f")
    where = f"$.f.condition_groups[0].conditions[0]{place}"
    assert (problem.where, problem.text) == (where, allowed)


def test_a_filter_of_another_kind_counts_and_is_told_of() -> None:
    asked = predicted("churn_probability", type="numeric", operator="between", start=0, end=0.5)
    assert holds(asked, people("churn_probability", 0.5, 0.6)) == [True, False]
    assert [(p.code, p.where, p.fix) for p in asking([asked]).problems("$.f")] == [
        (
            "F07",
            "$.f.condition_groups[0].conditions[0].filter",
            "Klaviyo allows: numeric (equals, not-equals, greater-than, greater-than-or-equal, "
            "less-than, less-than-or-equal).",
        )
    ]
