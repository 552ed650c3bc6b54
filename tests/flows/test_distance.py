"""How far from a postal code a person lives (semantics A.6)."""

from __future__ import annotations

import numpy as np
import pytest
from asking import NAMES, Json, asking, explained, holds
from fake_scene import scene

from flows.conditions import Answer
from flows.conditions.base import Need
from flows.postal import distances, key, place
from flows.rules import Rules

BERLIN, HAMBURG, MUNICH = (52.52, 13.405), (53.5511, 9.9937), (48.1372, 11.5756)
RULES = Rules(postal_codes={"DE/10115": BERLIN, "DE/20095": HAMBURG, "AT/1010": (48.208, 16.373)})


def near(operator: str, value: float, unit: str = "kilometers", **more: str) -> Json:
    return {
        "type": "profile-postal-code-distance",
        "country_code": "DE",
        "postal_code": "10115",
        "unit": unit,
        "filter": {"type": "numeric", "operator": operator, "value": value},
    } | more


def test_distances_are_those_of_the_great_circle() -> None:
    lat, lon = np.array([HAMBURG, MUNICH, BERLIN, (np.nan, 0.0), (-52.52, -166.595)]).T
    found = distances(lat, lon, BERLIN)
    assert found[:3] == pytest.approx([255.3, 504.2, 0.0], abs=0.5)
    assert np.isnan(found[3])
    assert found[4] == pytest.approx(6371.0088 * np.pi, abs=0.1)


PEOPLE = scene(
    size=7,
    rules=RULES,
    properties={
        "latitude": (HAMBURG[0], MUNICH[0], None, None, "52.5", None, None),
        "longitude": (HAMBURG[1], MUNICH[1], 1.0, None, 13.4, None, None),
        "country": (None, "DE", "de ", "Austria", "DE", "DE", None),
        "zip": ("10115", "10115", "20095", "1010", "20095", "99999", "10115"),
    },
)


def test_people_stand_at_their_coordinates_else_where_their_postal_code_lies() -> None:
    assert holds(near("less-than", 300), PEOPLE) == [True, False, True, False, True, False, False]
    assert holds(near("greater-than", 300), PEOPLE) == [False, True, False, True] + [False] * 3


def test_miles_are_longer_than_kilometres() -> None:
    hamburg = scene(rules=RULES, properties={"latitude": (HAMBURG[0],), "longitude": (HAMBURG[1],)})
    assert holds(near("less-than", 160, "miles"), hamburg) == [True]
    assert holds(near("less-than", 158, "miles"), hamburg) == [False]


def test_us_zip_codes_are_known() -> None:
    boston = place("US/02116", {})
    assert boston == pytest.approx((42.35, -71.08), abs=0.02)
    people = scene(
        size=4,
        properties={
            "country": ("US", "United States", "us", "CA"),
            "zip": ("02139", "10001-1234", "00000", "02139"),
        },
    )
    asked = near("less-than", 10, "miles", country_code="US", postal_code="02116")
    assert holds(asked, people) == [True, False, False, False]
    far = near("greater-than", 100, "miles", country_code="US", postal_code="02116")
    assert holds(far, people) == [False, True, False, False]


def test_the_rules_come_before_the_list() -> None:
    assert place("US/02116", {"US/02116": (1.0, 2.0)}) == (1.0, 2.0)


@pytest.mark.parametrize(
    ("country", "code", "name"),
    [
        ("US", "02116", "US/02116"),
        ("usa", "02116-1234", "US/02116"),
        ("gb", " sw1a 1aa ", "GB/SW1A 1AA"),
        (None, "02116", ""),
        ("US", None, ""),
        ("US", 2116, ""),
        ("", "02116", ""),
    ],
)
def test_places_are_named_by_country_and_code(
    country: str | None, code: str | int | None, name: str
) -> None:
    assert key(country, code) == name


def test_a_place_that_nobody_knows_is_near_to_nobody_and_far_from_nobody() -> None:
    for operator in ("less-than", "greater-than"):
        asked = near(operator, 300, postal_code="00000")
        assert holds(asked, PEOPLE) == [False] * 7
    (problem,) = asking([near("less-than", 300)]).problems("$.f")
    assert (problem.code, problem.severity, problem.where, problem.text, problem.fix) == (
        "F08",
        "warning",
        "$.f.condition_groups[0].conditions[0].postal_code",
        "Only the rules can say where “DE/10115” lies; else nobody matches.",
        "Give the rule `postal_codes` its place: {“DE/10115”: [latitude, longitude]}.",
    )
    known = near("less-than", 10, country_code="US", postal_code="02116")
    assert list(asking([known]).problems("$.f")) == []


def test_distances_in_words() -> None:
    asked = near("less-than", 200, "miles")
    sentence = "lives less than 200 miles from 10115 (DE)"
    assert asking([asked]).sentence(NAMES) == sentence
    hamburg = scene(rules=RULES, properties={"country": ("DE",), "zip": ("20095",)})
    assert explained(asked, hamburg) == Answer(
        True, f"distance to 10115: 158.6 miles; wanted: {sentence}"
    )
    assert explained(asked, scene(rules=RULES)) == Answer(
        False, f"distance to 10115: unknown; wanted: {sentence}"
    )
    assert tuple(asking([near("greater-than", 10, "miles")]).needs()) == (
        Need(kind="postal-code", name="DE/10115", values=(16.09344,), value_type="numeric"),
    )
