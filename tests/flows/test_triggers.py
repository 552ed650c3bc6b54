"""What starts a flow, in words, with what is wrong with it (semantics A.2, B.9)."""

from __future__ import annotations

from typing import Any

import pytest
from fake_scene import scene

from flows.conditions import Names
from flows.document import Flow
from flows.triggers import (
    TRIGGERS,
    LowInventoryTrigger,
    ObjectDateTrigger,
    OpaqueTrigger,
    PriceDropTrigger,
    ProfileDateTrigger,
    Trigger,
)

Json = dict[str, Any]
NAMES = Names({"OT1": "Subscription", "OT1/12": "renewal"})
DROP: Json = {
    "type": "price-drop",
    "trigger_filter": None,
    "price_drop_amount_value": 10,
    "audience": ["viewed", "checkout-started"],
}
FEW: Json = {
    "type": "low-inventory",
    "product_level": "variant",
    "trigger_filter": None,
    "inventory_count": 3,
    "audience": ["added-to-cart"],
    "timeframe_days": 14,
}
RENEWAL: Json = {
    "type": "date",
    "date_field_type": "custom-object",
    "custom_object_label": "Subscription",
    "custom_object_property_id": 12,
    "object_type_id": "OT1",
    "object_type_relationship_id": "R1",
    "timedelta_value_before_date": 3,
    "timedelta_unit_before_date": "days",
    "recurrence_frequency": "never",
    "trigger_time": "09:30:00",
}
BIRTHDAY: Json = {
    "type": "date",
    "date_field_type": "profile-property",
    "date_profile_property": "properties['Birthday']",
    "timedelta_value_before_date": 1,
    "trigger_time": "08:00:00",
}


def read(raw: Json) -> Trigger:
    return Flow.model_validate({"triggers": [raw]}).triggers[0]


def test_what_is_not_said_is_as_the_public_definition_has_it() -> None:
    drop, few, renewal = read(DROP), read(FEW | {"timeframe_days": 14}), read(RENEWAL)
    assert isinstance(drop, PriceDropTrigger)
    assert isinstance(few, LowInventoryTrigger)
    assert isinstance(renewal, ObjectDateTrigger)
    assert (drop.price_drop_amount_unit, drop.timeframe_days, drop.currency_type) == (
        "currency", 30, "usd",
    )  # fmt: skip
    birthday = read(BIRTHDAY)
    assert isinstance(birthday, ProfileDateTrigger)
    assert (birthday.timedelta_unit_before_date, birthday.recurrence_frequency) == (
        "weeks", "monthly",
    )  # fmt: skip
    assert (birthday.timezone, birthday.trigger_days) == ("profile", None)


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (DROP, "An item becomes 10 USD cheaper than when someone viewed it or started a checkout "
               "with it in the last 30 days"),
        (DROP | {"price_drop_amount_unit": "percent", "audience": ["viewed"]},
         "An item becomes 10% cheaper than when someone viewed it in the last 30 days"),
        (FEW, "A variant that someone put into the cart in the last 14 days is down to 3"),
        (RENEWAL, "3 days before renewal of Subscription at 09:30"),
        (RENEWAL | {"custom_object_property_id": 13, "recurrence_frequency": "annually"},
         "3 days before property 13 of Subscription, annually at 09:30"),
        (RENEWAL | {"custom_object_label": "", "object_type_id": ""},
         "3 days before property 12 of something they have at 09:30"),
        (BIRTHDAY, "1 week before Birthday, monthly at 08:00"),
    ],
)  # fmt: skip
def test_triggers_in_words(raw: Json, sentence: str) -> None:
    assert read(raw).sentence(NAMES) == sentence


@pytest.mark.parametrize(
    ("raw", "place"),
    [
        (DROP | {"audience": []}, ".audience"),
        (DROP | {"price_drop_amount_value": 0}, ".price_drop_amount_value"),
        (DROP | {"price_drop_amount_value": 101, "price_drop_amount_unit": "percent"},
         ".price_drop_amount_value"),
        (FEW | {"timeframe_days": 0}, ".timeframe_days"),
        (FEW | {"inventory_count": -1}, ".inventory_count"),
        (RENEWAL | {"object_type_id": ""}, ".object_type_id"),
        (RENEWAL | {"trigger_time": "25:00"}, ".trigger_time"),
        (BIRTHDAY | {"date_profile_property": ""}, ".date_profile_property"),
    ],
)  # fmt: skip
def test_what_is_wrong_has_its_place(raw: Json, place: str) -> None:
    assert [found.where for found in read(raw).problems("$.t")] == [f"$.t{place}"]
    assert all(found.severity == "error" for found in read(raw).problems("$.t"))


def test_triggers_that_are_well_filled_in_have_nothing_wrong() -> None:
    for raw in (DROP, FEW, RENEWAL, BIRTHDAY, DROP | {"price_drop_amount_value": 0.5}):
        assert list(read(raw).problems("$")) == []


@pytest.mark.parametrize("raw", [RENEWAL, BIRTHDAY, {"type": "list", "id": "L1"}])
def test_a_filter_on_a_trigger_that_takes_none_is_kept_and_told_of(raw: Json) -> None:
    asked = {"condition_groups": [{"conditions": [{"type": "custom-object-property"}]}]}
    filtered = read({**raw, "trigger_filter": asked})
    found = [(p.code, p.severity, p.where) for p in filtered.problems("$.triggers[0]")]
    assert found == [("R26", "hint", "$.triggers[0].trigger_filter")]
    assert filtered.to_json()["trigger_filter"] == asked
    for empty in (None, {"condition_groups": []}):
        assert list(read({**raw, "trigger_filter": empty}).problems("$.triggers[0]")) == []


def test_where_nothing_is_said_people_come_again_except_by_membership() -> None:
    assert {kind: trigger.reentry_always for kind, trigger in TRIGGERS.items()} == {
        "metric": True,
        "list": False,
        "segment": False,
        "date": True,
        "date/custom-object": True,
        "price-drop": True,
        "low-inventory": True,
    }


def test_each_date_is_read_where_it_stands() -> None:
    people = scene(
        size=2,
        properties={"Birthday": ("1990-03-11", None)},
        object={"12": ("2026-03-12", "2026-04-01")},
    )
    birthday, renewal = read(BIRTHDAY), read(RENEWAL)
    assert isinstance(birthday, ProfileDateTrigger)
    assert isinstance(renewal, ObjectDateTrigger)
    assert birthday.dates(people).values() == ["1990-03-11", None]
    assert renewal.dates(people).values() == ["2026-03-12", "2026-04-01"]


@pytest.mark.parametrize("raw", [{"type": "full-moon"}, {"type": "date"}])
def test_a_trigger_of_no_known_type_is_kept(raw: Json) -> None:
    assert isinstance(read(raw), OpaqueTrigger)
    assert read(raw).to_json() == raw
