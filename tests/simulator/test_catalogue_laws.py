"""Whom a change of the catalogue reaches, against one loop over people, items and changes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from effort import examples
from hypothesis import given, settings
from hypothesis import strategies as st
from shop_runs import Did, change, dropping, running_low, selling, shop, shoppers, viewed
from small_runs import at, email, flow, run, wait
from small_steps import entered, sent

from flows.catalogue import Item, ItemChange

SETTINGS = settings(max_examples=examples(60), deadline=None)
ITEMS = (
    Item(id="cup", price=50.0, inventory=5),
    Item(id="tea", price=50.0, inventory=5),
)
PEOPLE, DAYS = 2, 12

moments = st.integers(-4 * 6, DAYS * 6 - 1).map(
    lambda spans: f"{at('2026-01-05 00:00') + timedelta(hours=4 * spans):%Y-%m-%d %H:%M}"
)
names = st.sampled_from(["cup", "tea"])
amounts = st.sampled_from([30.0, 40.0, 50.0, 60.0])
who = st.integers(0, PEOPLE - 1)
looks = st.builds(viewed, who, moments, names, amounts)
purchases = st.builds(
    lambda person, when, item: Did(person, "Placed Order", when, {"ItemIds": (item,)}),
    who,
    moments,
    names,
)
doings = st.lists(looks, min_size=4, max_size=14), st.lists(purchases, max_size=4)
inside = moments.filter(lambda when: when >= "2026-01-05")
prices = st.lists(
    st.builds(lambda when, item, price: change(when, item, price=price), inside, names, amounts),
    min_size=2,
    max_size=6,
    unique_by=lambda one: (one.item, one.at),
)
stocks = st.lists(
    st.builds(
        lambda when, item, left: change(when, item, inventory=left),
        inside,
        names,
        st.integers(0, 5),
    ),
    min_size=2,
    max_size=6,
    unique_by=lambda one: (one.item, one.at),
)


def value_at(changes: Sequence[ItemChange], item: str, name: str, when: Any) -> Any:
    """The price or the stock of an item at a time, as its last change until then says."""
    known = [c for c in changes if c.item == item and c.at <= when]
    told = [getattr(c, name) for c in sorted(known, key=lambda c: c.at)]
    first = next(i for i in ITEMS if i.id == item)
    return next((v for v in reversed(told) if v is not None), getattr(first, name))


def before(changes: Sequence[ItemChange], one: ItemChange, name: str) -> Any:
    return value_at(changes, one.item, name, one.at - timedelta(microseconds=1))


def looked(done: Sequence[Did], person: int, item: str, opens: Any, closes: Any) -> list[Did]:
    """The looks of a person at an item in a span, in order of time."""
    own = [d for d in done if (d.who, d.properties["ProductID"]) == (person, item)]
    return sorted((d for d in own if opens < at(d.when) <= closes), key=lambda d: d.when)


def bought(done: Sequence[Did], person: int, item: str, opens: Any, closes: Any) -> bool:
    return any(
        d.who == person and item in d.properties["ItemIds"] and opens < at(d.when) <= closes
        for d in done
    )


def distinct(done: Sequence[Did]) -> bool:
    """Whether nobody looks at one item at two prices in one moment."""
    keys = [(d.who, d.when, d.properties["ProductID"]) for d in done]
    return len(keys) == len(set(keys))


@SETTINGS
@given(doings[0].filter(distinct), doings[1], prices, st.integers(1, 20), st.integers(1, 8))
def test_a_price_drop_reaches_whom_it_concerns_and_is_sent_while_it_does(
    seen: list[Did], orders: list[Did], changes: list[ItemChange], least: int, frame: int
) -> None:
    def wanted(person: int, one: ItemChange, now: Any) -> bool:
        opens = one.at - timedelta(days=frame)
        until_then = looked(seen, person, one.item, opens, one.at)
        if not until_then:
            return False
        price, last = value_at(changes, one.item, "price", now), until_then[-1]
        paid = [float(d.properties["Price"]) for d in looked(seen, person, one.item, opens, now)]
        return (
            float(last.properties["Price"]) - price >= least
            and min(paid) > price
            and not bought(orders, person, one.item, at(last.when), now)
        )

    come, told = [], []
    for person in range(PEOPLE):
        for one in changes:
            if one.price < before(changes, one, "price") and wanted(person, one, one.at):
                come.append((f"p{person}", f"{one.at:%Y-%m-%d %H:%M}"))
                later = one.at + timedelta(days=2)
                if later < at("2026-01-05 00:00") + timedelta(days=DAYS):
                    told += [f"{later:%m-%d %H:%M}"] if wanted(person, one, later) else []
    held = flow(wait("pause", value=2), email("x"), **dropping(least, timeframe_days=frame))
    engine = run(
        held, shoppers(PEOPLE, *seen, *orders), selling(shop(*changes, items=ITEMS), days=DAYS)
    )
    assert sorted(entered(engine)) == sorted(come)
    assert sorted(when for _, when, reason in sent(engine) if reason is None) == sorted(told)


@SETTINGS
@given(*doings, stocks, st.integers(0, 4), st.integers(1, 8))
def test_low_stock_reaches_whom_it_concerns(
    seen: list[Did], orders: list[Did], changes: list[ItemChange], most: int, frame: int
) -> None:
    come = []
    for person in range(PEOPLE):
        for one in changes:
            opens = one.at - timedelta(days=frame)
            crossed = before(changes, one, "inventory") > most >= one.inventory
            cares = looked(seen, person, one.item, opens, one.at)
            if crossed and cares and not bought(orders, person, one.item, opens, one.at):
                come.append((f"p{person}", f"{one.at:%Y-%m-%d %H:%M}"))
    held = flow(email("x"), **running_low(most, timeframe_days=frame))
    engine = run(
        held, shoppers(PEOPLE, *seen, *orders), selling(shop(*changes, items=ITEMS), days=DAYS)
    )
    assert sorted(entered(engine)) == sorted(come)
