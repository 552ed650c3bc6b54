"""Synthetic people: the same alone and among others, near the figures, reaching every branch."""

from __future__ import annotations

import numpy as np
import pytest
from crowds import EVERYTHING, NAMES, START, STOP, audience, property_need
from effort import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.columns import NEVER
from flows.conditions.base import Need
from flows.moments import DAY
from flows.people import Population
from simulator.audience import AudienceSettings, SyntheticAudience
from simulator.audience_settings import Buying, ConsentShares, Groups


def facts(people: Population) -> dict[str, object]:
    """Everything about a population as plain values."""
    profiles = people.profiles
    return {
        "ids": profiles.ids.tolist(),
        "properties": {name: c.values() for name, c in profiles.properties.items()},
        "consent": {
            channel: (c.status.tolist(), c.since.tolist(), c.suppressed.tolist())
            for channel, c in profiles.consent.items()
        },
        "lists": {name: times.tolist() for name, times in profiles.lists.items()},
        "segments": {name: times.tolist() for name, times in profiles.segments.items()},
        "events": {
            metric: (
                e.rows.tolist(),
                e.times.tolist(),
                np.nan_to_num(e.values, nan=-1.0).tolist(),
                {name: column.values() for name, column in e.properties.items()},
            )
            for metric, e in people.events.items()
        },
    }


@given(st.integers(0, 240), st.integers(1, 60))
@settings(max_examples=examples(25), deadline=None)
def test_a_shard_is_the_same_rows_of_a_larger_one(start: int, length: int) -> None:
    source = audience(300, *EVERYTHING)
    whole = source.shard(0, 300)
    stop = min(start + length, 300)
    assert facts(source.shard(start, stop)) == facts(whole.take(start, stop))


def test_a_person_is_the_same_in_a_larger_audience() -> None:
    assert facts(audience(20, *EVERYTHING).shard(0, 20)) == facts(
        audience(100_000, *EVERYTHING).shard(0, 20)
    )


def test_a_flow_more_changes_nothing_about_what_was_there() -> None:
    few = facts(audience(50, *EVERYTHING[:2]).shard(0, 50))
    many = facts(audience(50, *EVERYTHING, property_need("other", "x")).shard(0, 50))
    assert few["ids"] == many["ids"]
    assert few["events"]["Started Checkout"] == many["events"]["Started Checkout"]


def test_another_seed_gives_other_people() -> None:
    one = audience(50)
    other = SyntheticAudience(seed=2, size=50, start=START, days=90)
    first, second = one.shard(0, 50).profiles, other.shard(0, 50).profiles
    assert first.column("email").values() != second.column("email").values()


def test_a_run_of_no_days_and_no_history_has_people_and_no_events() -> None:
    source = audience(20, *EVERYTHING, days=0, history_days=0)
    people = source.shard(0, 20)
    assert len(people.profiles) == 20
    assert {len(events) for events in people.events.values()} == {0}


def test_a_zone_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="“Mars/Base” is no time zone"):
        AudienceSettings(zones={"en_US": {"Mars/Base": 1.0}})


def test_ids_are_as_wide_as_the_audience_needs() -> None:
    assert audience(3).shard(0, 3).profiles.ids.tolist() == ["p0000001", "p0000002", "p0000003"]
    assert audience(20_000_000).shard(9, 10).profiles.ids.tolist() == ["p00000010"]


def test_an_empty_shard_has_nobody_and_nothing() -> None:
    people = audience(10, *EVERYTHING).shard(10, 20)
    assert len(people.profiles) == 0
    assert {len(events) for events in people.events.values()} == {0}


def test_events_stand_in_order_inside_the_window() -> None:
    source = audience(3_000, *EVERYTHING)
    people = source.shard(0, 3_000)
    assert set(people.events) == {
        NAMES.get(need.name, need.name) for need in EVERYTHING if need.kind == "metric"
    }
    for events in people.events.values():
        order = events.rows.astype(np.int64) * (STOP + 1 - source.earliest)
        assert (np.diff(order + events.times - source.earliest) >= 0).all()
        assert ((events.times >= source.earliest) & (events.times < STOP)).all()
        assert {len(column) for column in events.properties.values()} <= {len(events)}


def test_what_messages_bring_happens_by_itself_only_before_the_run() -> None:
    opened = audience(2_000, *EVERYTHING).shard(0, 2_000).events["Opened Email"]
    assert opened.times.max() < START


