"""What each condition asks, of whom it holds, and how it says so (semantics A.6 to A.8, E1)."""

from typing import Any

import numpy as np
import pytest
from asking import (
    EVER,
    LAST_WEEK,
    NAMES,
    Json,
    asking,
    event_asking,
    explained,
    having,
    holds,
    member,
    ordered,
)
from fake_scene import accepted, at, scene

from flows.columns import LONG_AGO
from flows.conditions import Answer, Filter, Need
from flows.conditions.properties import column_name
from flows.rules import Rules

RICH = having("properties['Tier']", type="string", operator="equals", value="Gold")
IN_PARIS = having("location['city']", type="string", operator="equals", value="Paris")
TIERS = scene(
    size=3,
    properties={"Tier": ("Gold", "Silver", None), "city": ("Paris", "Paris", "Rome")},
)


def test_a_property_of_the_person_is_read_by_its_written_name() -> None:
    assert holds(RICH, TIERS) == [True, False, False]
    assert holds(IN_PARIS, TIERS) == [True, True, False]
    quoted = having('properties["it\\\'s"]', type="existence", operator="is-set")
    assert holds(quoted, scene(properties={"it's": ("yes",)})) == [True]


@pytest.mark.parametrize(
    ("written", "column"),
    [
        ("email", "email"),
        ("location.city", "city"),
        ("location['zip']", "zip"),
        ("properties['Tier']", "Tier"),
        ('properties["Tier"]', "Tier"),
        ("properties['it\\'s']", "it's"),
        ("properties['it's']", "it's"),
        ('properties["say \\"so\\""]', 'say "so"'),
        ("properties['a.b']", "a.b"),
        ("properties['Home']['City']", "Home.City"),
        ("properties['Home'][\"City\"]", "Home.City"),
        ("properties['']", ""),
        ("properties[Tier]", "properties[Tier]"),
    ],
)
def test_a_property_is_named_as_segments_name_it(written: str, column: str) -> None:
    assert column_name(written) == column


def test_groups_must_all_hold_and_in_a_group_one_condition() -> None:
    assert accepted(asking([RICH, IN_PARIS]).test(TIERS)) == [True, True, False]
    assert accepted(asking([RICH], [IN_PARIS]).test(TIERS)) == [True, False, False]


@pytest.mark.parametrize("empty", [asking(), asking([]), asking([], [])])
def test_a_filter_that_asks_nothing_holds_for_everybody(empty: Filter) -> None:
    assert accepted(empty.test(TIERS)) == [True, True, True]
    assert empty.sentence(NAMES) == "everybody"
    assert empty.explain(scene(), NAMES) == Answer(True, "nothing is asked")


def test_a_filter_reads_as_a_sentence() -> None:
    assert asking([RICH, IN_PARIS], [RICH]).sentence(NAMES) == (
        "(Tier is “Gold” or city is “Paris”) and Tier is “Gold”"
    )


def test_values_of_one_property_are_said_together() -> None:
    golds = [having("Tier", type="string", operator="equals", value=v) for v in ("Gold", "Silver")]
    asked = asking(golds)
    assert asked.sentence(NAMES) == "Tier is “Gold” or “Silver”"
    assert asked.explain(scene(properties={"Tier": ("Tin",)}), NAMES) == Answer(
        False, "Tier: “Tin”; wanted: is “Gold” or “Silver”"
    )


def test_a_filter_explains_itself_by_the_values_found() -> None:
    person = scene(properties={"Tier": ("Silver",), "city": ("Paris",)})
    assert asking([RICH, IN_PARIS]).explain(person, NAMES) == Answer(
        True, "city: “Paris”; wanted: is “Paris”"
    )
    assert asking([RICH], [IN_PARIS]).explain(person, NAMES) == Answer(
        False, "Tier: “Silver”; wanted: is “Gold”"
    )


def test_a_property_of_the_event_is_that_of_the_one_that_started_the_run() -> None:
    asked = event_asking("$value", type="numeric", operator="greater-than-or-equal", value=30)
    started = scene(size=3, event={"$value": (30.0, 29.5, None)})
    assert holds(asked, started) == [True, False, False]
    assert asking([asked]).sentence(NAMES) == "value is at least 30"
    assert explained(asked, scene(event={"$value": (29.5,)})) == Answer(
        False, "value of Placed Order: 29.5; wanted: is at least 30"
    )


SAMPLE: Json = {"type": "profile-sample", "percentage": 50}


def test_a_sample_is_drawn_apart_for_every_place() -> None:
    chances = {("sample 0.0", True): (0.1, 0.9), ("sample 0.1", True): (0.6, 0.7)}
    assert accepted(asking([SAMPLE]).test(scene(size=2, chances=chances))) == [True, False]
    branch = {("sample b1:0.0", True): (0.9, 0.1)}
    people = scene(size=2, chances=branch)
    assert accepted(asking([SAMPLE]).test(people, place="b1:")) == [False, True]


