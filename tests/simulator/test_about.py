"""What stories say an event was about."""

import numpy as np

from flows.columns import Column, Value
from flows.people import Events
from simulator.about import change_of, item_of, items_by_time, thing_of


def test_an_event_about_an_item_or_a_basket_names_it() -> None:
    assert item_of({"ProductName": "Tea Pot"}) == "Tea Pot"
    assert item_of({"Items": ("Tea Pot", "Cup")}) == "Tea Pot, Cup"
    assert item_of({"Items": ("Tea Pot", "Cup", "Tray", "Tin")}) == "Tea Pot, Cup and 2 more"
    assert item_of({"$value": 3.0}) == ""


def test_a_change_of_the_catalogue_says_what_became_of_the_item() -> None:
    pot: dict[str, Value] = {"ProductName": "Tea Pot", "Price": 45.0, "Inventory": 3}
    assert change_of(pot | {"OldPrice": 60.0}) == "Tea Pot: 45.00 instead of 60.00"
    assert change_of(pot) == "Tea Pot: 3 left"
    assert change_of({"Price": 45.0}) == ""


def test_an_object_is_told_by_its_id_and_the_names_of_its_properties() -> None:
    rex: dict[str, Value] = {"id": "rex", "3": "2026-02-01", "2": None, "kind": "dog"}
    assert thing_of(rex, {}) == "“rex” (property 3: 2026-02-01, kind: dog)"
    assert thing_of(rex, {"3": "birthday"}) == "“rex” (birthday: 2026-02-01, kind: dog)"


def test_events_of_one_person_are_told_by_their_time() -> None:
    seen = Events(
        "Viewed Product",
        np.zeros(2, dtype=np.int32),
        np.array([5, 9], dtype=np.int64),
        np.array([1.0, 2.0]),
        {"ProductName": Column.of(["Tea Pot", None])},
    )
    assert items_by_time(seen) == {5: "Tea Pot", 9: ""}
    assert items_by_time(Events("M", seen.rows, seen.times, seen.values)) == {}
