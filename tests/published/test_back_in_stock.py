"""Waiting for a sold-out item, as published in [H:115003872251] and [H:360051612551] (B.9)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from shop_runs import Did, asked, change, selling, shop, shoppers
from small_runs import email, flow, on, run, tables, wait
from small_steps import sent, with_status

from flows.catalogue import Catalogue, Item
from flows.document import Flow
from simulator.goods.queue import queued
from simulator.plan import make_plan
from simulator.rehearse import RunOptions, rehearse
from simulator.source import GivenAudience

BACK = {"id": "back", "type": "back-in-stock-delay"}
SOLD_OUT = change("2026-01-05 00:00", "mug", inventory=0)
EMPTY = change("2026-01-05 00:00", "pot-red", inventory=0)


def waiting() -> Flow:
    return flow(BACK, email("back again"), **on("Subscribed to Back in Stock"))


def told(sold: Catalogue, *done: Did, size: int = 1, **rules: Any) -> list[tuple[str, str]]:
    """Who is told that the item is back, and when."""
    setting = selling(sold, back_in_stock=rules)
    people = shoppers(size, *done)
    source = queued(GivenAudience(people), make_plan([waiting()], setting))
    engine = run(waiting(), source.shard(0, size), setting)
    return [(row["profile"], f"{row['at']:%m-%d %H:%M}") for row in tables(engine)["sends"]]


def test_people_wait_until_there_is_stock() -> None:
    sold = shop(SOLD_OUT, change("2026-01-20 12:00", "mug", inventory=5))
    assert told(sold, asked(0, "2026-01-10 09:00", "mug")) == [("p0", "01-20 12:00")]


def test_whoever_asks_for_what_is_there_is_told_at_once() -> None:
    sold = shop(SOLD_OUT, change("2026-01-20 12:00", "mug", inventory=5))
    assert told(sold, asked(0, "2026-01-21 09:00", "mug")) == [("p0", "01-21 09:00")]


def test_whoever_asks_for_what_does_not_come_back_waits_to_the_end() -> None:
    held, setting = waiting(), selling(shop(SOLD_OUT))
    engine = run(held, shoppers(1, asked(0, "2026-01-21 09:00", "mug")), setting)
    assert (sent(engine), engine.counts.flows[0].waiting) == ([], 1)
    unknown = run(held, shoppers(1, asked(0, "2026-01-21 09:00", "jug")), setting)
    assert (sent(unknown), unknown.counts.flows[0].waiting) == ([], 1)


def test_the_variant_counts_where_one_was_asked_for() -> None:
    sold = shop(EMPTY, change("2026-01-20 12:00", "pot-red", inventory=1))
    wishes = asked(0, "2026-01-10 09:00", "pot", "pot-red"), asked(1, "2026-01-10 09:00", "pot")
    assert told(sold, *wishes, size=2) == [("p0", "01-20 12:00"), ("p1", "01-10 09:00")]


def test_a_product_is_there_while_nobody_counts_one_of_its_variants() -> None:
    product = Item(id="cup")
    small, large = Item(id="cup-s", parent="cup", inventory=0), Item(id="cup-l", parent="cup")
    sold = shop(items=(product, small, large))
    assert told(sold, asked(0, "2026-01-10 09:00", "cup")) == [("p0", "01-10 09:00")]


def test_so_many_must_be_there_as_the_account_says() -> None:
    sold = shop(
        SOLD_OUT,
        change("2026-01-18 12:00", "mug", inventory=4),
        change("2026-01-20 12:00", "mug", inventory=5),
    )
    assert told(sold, asked(0, "2026-01-10 09:00", "mug"), minimum=5) == [("p0", "01-20 12:00")]


def test_a_hidden_item_is_not_back() -> None:
    sold = shop(
        SOLD_OUT,
        change("2026-01-18 12:00", "mug", inventory=4, published=False),
        change("2026-01-20 12:00", "mug", published=True),
    )
    assert told(sold, asked(0, "2026-01-10 09:00", "mug")) == [("p0", "01-20 12:00")]


def wishes(*hours: int) -> list[Did]:
    """One wish a person, at these hours of 10 January."""
    return [asked(i, f"2026-01-10 {hour:02}:00", "mug") for i, hour in enumerate(hours)]


def test_the_oldest_wishes_are_served_first_so_many_for_each_item() -> None:
    """Two for each of two mugs; an hour later again; people are numbered by who asked last."""
    sold = shop(SOLD_OUT, change("2026-01-20 12:00", "mug", inventory=2))
    assert told(sold, *wishes(14, 13, 12, 11, 10, 9), size=6, per_unit=2) == [
        ("p0", "01-20 13:00"),
        ("p1", "01-20 13:00"),
        ("p2", "01-20 12:00"),
        ("p3", "01-20 12:00"),
        ("p4", "01-20 12:00"),
        ("p5", "01-20 12:00"),
    ]


def test_a_batch_waits_for_stock_and_counts_what_is_left() -> None:
    """Two at noon, one at two o'clock; then all is sold until the next day."""
    sold = shop(
        SOLD_OUT,
        change("2026-01-20 12:00", "mug", inventory=2),
        change("2026-01-20 13:00", "mug", inventory=1),
        change("2026-01-20 15:00", "mug", inventory=0),
        change("2026-01-21 12:00", "mug", inventory=9),
    )
    found = told(sold, *wishes(9, 10, 11, 12, 13), size=5, per_unit=1, wait_minutes=120)
    assert found == [
        ("p0", "01-20 12:00"),
        ("p1", "01-20 12:00"),
        ("p2", "01-20 14:00"),
        ("p3", "01-21 12:00"),
        ("p4", "01-21 12:00"),
    ]


