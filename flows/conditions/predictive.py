"""Conditions on what is predicted of a person: five forms by dimension and measurement."""

from __future__ import annotations

import builtins
from collections.abc import Iterator
from typing import Literal

from flows.columns import Column
from flows.conditions.base import Names, Need
from flows.conditions.reading import ReadingCondition
from flows.filters import ValueFilter, ValueTest
from flows.filters.allowed import DATES
from flows.filters.base import Whole
from flows.filters.numbers import NumericFilter
from flows.filters.text import StringFilter
from flows.rules import CHANNEL_WORDS, Channel
from flows.scene import Scene

Numeric = Literal[
    "average_days_between_orders",
    "average_order_value",
    "churn_probability",
    "historic_clv",
    "historic_number_of_orders",
    "predicted_clv",
    "predicted_number_of_orders",
    "total_clv",
]
PREDICTION_WORDS = {
    "average_days_between_orders": "average days between orders",
    "average_order_value": "average order value",
    "churn_probability": "probability of churn",
    "historic_clv": "value so far",
    "historic_number_of_orders": "number of orders so far",
    "predicted_clv": "predicted value",
    "predicted_number_of_orders": "predicted number of orders",
    "total_clv": "value so far and predicted",
    "expected_date_of_next_purchase": "expected date of the next order",
    "predicted_gender": "predicted gender",
}
"""How sentences name what is predicted."""


class GenderFilter(StringFilter):
    """A predicted gender compared with one of three."""

    operator: Literal["equals", "not-equals"]
    value: Literal["likely_female", "likely_male", "uncertain"]


class RankFilter(StringFilter):
    """A channel's rank compared with one of three."""

    operator: Literal["equals", "not-equals"]
    value: Literal["high", "low", "medium"]


class PriorityFilter(NumericFilter):
    """A channel's place, 1 for the best."""

    operator: Literal["equals"]
    value: Whole


class PredictiveCondition(ReadingCondition):
    """The base of conditions on predictions, a snapshot for the whole run (semantics A.6)."""

    type: Literal["profile-predictive-analytics"]

    @builtins.property
    def column(self) -> str:
        """The reserved column that holds the prediction."""
        return f"predictive_analytics.{self._dimension()}"

    def _dimension(self) -> str:
        return str(getattr(self, "dimension", ""))

    @builtins.property
    def topic(self) -> tuple[str, ...]:
        return ("property", self.column)

    def read(self, scene: Scene) -> Column:
        return scene.column(self.column)

    def subject(self, names: Names) -> str:
        return PREDICTION_WORDS[self._dimension()]

    def needs(self) -> Iterator[Need]:
        asked = self.asked
        yield Need(
            kind="predictive", name=self.column, values=asked.compared(), value_type=asked.kind
        )


class PredictiveDateCondition(PredictiveCondition):
    """When the next order is expected (semantics A.6)."""

    dimension: Literal["expected_date_of_next_purchase"]
    filter: ValueFilter
    label = "Expected next order"
    allowed = DATES

    @builtins.property
    def asked(self) -> ValueTest:
        return self.filter


class PredictiveTextCondition(PredictiveCondition):
    """The gender that is predicted (semantics A.6)."""

    dimension: Literal["predicted_gender"]
    filter: GenderFilter
    label = "Predicted gender"

    @builtins.property
    def asked(self) -> ValueTest:
        return self.filter


class PredictiveNumberCondition(PredictiveCondition):
    """A number that is predicted, or known of past orders (semantics A.6)."""

    dimension: Numeric
    filter: ValueFilter
    label = "Prediction"
    allowed = (NumericFilter,)

    @builtins.property
    def asked(self) -> ValueTest:
        return self.filter


class _AffinityCondition(PredictiveCondition):
    dimension: Literal["channel_affinity"]
    measurement: Literal["priority", "rank"]
    predicted_channel: Channel

    def _dimension(self) -> str:
        return f"channel_affinity.{self.predicted_channel}.{self.measurement}"

    def subject(self, names: Names) -> str:
        return f"{self.measurement} of {CHANNEL_WORDS[self.predicted_channel]} for the person"


class AffinityPriorityCondition(_AffinityCondition):
    """The place of a channel among those that suit a person, 1 for the best (semantics A.6)."""

    measurement: Literal["priority"]
    filter: PriorityFilter
    label = "Place of a channel"

    @builtins.property
    def asked(self) -> ValueTest:
        return self.filter


class AffinityRankCondition(_AffinityCondition):
    """How well a channel suits a person: high, medium or low (semantics A.6)."""

    measurement: Literal["rank"]
    filter: RankFilter
    label = "Rank of a channel"

    @builtins.property
    def asked(self) -> ValueTest:
        return self.filter
