"""What flows may ask of people beside their events: predictions, objects, consent, distance."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from crowds import NAMES, START, STOP, audience
from effort import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.columns import NEVER, Value
from flows.conditions.base import Need
from flows.moments import DAY
from flows.people import Objects, Population
from flows.postal import distances
from flows.scene import NEVER_SUBSCRIBED, SUBSCRIBED, UNSUBSCRIBED
from simulator.audience import SyntheticAudience
from simulator.synthetic.whereabouts import Centre

P = "predictive_analytics."
DIMENSIONS = (
    *("historic_number_of_orders", "historic_clv", "average_order_value"),
    *("average_days_between_orders", "churn_probability", "predicted_number_of_orders"),
    *("predicted_clv", "total_clv", "expected_date_of_next_purchase", "predicted_gender"),
    *(f"channel_affinity.{c}.{m}" for c in ("email", "sms") for m in ("priority", "rank")),
)
PREDICTED = tuple(Need(kind="predictive", name=P + name) for name in DIMENSIONS)
DETAILS = tuple(
    Need(kind="consent-detail", name=name)
    for name in (
        *("consent.email.method", "consent.email.method_detail", "consent.sms.rcs_capable"),
        *("consent.email.double_opt_in", "consent.email.custom_source"),
        *(f"suppression.email.{at}" for at in ("bounced_at", "invalid_at", "spam_at", "manual_at")),
        *("consent.sms_transactional", "permission.whatsapp_marketing"),
        "permission.whatsapp_marketing.effective_date",
    )
)
PETS = (
    Need(kind="object", name="01PET", property="7", value_type="date", trigger=True),
    Need(kind="object", name="01PET", values=(1,), value_type="numeric"),
    Need(kind="object", name="01PET", property="8", values=("dog", "cat")),
    Need(
        kind="object", name="Pet", property="size", values=(3,), value_type="numeric", trigger=True
    ),
    Need(kind="object", name="", property="9", values=(True,), value_type="boolean", trigger=True),
)
BOSTON = Centre("US", 42.3499, -71.0768, 50.0)
ALL = (*PREDICTED, *DETAILS, *PETS)


def crowd(size: int, *needs: Need, names: dict[str, str] | None = None) -> SyntheticAudience:
    return SyntheticAudience(
        seed=1,
        size=size,
        start=START,
        days=90,
        needs=needs,
        names=NAMES | {"01PET": "Pet", "01PET/8": "species"} if names is None else names,
        centres=(BOSTON,),
    )


def facts(people: Population) -> dict[str, object]:
    return {
        "properties": {name: c.values() for name, c in people.profiles.properties.items()},
        "objects": {name: things(held) for name, held in people.objects.items()},
    }


def things(held: Objects) -> object:
    columns = {name: column.values() for name, column in held.properties.items()}
    return (held.rows.tolist(), held.ids.tolist(), held.since.tolist(), columns)


@given(st.integers(0, 240), st.integers(1, 60))
@settings(max_examples=examples(15), deadline=None)
def test_a_shard_is_the_same_rows_of_a_larger_one(start: int, length: int) -> None:
    source = crowd(300, *ALL)
    stop = min(start + length, 300)
    assert facts(source.shard(start, stop)) == facts(source.shard(0, 300).take(start, stop))


def test_a_person_is_the_same_in_a_larger_audience() -> None:
    assert facts(crowd(10, *ALL).shard(0, 10)) == facts(crowd(100_000, *ALL).shard(0, 10))


@pytest.mark.parametrize("need", [*PREDICTED, *DETAILS], ids=lambda need: need.name)
def test_a_column_is_the_same_whatever_else_is_asked_for(need: Need) -> None:
    alone = crowd(1_000, need).shard(0, 1_000).profiles.column(need.name).values()
    together = crowd(1_000, *ALL).shard(0, 1_000).profiles.column(need.name).values()
    assert alone == together
    assert {type(value) for value in alone} != {type(None)}


def test_what_nobody_asks_for_is_not_made() -> None:
    people = audience(50).shard(0, 50)
    assert not [name for name in people.profiles.properties if "." in name or "itude" in name]
    assert people.objects == {}


def numbers(people: Population, dimension: str) -> np.ndarray:
    values = people.profiles.column(P + dimension).values()
    return np.array([np.nan if v is None else v for v in values], dtype=np.float64)


def test_predictions_follow_the_orders_before_the_run() -> None:
    people = crowd(3_000, *PREDICTED).shard(0, 3_000)
    orders = people.events["Placed Order"]
    known = orders.times < START
    count = np.bincount(orders.rows[known], minlength=3_000)
    spent = np.bincount(orders.rows[known], orders.values[known], minlength=3_000)
    assert numbers(people, "historic_number_of_orders").tolist() == count.tolist()
    assert numbers(people, "historic_clv") == pytest.approx(spent, abs=0.01)
    total = numbers(people, "historic_clv") + numbers(people, "predicted_clv")
    assert numbers(people, "total_clv") == pytest.approx(total, abs=0.011)
    assert (np.isnan(numbers(people, "churn_probability")) == (count == 0)).all()
    assert (np.isnan(numbers(people, "average_days_between_orders")) == (count < 2)).all()


def test_whoever_ordered_long_ago_has_more_likely_left() -> None:
    people = crowd(20_000, *PREDICTED).shard(0, 20_000)
    orders = people.events["Placed Order"]
    rows, times = orders.rows[orders.times < START], orders.times[orders.times < START]
    last = np.zeros(20_000)
    last[rows] = times
    churn = numbers(people, "churn_probability")
    twice = numbers(people, "historic_number_of_orders") == 3
    lately = churn[twice & (last > START - 30 * DAY)]
    long_ago = churn[twice & (last < START - 200 * DAY)]
    assert len(lately) > 20
    assert len(long_ago) > 20
    assert lately.mean() + 0.2 < long_ago.mean()
    assert ((churn >= 0) & (churn <= 1))[~np.isnan(churn)].all()


def test_the_next_order_is_expected_a_usual_gap_after_the_last() -> None:
    people = crowd(3_000, *PREDICTED).shard(0, 3_000)
    orders = people.events["Placed Order"]
    expected = people.profiles.column(f"{P}expected_date_of_next_purchase").values()
    gaps = numbers(people, "average_days_between_orders")
    known = orders.times < START
    last = dict(zip(orders.rows[known].tolist(), orders.times[known].tolist(), strict=True))
    found = {
        (date.fromisoformat(str(expected[row])) - date(1970, 1, 1)).days
        - (time // DAY + int(gaps[row]))
        for row, time in last.items()
        if not np.isnan(gaps[row])
    }
    assert found == {0}


def test_genders_follow_first_names() -> None:
    people = crowd(5_000, *PREDICTED).shard(0, 5_000).profiles
    american = np.flatnonzero(np.array(people.column("country").values()) == "US")
    names = people.column("first_name").take(american).values()
    genders = people.column(f"{P}predicted_gender").take(american).values()
    by_name = dict(zip(names, genders, strict=True))
    assert by_name["Jennifer"] == "likely_female"
    assert by_name["Michael"] == "likely_male"
    assert by_name[None] == "uncertain"
    assert len(set(zip(names, genders, strict=True))) == len(by_name)


def test_the_four_channels_share_the_four_places() -> None:
    needs = [
        Need(kind="predictive", name=f"{P}channel_affinity.{c}.priority")
        for c in ("email", "sms", "push", "whatsapp")
    ]
    people = crowd(500, *needs).shard(0, 500).profiles
    places = zip(*(people.column(need.name).values() for need in needs), strict=True)
    assert {tuple(sorted(found)) for found in places} == {(1, 2, 3, 4)}


def test_objects_have_the_properties_that_flows_name_by_their_names() -> None:
    people = crowd(2_000, *PETS).shard(0, 2_000)
    assert set(people.objects) == {"Pet"}
    pets = people.objects["Pet"]
    assert set(pets.properties) == {"7", "species", "size", "9"}
    counts = np.bincount(np.bincount(pets.rows, minlength=2_000))
    assert counts / 2_000 == pytest.approx([0.5, 0.35, 0.105, 0.045], abs=0.03)
    assert len(set(pets.ids.tolist())) == len(pets)
    assert (np.diff(pets.rows) >= 0).all()
    assert (pets.since < STOP).all()


def test_properties_of_objects_lie_on_both_sides_of_what_is_compared() -> None:
    pets = crowd(2_000, *PETS).shard(0, 2_000).objects["Pet"]
    sizes = {v for v in pets.properties["size"].values() if isinstance(v, int | float)}
    assert min(sizes) < 3 < max(sizes)
    assert 3 in sizes
    assert {"dog", "cat", None} < set(pets.properties["species"].values())
    days = [v for v in pets.properties["7"].values() if isinstance(v, str)]
    assert sum("2026-01-05" <= day < "2026-04-05" for day in days) > 100


def details(size: int, *needs: Need) -> Population:
    return crowd(size, *needs).shard(0, size)


def test_consent_that_ended_has_a_way_out_and_consent_that_began_a_way_in() -> None:
    asked = Need(
        kind="consent-detail", name="consent.email.method", values=("sftp", "failed_age_gate")
    )
    people = details(3_000, asked).profiles
    methods = np.array(people.column("consent.email.method").values(), dtype=object)
    status = people.consent["email"].status
    began, ended = set(methods[status == SUBSCRIBED]), set(methods[status == UNSUBSCRIBED])
    assert {"form", "checkout", "sftp"} <= began
    assert "failed_age_gate" not in began
    assert {"one_click_unsubscribe", "failed_age_gate"} <= ended
    assert "sftp" not in ended
    assert set(methods[status == NEVER_SUBSCRIBED]) == {None}


def test_everybody_who_is_blocked_for_email_has_one_reason() -> None:
    people = details(5_000, *DETAILS).profiles
    reasons = [
        people.column(f"suppression.email.{at}").is_set()
        for at in ("bounced_at", "invalid_at", "spam_at", "manual_at")
    ]
    blocked = people.consent["email"].suppressed
    assert np.sum(reasons, axis=0).tolist() == blocked.astype(int).tolist()
    assert np.sum(reasons, axis=1).min() > 0


def test_whoever_subscribed_to_whatsapp_is_explicitly_reachable() -> None:
    people = details(5_000, *DETAILS).profiles
    held = np.array(people.column("permission.whatsapp_marketing").values(), dtype=object)
    status = people.consent["whatsapp"].status
    assert set(held[status == SUBSCRIBED]) == {"explicitly_reachable"}
    assert set(held[status == NEVER_SUBSCRIBED]) == {
        "implicitly_reachable",
        "implicitly_unreachable",
    }
    dated = people.column("permission.whatsapp_marketing.effective_date").is_set()
    assert (dated == (people.consent["whatsapp"].since != NEVER)).all()


def floats(values: list[Value]) -> np.ndarray:
    return np.array([np.nan if v is None else v for v in values], dtype=np.float64)


def test_people_live_near_and_far_from_a_place_that_is_measured_from() -> None:
    people = crowd(5_000).shard(0, 5_000).profiles
    home = np.array(people.column("country").values()) == "US"
    here, there = (
        floats(people.column("latitude").values()),
        floats(people.column("longitude").values()),
    )
    far = distances(here, there, (BOSTON.latitude, BOSTON.longitude))
    known = ~np.isnan(far)
    assert np.mean(far[home & known] <= 100.5) == pytest.approx(0.5, abs=0.05)
    assert np.mean(far[home & known] < 50) == pytest.approx(0.25, abs=0.05)
    assert (far[~home & known] > 100).mean() > 0.95
    assert np.mean(known) == pytest.approx(0.8, abs=0.03)