def test_equal_wishes_are_served_in_the_order_of_people_and_late_ones_when_known() -> None:
    sold = shop(SOLD_OUT, change("2026-01-20 12:00", "mug", inventory=1))
    late = asked(0, "2026-01-10 09:00", "mug", recorded="2026-01-10 12:00")
    same = [asked(i, "2026-01-10 10:00", "mug") for i in (1, 2)]
    assert told(sold, late, *same, size=3, per_unit=1) == [
        ("p0", "01-20 14:00"),
        ("p1", "01-20 12:00"),
        ("p2", "01-20 13:00"),
    ]


def test_a_wish_from_before_the_run_holds_no_place() -> None:
    sold = shop(SOLD_OUT, change("2026-01-20 12:00", "mug", inventory=1))
    found = told(
        sold,
        asked(0, "2026-01-04 09:00", "mug"),
        asked(1, "2026-01-10 09:00", "mug"),
        size=2,
        per_unit=1,
    )
    assert found == [("p1", "01-20 12:00")]


def test_the_queue_does_not_depend_on_the_parts_of_a_run(tmp_path: Path) -> None:
    sold = shop(SOLD_OUT, change("2026-01-20 12:00", "mug", inventory=2))
    setting = selling(sold, back_in_stock={"per_unit": 1, "wait_minutes": 30})
    source = GivenAudience(shoppers(7, *wishes(15, 14, 13, 12, 11, 10, 9)))
    made = []
    for name, size in (("whole", 100), ("parts", 2)):
        out = tmp_path / name
        out.mkdir()
        rehearse([waiting()], source, setting, out, options=RunOptions(people_per_part=size))
        made.append(pq.read_table(out / "sends.parquet").to_pylist())
    assert len(made[0]) == 7
    assert made[0] == made[1]


@pytest.mark.parametrize(
    ("status", "waits"), [("live", True), ("manual", True), ("draft", False), ("disabled", False)]
)
def test_nobody_is_queued_unless_the_message_behind_is_live_or_manual(
    status: str, waits: bool
) -> None:
    """What is live further behind does not count, for it cannot look at the stock again."""
    held = flow(
        BACK,
        with_status(email("back again"), status),
        wait("pause"),
        email("reminder"),
        **on("Subscribed to Back in Stock"),
    )
    sold = shop(SOLD_OUT, change("2026-01-20 12:00", "mug", inventory=5))
    people = shoppers(1, asked(0, "2026-01-10 09:00", "mug"))
    steps = tables(run(held, people, selling(sold, as_live=False)))["steps"]
    waited = [f"{s['left_at']:%m-%d}" for s in steps if s["action"] == "back"]
    assert ("01-20" in waited) == waits


def test_a_second_message_goes_out_even_if_the_item_is_gone_again() -> None:
    held = flow(
        BACK, email("first"), wait("pause"), email("second"), **on("Subscribed to Back in Stock")
    )
    sold = shop(
        SOLD_OUT,
        change("2026-01-20 12:00", "mug", inventory=5),
        change("2026-01-20 18:00", "mug", inventory=0),
    )
    people = shoppers(1, asked(0, "2026-01-10 09:00", "mug"))
    assert sent(run(held, people, selling(sold))) == [
        ("first", "01-20 12:00", None),
        ("second", "01-21 12:00", None),
    ]
