"""Low stock: at which change and for whom, as published in [H:21374913673243] (semantics B.9)."""

from __future__ import annotations

from typing import Any

from shop_runs import POT, basket, change, running_low, selling, shop, shoppers, viewed
from small_runs import email, flow, run, wait
from small_steps import entered, sent

LOW = change("2026-01-20 12:00", "mug", inventory=3)
NOON = "2026-01-20 12:00"
LOOK = viewed(0, "2026-01-10 09:00", "mug", 80.0)


def comers(*done: Any, size: int = 1, sold: Any = None, **trigger: Any) -> list[tuple[str, str]]:
    """Who enters a flow with one email."""
    setting = selling(sold or shop(LOW))
    return entered(run(flow(email("x"), **running_low(**trigger)), shoppers(size, *done), setting))


def test_people_come_when_the_stock_falls_to_the_number_or_below() -> None:
    assert comers(LOOK) == [("p0", NOON)]
    assert comers(LOOK, count=2) == []
    assert comers(LOOK, sold=shop(change(NOON, "mug", inventory=1))) == [("p0", NOON)]


def test_each_crossing_counts_once_and_only_downwards() -> None:
    sold = shop(
        change("2026-01-15 00:00", "mug", inventory=2),
        change("2026-01-16 00:00", "mug", inventory=1),
        change("2026-01-17 00:00", "mug", inventory=3),
        change("2026-01-18 00:00", "mug", inventory=20),
        change("2026-01-19 00:00", "mug", inventory=0),
    )
    assert comers(LOOK, sold=sold) == [("p0", "2026-01-15 00:00"), ("p0", "2026-01-19 00:00")]


def test_stock_that_nobody_counts_is_never_low() -> None:
    sold = shop(change("2026-01-20 00:00", "jug", price=5.0), items=(POT.model_copy(),))
    assert comers(viewed(0, "2026-01-10 09:00", "pot", 40.0), sold=sold) == []


def test_whoever_bought_within_the_timeframe_does_not_come() -> None:
    before, within = "2025-12-21 12:00", "2025-12-21 12:01"
    assert comers(LOOK, basket(0, "Placed Order", before, "mug")) == [("p0", NOON)]
    assert comers(LOOK, basket(0, "Placed Order", within, "mug")) == []


def test_the_timeframe_and_the_audience_are_the_triggers() -> None:
    cart = basket(1, "Added to Cart", "2026-01-12 09:00", "mug")
    assert comers(LOOK, cart, size=2, timeframe_days=9) == [("p1", NOON)]
    assert comers(LOOK, cart, size=2, audience=["viewed"]) == [("p0", NOON)]


def test_a_product_has_the_stock_of_its_variants() -> None:
    """Red 6 and blue 9; then red 1 and blue 2."""
    sold = shop(
        change("2026-01-14 00:00", "pot-red", inventory=1),
        change("2026-01-15 00:00", "pot-blue", inventory=2),
    )
    look = viewed(0, "2026-01-10 09:00", "pot", 40.0)
    assert comers(look, sold=sold) == [("p0", "2026-01-15 00:00")]


def test_a_variant_concerns_those_who_looked_at_it() -> None:
    sold = shop(change("2026-01-14 00:00", "pot-red", inventory=1), LOW)
    red = viewed(0, "2026-01-10 09:00", "pot", 40.0, VariantId="pot-red")
    blue = viewed(1, "2026-01-10 09:00", "pot", 40.0, VariantId="pot-blue")
    only = viewed(2, "2026-01-10 09:00", "mug", 80.0)
    assert comers(red, blue, only, size=3, sold=sold, level="variant") == [
        ("p0", "2026-01-14 00:00"),
        ("p2", NOON),
    ]


def test_a_purchase_in_the_course_of_the_run_ends_the_messages() -> None:
    held = flow(email("first"), wait("pause", value=3), email("second"), **running_low())
    buys = basket(0, "Placed Order", "2026-01-22 09:00", "mug")
    more = viewed(1, "2026-01-10 09:00", "mug", 80.0)
    engine = run(held, shoppers(2, LOOK, more, buys), selling(shop(LOW)))
    assert [(step, when) for step, when, reason in sent(engine) if reason is None] == [
        ("first", "01-20 12:00"),
        ("first", "01-20 12:00"),
        ("second", "01-23 12:00"),
    ]