def test_a_fifth_of_the_buyers_make_three_fifths_of_the_revenue() -> None:
    orders = audience(200_000).shard(0, 200_000).events["Placed Order"]
    spent = np.sort(np.bincount(orders.rows, weights=orders.values))[::-1]
    buyers = int(np.count_nonzero(spent))
    assert spent[: buyers // 5].sum() / spent.sum() == pytest.approx(0.61, abs=0.04)
    assert np.mean(orders.values) == pytest.approx(Buying().aov, rel=0.03)
    assert buyers / 200_000 == pytest.approx(Buying().buyers, abs=0.04)


def test_seven_of_ten_checkouts_end_without_an_order() -> None:
    people = audience(100_000, Need(kind="metric", name="Started Checkout")).shard(0, 100_000)
    ordered, started = (len(people.events[m]) for m in ("Placed Order", "Started Checkout"))
    assert 1 - ordered / started == pytest.approx(0.70, abs=0.02)


def test_every_order_comes_minutes_after_a_checkout_with_the_same_basket() -> None:
    people = audience(5_000, Need(kind="metric", name="Started Checkout")).shard(0, 5_000)
    ordered, started = people.events["Placed Order"], people.events["Started Checkout"]
    checkouts = {
        (row, items, value): time
        for row, time, value, items in zip(
            started.rows.tolist(),
            started.times.tolist(),
            started.values.tolist(),
            started.properties["Items"].values(),
            strict=True,
        )
    }
    orders = zip(
        ordered.rows.tolist(),
        ordered.times.tolist(),
        ordered.values.tolist(),
        ordered.properties["Items"].values(),
        strict=True,
    )
    waits = [
        (time - checkouts[row, items, value]) / 60e6
        for row, time, value, items in orders
        if (row, items, value) in checkouts
    ]
    assert len(waits) > 0.99 * len(ordered)
    assert np.median(waits) == pytest.approx(6, abs=1)


def test_an_unknown_metric_happens_at_the_default_rate() -> None:
    people = audience(50_000, Need(kind="metric", name="RSNxYV"), newcomers=0).shard(0, 50_000)
    months = (STOP - audience(1).earliest) / (30 * DAY)
    assert len(people.events["RSNxYV"]) / 50_000 / months == pytest.approx(0.8, rel=0.03)


def test_rates_can_be_set_by_name() -> None:
    need = Need(kind="metric", name="RSNxYV")
    people = audience(20_000, need, newcomers=0, rates={"RSNxYV": 2.0}).shard(0, 20_000)
    months = (STOP - audience(1).earliest) / (30 * DAY)
    assert len(people.events["RSNxYV"]) / 20_000 / months == pytest.approx(2.0, rel=0.03)


def test_nights_are_quiet_where_people_live() -> None:
    source = audience(20_000, Need(kind="metric", name="RSNxYV"), zones={}, missing={})
    people = source.shard(0, 20_000)
    events = people.events["RSNxYV"]
    zones = np.array(people.profiles.column("timezone").values())[events.rows]
    sydney = events.times[zones == "Australia/Brisbane"] + 10 * 3600 * 1_000_000
    hours = (sydney // 3_600_000_000) % 24
    assert np.mean((hours >= 1) & (hours < 6)) == pytest.approx(0.031, abs=0.01)


def test_people_join_the_list_that_starts_a_flow_before_and_during_the_run() -> None:
    groups = Groups(joined_before_of={"newsletter": 0.2}, joins_during=0.4)
    source = audience(50_000, *EVERYTHING, newcomers=0, groups=groups)
    joined = source.shard(0, 50_000).profiles.lists["newsletter"]
    assert np.mean(joined < START) == pytest.approx(0.2, abs=0.01)
    assert np.mean((joined >= START) & (joined < STOP)) == pytest.approx(0.4, abs=0.01)
    assert np.mean(joined == NEVER) == pytest.approx(0.4, abs=0.01)


def test_consent_follows_its_shares_and_brings_an_address() -> None:
    consent = {"sms": ConsentShares(subscribed=0.3, unsubscribed=0.1, suppressed=0.05)}
    people = audience(50_000, consent=consent).shard(0, 50_000).profiles
    held = people.consent["sms"]
    shares = np.bincount(held.status, minlength=3) / 50_000
    assert shares == pytest.approx([0.6, 0.3, 0.1], abs=0.01)
    assert people.column("phone_number").is_set()[held.status == 1].all()


def test_countries_zones_and_numbers_agree() -> None:
    people = audience(5_000, missing={}).shard(0, 5_000).profiles
    lived = zip(
        *(people.column(name).values() for name in ("country", "timezone", "phone_number")),
        strict=True,
    )
    found = {
        (country, str(zone).split("/", maxsplit=1)[0], str(number)[:2])
        for country, zone, number in lived
    }
    assert found == {
        *{("US", "America", "+1"), ("CA", "America", "+1"), ("AU", "Australia", "+6")},
        *{("GB", "Europe", "+4"), ("DE", "Europe", "+4"), ("SE", "Europe", "+4")},
        *{("FR", "Europe", "+3"), ("IE", "Europe", "+3")},
    }


def test_nobody_has_anybody_elses_address_or_a_real_one() -> None:
    source = audience(5_000, property_need("email", "@gmail.com", "staff@example.com", "info"))
    emails = [e for e in source.shard(0, 5_000).profiles.column("email").values() if e]
    assert len(set(emails)) == len(emails)
    assert all(str(email).endswith("example.com") for email in emails)
    assert all(
        any(part in str(e) for e in emails) for part in ("@gmail.com", ".staff@example", "info")
    )
