"""Price drops: for whom and for how long, as published in [H:4404249033755] (B.9, E20)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from shop_runs import basket, change, dropping, selling, shop, shoppers, viewed
from small_runs import email, flow, run, tables, wait
from small_steps import entered, sent

from flows.columns import Column
from simulator.engine import Engine
from simulator.plan import make_plan
from simulator.world import Response, SentBatch

SALE = change("2026-01-20 12:00", "mug", price=64.0)
NOON = "2026-01-20 12:00"


def comers(*done: Any, size: int = 1, sold: Any = None, **trigger: Any) -> list[tuple[str, str]]:
    """Who enters a flow with one email."""
    setting = selling(sold or shop(SALE))
    return entered(run(flow(email("x"), **dropping(**trigger)), shoppers(size, *done), setting))


def test_whoever_saw_the_item_at_a_higher_price_comes_when_it_drops() -> None:
    assert comers(viewed(0, "2026-01-10 09:00", "mug", 80.0), size=2) == [("p0", NOON)]


def test_a_look_from_before_the_run_counts_within_the_timeframe() -> None:
    """Of 20 January, noon, thirty days back end on 21 December, noon."""
    early, late = "2025-12-21 12:00", "2025-12-21 12:01"
    assert comers(viewed(0, early, "mug", 80.0), viewed(1, late, "mug", 80.0), size=2) == [
        ("p1", NOON)
    ]
    assert comers(viewed(0, early, "mug", 80.0), timeframe_days=31) == [("p0", NOON)]


def test_nobody_comes_for_an_item_that_they_did_not_look_at_or_at_the_wrong_time() -> None:
    assert comers(viewed(0, "2026-01-10 09:00", "pot", 80.0)) == []
    assert comers(viewed(0, "2026-01-20 12:01", "mug", 80.0)) == []


@pytest.mark.parametrize(
    ("value", "unit", "comes"),
    [
        (16, "currency", True),
        (16.01, "currency", False),
        (20, "percent", True),
        (20.1, "percent", False),
    ],
)
def test_the_drop_is_counted_from_the_price_that_the_person_saw(
    value: float, unit: str, comes: bool
) -> None:
    """From 80 to 64 are 16, which is 20 percent of 80."""
    found = comers(viewed(0, "2026-01-10 09:00", "mug", 80.0), value=value, unit=unit)
    assert bool(found) == comes


def test_cents_count_as_they_are_written() -> None:
    sold = shop(change("2026-01-20 12:00", "mug", price=79.99))
    assert comers(viewed(0, "2026-01-10 09:00", "mug", 99.99), sold=sold, value=20) != []


def test_the_last_look_decides_which_price_was_seen() -> None:
    low_then_high = [viewed(0, "2026-01-09 09:00", "mug", 70.0)]
    low_then_high += [viewed(0, "2026-01-10 09:00", "mug", 80.0)]
    assert comers(*low_then_high, value=12) == [("p0", NOON)]
    high_then_low = [viewed(0, "2026-01-09 09:00", "mug", 80.0)]
    high_then_low += [viewed(0, "2026-01-10 09:00", "mug", 70.0)]
    assert comers(*high_then_low, value=12) == []


def test_whoever_has_seen_the_lower_price_already_does_not_come() -> None:
    seen = viewed(0, "2026-01-08 09:00", "mug", 64.0), viewed(0, "2026-01-10 09:00", "mug", 80.0)
    assert comers(*seen) == []


def test_an_event_without_a_price_has_the_one_of_the_catalogue_then() -> None:
    sold = shop(change("2026-01-08 00:00", "mug", price=90.0), SALE)
    before, behind = "2026-01-07 23:59", "2026-01-08 00:00"
    looks = viewed(0, before, "mug"), viewed(1, behind, "mug")
    assert comers(*looks, size=2, sold=sold, value=20) == [("p1", NOON)]


def test_a_purchase_since_the_look_keeps_people_out_and_an_earlier_one_does_not() -> None:
    look = [viewed(i, "2026-01-10 09:00", "mug", 80.0) for i in range(3)]
    bought = [basket(0, "Placed Order", "2026-01-11 09:00", "mug", "pot")]
    bought += [basket(1, "Placed Order", "2026-01-09 09:00", "mug")]
    bought += [basket(2, "Placed Order", "2026-01-11 09:00", "pot")]
    assert comers(*look, *bought, size=3) == [("p1", NOON), ("p2", NOON)]


def test_an_item_that_is_sold_out_or_hidden_interests_nobody() -> None:
    look = viewed(0, "2026-01-10 09:00", "mug", 80.0)
    gone = change("2026-01-19 00:00", "mug", inventory=0)
    assert comers(look, sold=shop(gone, SALE)) == []
    hidden = change("2026-01-19 00:00", "mug", published=False)
    assert comers(look, sold=shop(hidden, SALE)) == []


def test_a_price_that_rises_starts_nothing_even_below_what_was_seen() -> None:
    sold = shop(
        change("2026-01-06 00:00", "mug", price=40.0), change("2026-01-20 12:00", "mug", price=50.0)
    )
    assert comers(viewed(0, "2026-01-10 09:00", "mug", 80.0), sold=sold) == []


def test_only_those_of_the_audience_come() -> None:
    done = [viewed(0, "2026-01-10 09:00", "mug", 80.0)]
    done += [basket(1, "Started Checkout", "2026-01-10 09:00", "pot", "mug", prices=(40.0, 80.0))]
    done += [basket(2, "Added to Cart", "2026-01-10 09:00", "mug", prices=(80.0,))]
    assert comers(*done, size=3) == [("p0", NOON), ("p1", NOON)]
    assert comers(*done, size=3, audience=["checkout-started"]) == [("p1", NOON)]


def test_a_variant_speaks_for_its_product_and_tells_of_it_once() -> None:
    sold = shop(
        change("2026-01-20 12:00", "pot", price=20.0),
        change("2026-01-20 12:00", "pot-red", price=20.0),
    )
    look = viewed(0, "2026-01-10 09:00", "pot", 40.0, VariantId="pot-red")
    assert comers(look, sold=sold) == [("p0", NOON)]


def test_every_drop_starts_a_run_of_its_own() -> None:
    sold = shop(SALE, change("2026-01-25 12:00", "mug", price=50.0))
    assert comers(viewed(0, "2026-01-10 09:00", "mug", 80.0), sold=sold) == [
        ("p0", NOON),
        ("p0", "2026-01-25 12:00"),
    ]


FILTERED = {
    "condition_groups": [
        {
            "conditions": [
                {
                    "type": "price-drop-property",
                    "metric_id": None,
                    "field": "OldPrice",
                    "filter": {"type": "numeric", "operator": "greater-than", "value": 85},
                }
            ]
        }
    ]
}


def test_the_event_says_what_dropped_and_the_trigger_filter_reads_it() -> None:
    looks = viewed(0, "2026-01-10 09:00", "mug", 80.0), viewed(1, "2026-01-10 09:00", "mug", 90.0)
    held = flow(email("x"), **dropping(trigger_filter=FILTERED))
    engine = run(held, shoppers(2, *looks), selling(shop(SALE)))
    assert entered(engine) == [("p1", NOON)]
    assert engine.counts.flows[0].turned_away == {"Fails Trigger Filter": 1}
    drops = [e for e in tables(engine)["events"] if e["metric"] == "Price Drop"]
    assert [(e["profile"], f"{e['at']:%m-%d %H:%M}", e["origin"]) for e in drops] == [
        ("p0", "01-20 12:00", "catalogue"),
        ("p1", "01-20 12:00", "catalogue"),
    ]
    assert [e["trigger"] for e in tables(engine)["enrolments"]] == ["Price Drop"]
    told = engine.stage.offered[0].history
    names = ("ItemId", "ProductName", "Price", "OldPrice", "Inventory", "URL")
    assert [told.property(name, engine.journal.enrolments.ref[:1]).values() for name in names] == [
        ["mug"],
        ["Mug"],
        [64.0],
        [90.0],
        [10],
        ["https://example.com/mug"],
    ]


def second_mail(*done: Any, sold: Any = None) -> list[str]:
    """What a flow of two emails, three days apart, sends to somebody who saw the mug at 80."""
    held = flow(email("first"), wait("pause", value=3), email("second"), **dropping())
    people = shoppers(1, viewed(0, "2026-01-10 09:00", "mug", 80.0), *done)
    engine = run(held, people, selling(sold or shop(SALE)))
    return [step for step, _, reason in sent(engine) if reason is None]


def test_whether_the_item_is_still_wanted_is_asked_before_every_message() -> None:
    assert second_mail() == ["first", "second"]
    assert second_mail(basket(0, "Placed Order", "2026-01-21 09:00", "mug")) == ["first"]
    assert second_mail(viewed(0, "2026-01-21 09:00", "mug", 64.0)) == ["first"]
    gone = change("2026-01-22 00:00", "mug", inventory=0)
    assert second_mail(sold=shop(SALE, gone)) == ["first"]
    dear = change("2026-01-22 00:00", "mug", price=75.0)
    assert second_mail(sold=shop(SALE, dear)) == ["first"]


class Buyers:
    """A world in which whoever gets a message buys one item an hour later."""

    def __init__(self, item: str) -> None:
        self._item = item

    def answer(self, message: SentBatch) -> list[Response]:
        size = len(message.rows)
        bought = {"ItemIds": Column.of([(self._item,)] * size)}
        at_once = message.at + 3_600_000_000
        return [Response("Placed Order", np.arange(size), at_once, np.full(size, 64.0), bought)]


@pytest.mark.parametrize(("item", "mails"), [("mug", 1), ("pot", 2)])
def test_a_purchase_in_answer_to_a_message_ends_the_messages(item: str, mails: int) -> None:
    held = flow(email("first"), wait("pause", value=3), email("second"), **dropping())
    people = shoppers(1, viewed(0, "2026-01-10 09:00", "mug", 80.0))
    engine = Engine(make_plan([held], selling(shop(SALE))), people, Buyers(item))
    while engine.wave():
        pass
    assert len([reason for _, _, reason in sent(engine) if reason is None]) == mails


def test_the_timeframe_ends_with_the_drop_and_not_with_the_message() -> None:
    held = flow(wait("pause", value=20), email("late"), **dropping())
    people = shoppers(1, viewed(0, "2025-12-25 09:00", "mug", 80.0))
    assert sent(run(held, people, selling(shop(SALE)))) == [("late", "02-09 12:00", None)]


def test_a_flow_in_which_nothing_is_live_causes_no_events() -> None:
    held = flow(wait("pause"), **dropping())
    engine = run(held, shoppers(1, viewed(0, "2026-01-10 09:00", "mug", 80.0)), selling(shop(SALE)))
    assert engine.counts.events["Price Drop"] == 0
    assert entered(engine) == []


def test_a_look_that_becomes_known_late_counts_from_then_on() -> None:
    def known(recorded: str) -> list[tuple[str, str]]:
        return comers(replace(viewed(0, "2026-01-10 09:00", "mug", 80.0), recorded=recorded))

    assert known(NOON) == [("p0", NOON)]
    assert known("2026-01-20 12:01") == []
