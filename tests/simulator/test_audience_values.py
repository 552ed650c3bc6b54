"""What flows compare is there to be found: every value, on people and on events."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from crowds import EVERYTHING, NAMES, audience, event_need, property_need

from flows.columns import Value
from flows.conditions.base import Need
from flows.conditions.metrics import ProfileMetricCondition


@pytest.mark.parametrize(
    ("need", "reached"),
    [
        (property_need("plan", "gold", "silver"), {"gold", "silver"}),
        (property_need("seats", 50, kind="numeric"), {50, 49, 51, 100, 25}),
        (property_need("rating", 4.5, kind="numeric"), {4.5}),
        (property_need("owner", False, kind="boolean"), {True, False}),
        (property_need("tags", "vip", kind="list"), {("vip",)}),
        (property_need("nickname", kind="existence"), {"yes", None}),
        (property_need("due", "2026-02-01", kind="date"), {"2026-02-01", "2026-01-31"}),
        (property_need("first", "0001-01-01", kind="date"), {"0001-01-01", "0001-01-02"}),
        (property_need("last", "9999-12-31", kind="date"), {"9999-12-31", "9999-12-30"}),
        (property_need("country", "NZ", "US"), {"NZ", "US", "GB"}),
    ],
)
def test_every_compared_value_is_reached(need: Need, reached: set[Value]) -> None:
    column = audience(4_000, need).shard(0, 4_000).profiles.column(need.name)
    assert reached <= set(column.values())


@pytest.mark.parametrize(
    ("need", "reached"),
    [
        (event_need("channel", "web", "app"), {"web", "app"}),
        (event_need("count", 3, kind="numeric"), {2, 3, 4}),
        (event_need("gift", True, kind="boolean"), {True, False}),
        (
            event_need("Items", "Golf Bag", kind="list", metric="T9sNn9"),
            {("Golf Bag",), ("Kettle",)},
        ),
        (event_need("ItemCount", 9, kind="numeric", metric="T9sNn9"), {1, 2, 9}),
    ],
)
def test_every_compared_value_of_events_is_reached(need: Need, reached: set[Value]) -> None:
    people = audience(4_000, need).shard(0, 4_000)
    column = people.events[NAMES.get(need.metric, need.metric)].properties[need.name]
    assert reached <= set(column.values())


def test_the_share_of_compared_values_can_be_set() -> None:
    source = audience(20_000, property_need("plan", "gold"), compared_of={"plan": 0.1})
    plans = Counter(source.shard(0, 20_000).profiles.column("plan").values())
    assert plans["gold"] / 20_000 == pytest.approx(0.1, abs=0.01)


def test_worth_of_an_unknown_metric_lies_on_both_sides_of_what_is_compared() -> None:
    need = event_need("$value", 50, kind="numeric")
    worth = audience(500, need).shard(0, 500).events["RSNxYV"].values
    assert np.nanmin(worth) < 50 < np.nanmax(worth)


def test_a_sum_that_a_condition_compares_finds_worth_to_add() -> None:
    condition = ProfileMetricCondition.model_validate(
        {
            "type": "profile-metric",
            "metric_id": "RSNxYV",
            "measurement": "sum",
            "measurement_filter": {"type": "numeric", "operator": "greater-than", "value": 200},
            "timeframe_filter": {"type": "date", "operator": "alltime"},
        }
    )
    worth = audience(500, *condition.needs()).shard(0, 500).events["RSNxYV"].values
    assert np.nanmin(worth) < 200 < np.nanmax(worth)


def test_dates_that_start_a_flow_fall_into_the_run() -> None:
    people = audience(5_000, *EVERYTHING).shard(0, 5_000).profiles
    renewals = [str(day) for day in people.column("renewal").values() if day]
    birthdays = {str(day)[5:] for day in people.column("birthday").values() if day}
    assert sum("2026-01-05" <= day < "2026-04-05" for day in renewals) > 300
    assert len(birthdays) >= 365