def test_a_sticky_sample_is_drawn_once_for_a_person() -> None:
    people = scene(chances={("sample 0.0", False): (0.345,)}, rules=Rules(sample_sticky=True))
    assert explained(SAMPLE, people) == Answer(True, "drew 34.5 of 100, wanted below 50")


@pytest.mark.parametrize(("percentage", "expected"), [(0, False), (100, True)])
def test_a_sample_of_none_or_all_needs_no_luck(percentage: int, expected: bool) -> None:
    people = scene(size=2, chances={("sample 0.0", True): (0.0, 0.999999)})
    assert holds(SAMPLE | {"percentage": percentage}, people) == [expected, expected]


def not_since(name: str, **timeframe: Any) -> Json:
    return {"type": name, "timeframe_filter": {"type": "date"} | timeframe}


def test_an_earlier_entry_keeps_people_out() -> None:
    before = np.array([LONG_AGO, at("2026-03-03T12:00"), at("2026-03-03T11:59")])
    people = scene(size=3, entered_before=before)
    assert holds(not_since("profile-not-in-flow", **EVER), people) == [True, False, False]
    assert holds(not_since("profile-not-in-flow", **LAST_WEEK), people) == [True, False, True]
    person = scene(entered_before=before[1:2])
    assert explained(not_since("profile-not-in-flow", **LAST_WEEK), person) == Answer(
        False,
        "entered this flow before: last on 3 Mar 2026 12:00;"
        " wanted: was not in this flow in the last 7 days",
    )


@pytest.mark.parametrize("channel", ["email", "sms", "push"])
def test_an_earlier_message_counts_by_its_channel(channel: str) -> None:
    people = scene(size=2, sent={channel: np.array([LONG_AGO, at("2026-03-09")])})
    asked = not_since(f"profile-not-sent-{channel}", **LAST_WEEK)
    assert holds(asked, people) == [True, False]
    others = {"email": "sms", "sms": "push", "push": "email"}
    asked = not_since(f"profile-not-sent-{others[channel]}", **EVER)
    assert holds(asked, people) == [True, True]


def test_a_filter_tells_what_an_audience_must_bring() -> None:
    items = {"type": "list", "operator": "contains", "value": "Hat"}
    asked = asking(
        [RICH, member(True, "L1")],
        [ordered("equals", 0, EVER, metric_filters=[{"property": "Items", "filter": items}])],
        [event_asking("Collections", type="list", operator="contains", value="Golf")],
    )
    assert list(asked.needs()) == [
        Need(kind="property", name="Tier", values=("Gold",), value_type="string"),
        Need(kind="group", name="L1"),
        Need(kind="metric", name="T9", value_type="numeric"),
        Need(kind="event-property", name="Items", metric="T9", values=("Hat",), value_type="list"),
        Need(
            kind="event-property",
            name="Collections",
            metric="T9",
            values=("Golf",),
            value_type="list",
        ),
    ]


def test_what_cannot_be_read_is_kept_holds_and_says_so() -> None:
    near = {
        "type": "profile-postal-code-distance",
        "country_code": "US",
        "postal_code": "10001",
        "unit": "leagues",
        "filter": {"type": "numeric", "operator": "less-than", "value": 10},
    }
    asked = asking([near])
    assert asked.to_json() == {"condition_groups": [{"conditions": [near]}]}
    assert accepted(asked.test(TIERS)) == [True, True, True]
    assert asked.sentence(NAMES) == "“Lives near a postal code” (cannot be read)"
    assert [(problem.where, problem.text) for problem in asked.problems("$.f")] == [
        (
            "$.f.condition_groups[0].conditions[0].unit",
            "“unit” must be kilometers or miles, but it is the text “leagues”.",
        )
    ]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ({"type": "phase-of-moon"}, [("F06", "warning", "")]),
        ({}, [("F06", "warning", "")]),
        (
            {"type": "profile-sample", "percentage": "half"},
            [("F06", "error", ".percentage")],
        ),
        ({"type": "profile-sample", "percentage": 101}, [("F05", "error", ".percentage")]),
        (
            {"type": "profile-metric", "metric_id": "T9", "measurement": "mean"},
            [
                ("F06", "error", ".measurement"),
                ("F06", "error", ".measurement_filter"),
                ("F06", "error", ".timeframe_filter"),
            ],
        ),
        (
            ordered("equals", 0, EVER, metric_filters=[{"property": "a", "filter": {"type": "x"}}]),
            [("F06", "warning", ".metric_filters[0].filter")],
        ),
        (member(True), [("F02", "error", ".group_ids")]),
    ],
    ids=str,
)
def test_a_condition_says_what_is_wrong_and_is_kept(
    raw: Json, expected: list[tuple[str, str, str]]
) -> None:
    asked = asking([raw])
    here = "$.f.condition_groups[0].conditions[0]"
    assert [(p.code, p.severity, p.where.removeprefix(here)) for p in asked.problems("$.f")] == (
        expected
    )
    assert asked.to_json() == {"condition_groups": [{"conditions": [raw]}]}
