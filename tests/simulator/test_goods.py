"""What items cost, how many are left and what can be bought, at any time (semantics B.9)."""

from __future__ import annotations

import numpy as np
import pytest
from shop_runs import BLUE, MUG, POT, RED, change, shop
from small_runs import at, us

from flows.columns import NEVER, Column
from simulator.goods import Goods, mentions

OPEN = shop(
    change("2026-01-08 00:00", "mug", price=70.0),
    change("2026-01-09 00:00", "mug", inventory=0),
    change("2026-01-10 00:00", "pot-red", inventory=0),
    change("2026-01-11 00:00", "mug", inventory=4, published=False),
    change("2026-01-12 00:00", "mug", published=True),
)
GOODS = Goods(OPEN)
ITEMS = {item.id: place for place, item in enumerate((MUG, POT, RED, BLUE))}


def asked(*wishes: tuple[str, str]) -> tuple[np.ndarray, np.ndarray]:  # type: ignore[type-arg]
    codes = [ITEMS.get(item, -1) for item, _ in wishes]
    return np.array(codes, dtype=np.int32), np.array([us(at(when)) for _, when in wishes])


def test_prices_and_stock_are_those_of_the_moment() -> None:
    moments = asked(("mug", "2026-01-07 23:59"), ("mug", "2026-01-08 00:00"), ("pot", "2026-01-09"))
    assert GOODS.price(*moments).tolist() == [80.0, 70.0, 40.0]
    stocks = asked(("mug", "2026-01-08"), ("mug", "2026-01-09"), ("pot-red", "2026-01-10"))
    assert GOODS.stock(*stocks).tolist() == [10.0, 0.0, 0.0]


def test_a_product_that_nobody_counts_has_what_its_variants_have() -> None:
    moments = asked(("pot", "2026-01-09 23:59"), ("pot", "2026-01-10 00:00"))
    assert GOODS.stock(*moments).tolist() == [15.0, 9.0]


def test_what_can_be_bought_is_published_and_there_in_number() -> None:
    moments = asked(
        ("mug", "2026-01-08"),
        ("mug", "2026-01-09"),
        ("pot-red", "2026-01-10"),
        ("jug", "2026-01-05"),
    )
    assert GOODS.buyable(1).next(*moments).tolist() == [
        us(at("2026-01-08")),
        us(at("2026-01-12")),
        NEVER,
        NEVER,
    ]
    assert GOODS.buyable(5).next(*moments)[1] == NEVER


def test_only_published_items_of_the_catalogue_are_available() -> None:
    moments = asked(("mug", "2026-01-10"), ("mug", "2026-01-11"), ("mug", "2026-01-12"))
    assert GOODS.published(*moments).tolist() == [True, False, True]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"ProductID": "mug", "Price": 75}, [("mug", 75.0)]),
        ({"ProductID": "mug"}, [("mug", 80.0)]),
        (
            {"ProductID": "pot", "VariantId": "pot-red", "Price": 39.5},
            [("pot", 39.5), ("pot-red", 39.5)],
        ),
        ({"VariantId": "pot-blue"}, [("pot-blue", 44.0), ("pot", 40.0)]),
        ({"ProductID": "jug"}, []),
        ({}, []),
        (
            {
                "ItemIds": ("mug", "pot"),
                "VariantIds": (None, "pot-red"),
                "ItemPrices": (70.0, 30.0),
            },
            [("mug", 70.0), ("pot", 30.0), ("pot-red", 30.0)],
        ),
        ({"ItemIds": ("mug", "jug"), "ItemPrices": (70.0,)}, [("mug", 70.0)]),
        ({"ProductID": "mug", "ItemIds": ("mug", "pot")}, [("mug", 80.0)]),
    ],
)
def test_an_event_says_what_it_is_about(said: dict[str, object], expected: list[object]) -> None:
    columns = {name: Column.of([value]) for name, value in said.items()}  # type: ignore[list-item]
    found = mentions(GOODS, columns, np.array([us(at("2026-01-06"))]))
    names = list(ITEMS)
    assert [
        (names[item], price)
        for item, price in zip(found.items.tolist(), found.prices.tolist(), strict=True)
    ] == expected


def test_events_keep_their_items_apart() -> None:
    columns = {
        "ProductID": Column.of(["mug", None, "pot"]),
        "ItemIds": Column.of([None, ("pot", "mug"), None]),
    }
    found = mentions(GOODS, columns, np.full(3, us(at("2026-01-06"))))
    assert found.events.tolist() == [0, 1, 1, 2]
    assert found.items.tolist() == [ITEMS[i] for i in ("mug", "pot", "mug", "pot")]
