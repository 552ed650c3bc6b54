"""The made-up shop moves its prices and stock, and people see what held when they looked."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest
from crowds import NAMES, START

from flows.catalogue import Catalogue, Item, ItemChange
from flows.conditions.base import Need
from flows.moments import DAY, micros
from flows.people import Events
from simulator.audience import SyntheticAudience
from simulator.catalogue import products
from simulator.catalogue.for_run import catalogue_of, is_asked
from simulator.catalogue.synthetic import synthetic_catalogue
from simulator.scenario import Scenario
from simulator.shop_settings import ShopSettings

BEGIN = datetime(2026, 1, 5, tzinfo=UTC)
METRICS = (
    *("Viewed Product", "Added to Cart", "Started Checkout", "Placed Order"),
    "Subscribed to Back in Stock",
)
NEEDS = (
    Need(kind="item", name="price-drop", values=(5,), trigger=True),
    *(Need(kind="metric", name=name) for name in METRICS),
)


def shop(days: int = 90, **settings: object) -> Catalogue:
    return synthetic_catalogue(1, BEGIN, days, ShopSettings(**settings))


def crowd(size: int, catalogue: Catalogue | None) -> SyntheticAudience:
    return SyntheticAudience(
        seed=1, size=size, start=START, days=90, needs=NEEDS, names=NAMES, catalogue=catalogue
    )


def price_at(catalogue: Catalogue, item: str, time: int) -> float:
    """By hand: the last change before the time, else the price at the start."""
    price = next(one.price for one in catalogue.items if one.id == item)
    for change in catalogue.changes:
        if change.item == item and change.price is not None and micros(change.at) <= time:
            price = change.price
    return price


def left_at(catalogue: Catalogue, item: str, time: int) -> int | None:
    left = next(one.inventory for one in catalogue.items if one.id == item)
    for change in catalogue.changes:
        if change.item == item and change.inventory is not None and micros(change.at) <= time:
            left = change.inventory
    return left


def rows(events: Events, *names: str) -> list[tuple[object, ...]]:
    return list(zip(*(events.properties[name].values() for name in names), strict=True))


def test_the_shop_depends_on_the_seed_and_begins_alike_however_long_it_runs() -> None:
    long, short = shop(days=90), shop(days=30)
    assert short.items == long.items
    end = datetime(2026, 2, 4, tzinfo=UTC)
    assert short.changes == tuple(change for change in long.changes if change.at < end)
    assert synthetic_catalogue(2, BEGIN, 90, ShopSettings()) != long


def test_changes_stand_in_order_of_time() -> None:
    times = [change.at for change in shop().changes]
    assert times == sorted(times)


def test_products_keep_their_names_and_some_come_in_variants() -> None:
    catalogue = shop()
    whole = [item for item in catalogue.items if item.parent is None]
    assert [(item.id, item.title, item.price) for item in whole] == [
        (product.id, product.name, product.price) for product in products()
    ]
    forms = [item for item in catalogue.items if item.parent]
    assert {item.parent for item in forms} < {item.id for item in whole}
    assert len({item.parent for item in forms}) == pytest.approx(0.35 * 40, abs=6)


def test_a_product_has_the_stock_of_its_variants_together() -> None:
    catalogue = shop()
    times = [START, *(START + day * DAY for day in (7, 30, 61))]
    for parent in {item.parent for item in catalogue.items if item.parent}:
        forms = [item.id for item in catalogue.items if item.parent == parent]
        for time in times:
            held = [left_at(catalogue, form, time) or 0 for form in forms]
            assert left_at(catalogue, str(parent), time) == sum(held)


def test_prices_fall_as_often_and_as_far_as_set_and_come_back() -> None:
    catalogue = shop(price_rises=0, price_drops=1.0, sale_days=5.0)
    drops, backs = 0, 0
    for product in products():
        now = product.price
        for change in (c for c in catalogue.changes if c.item == product.id and c.price):
            assert change.price is not None
            if change.price < now:
                assert 0.10 - 1e-3 <= 1 - change.price / now <= 0.30 + 1e-3
                drops += 1
            else:
                assert change.price == product.price
                backs += 1
            now = change.price
    assert drops == pytest.approx(40 * 90 / 35, rel=0.2)
    assert 0 <= drops - backs <= 40


def test_nothing_is_put_on_sale_where_the_rate_is_none() -> None:
    still = shop(price_drops=0, price_rises=0)
    assert [change for change in still.changes if change.price is not None] == []


def test_stock_falls_and_some_of_it_to_nothing() -> None:
    catalogue = shop()
    gone = {c.item for c in catalogue.changes if c.inventory == 0}
    assert len(gone) > 20
    assert min(c.inventory for c in catalogue.changes if c.inventory is not None) == 0
    always = shop(sells_out=0.0)
    assert 0 not in {c.inventory for c in always.changes}


def test_only_flows_that_look_at_the_catalogue_move_it() -> None:
    asked = Need(kind="metric", name="XyZ123", trigger=True)
    assert is_asked(NEEDS, {})
    assert is_asked([asked], {"XyZ123": "Subscribed to Back in Stock"})
    assert not is_asked([asked, Need(kind="metric", name="Subscribed to Back in Stock")], {})


def test_a_given_catalogue_comes_before_the_made_up_one() -> None:
    own = Catalogue(items=(Item(id="A", price=5.0),))
    assert catalogue_of(Scenario(catalogue=own)) == own
    assert len(catalogue_of(Scenario(catalogue=Catalogue())).items) > 40


def test_people_see_the_price_that_holds_when_they_look() -> None:
    catalogue = shop()
    people = crowd(1_500, catalogue).shard(0, 1_500)
    viewed = people.events["Viewed Product"]
    seen = rows(viewed, "ProductID", "Price")
    checked = range(0, len(viewed), 97)
    for place in checked:
        product, price = seen[place]
        assert price == price_at(catalogue, str(product), int(viewed.times[place]))
        assert viewed.values[place] == price
    during = viewed.times >= START
    usual = {product.id: product.price for product in products()}
    cheaper = [p != usual[str(i)] for (i, p), d in zip(seen, during, strict=True) if d]
    assert 0.05 < np.mean(cheaper) < 0.5


def test_baskets_name_their_items_by_id_at_the_prices_of_their_time() -> None:
    catalogue = shop()
    people = crowd(1_500, catalogue).shard(0, 1_500)
    titles = {item.id: item.title for item in catalogue.items}
    parents = {item.id: item.parent or item.id for item in catalogue.items}
    for metric in ("Added to Cart", "Started Checkout", "Placed Order"):
        done = people.events[metric]
        facts = rows(done, "Items", "ItemIds", "VariantIds", "ItemPrices")
        for place in range(0, len(done), 53):
            items, ids, variants, seen = facts[place]
            assert isinstance(ids, tuple)
            assert isinstance(variants, tuple)
            assert items == tuple(titles[one] for one in ids)
            assert ids == tuple(parents[one] for one in variants)
            time = int(done.times[place])
            assert seen == tuple(price_at(catalogue, one, time) for one in ids)


def test_who_waits_for_an_item_waits_for_one_that_is_sold_out() -> None:
    catalogue = shop()
    people = crowd(8_000, catalogue).shard(0, 8_000)
    waits = people.events["Subscribed to Back in Stock"]
    during = np.flatnonzero(waits.times >= START)
    assert len(during) > 300
    facts = rows(waits, "ProductID", "VariantId")
    for place in during[::15].tolist():
        product, variant = facts[place]
        assert left_at(catalogue, str(variant), int(waits.times[place])) == 0
        assert str(variant).startswith(str(product))


def test_nobody_waits_where_nothing_is_ever_sold_out() -> None:
    people = crowd(500, shop(sells_out=0.0)).shard(0, 500)
    assert len(people.events["Subscribed to Back in Stock"]) == 0


def test_events_are_of_the_catalogue_that_is_given() -> None:
    own = Catalogue(
        items=(
            Item(id="mug", title="Mug", price=8.0, inventory=0, categories=("Cups",)),
            Item(id="pot", title="Pot"),
            Item(id="pot-1", parent="pot", price=30.0, inventory=3),
        ),
        changes=(
            ItemChange(at=datetime(2026, 1, 20, tzinfo=UTC), item="mug", inventory=9, price=6.0),
        ),
    )
    people = crowd(800, own).shard(0, 800)
    viewed = people.events["Viewed Product"]
    facts = set(rows(viewed, "ProductName", "ProductID", "VariantId", "Categories", "Price"))
    assert facts == {
        ("Mug", "mug", "mug", ("Cups",), 8.0),
        ("Mug", "mug", "mug", ("Cups",), 6.0),
        ("Pot", "pot", "pot-1", (), 30.0),
    }
    waits = people.events["Subscribed to Back in Stock"]
    assert set(waits.properties["VariantId"].values()) == {"mug"}
    assert waits.times.max() < micros(datetime(2026, 1, 20, tzinfo=UTC))


def test_flows_that_look_at_no_catalogue_see_the_standing_shop() -> None:
    moving, standing = (crowd(300, c).shard(0, 300).events for c in (shop(), None))
    assert set(standing["Viewed Product"].properties) == {
        *("ProductName", "ProductID", "Categories", "Price", "URL")
    }
    for metric in METRICS[:4]:
        assert moving[metric].times.tolist() == standing[metric].times.tolist()
    shown = [
        events["Viewed Product"].properties["ProductID"].values() for events in (moving, standing)
    ]
    assert shown[0] == shown[1]
