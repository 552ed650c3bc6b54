"""The condition on how far from a postal code a person lives."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import numpy as np

from flows.columns import Bools, Column, Floats, Value
from flows.conditions.base import Answer, Condition, Names, Need
from flows.filters.numbers import NumericFilter, is_number
from flows.filters.words import number
from flows.memory import ask
from flows.postal import KILOMETRES, Place, distances, key, place
from flows.problem import Problem
from flows.scene import Scene

_SHORT = {"kilometers": "km", "miles": "miles"}


class DistanceFilter(NumericFilter):
    """More or less than a distance."""

    operator: Literal["greater-than", "less-than"]


class PostalCodeDistanceCondition(Condition):
    """Nearer to a postal code than so far, or farther from it (semantics A.6).

    A person stands at `latitude` and `longitude`, else where their `country` and `zip` lie. Where
    either place is unknown, the condition does not hold.
    """

    type: Literal["profile-postal-code-distance"]
    country_code: str
    postal_code: str
    unit: Literal["kilometers", "miles"]
    filter: DistanceFilter
    label = "Lives near a postal code"

    def measured(self, scene: Scene) -> Floats:
        """How far each person is, in the condition's unit; NaN where that is unknown."""
        given = scene.rules.postal_codes
        there = place(key(self.country_code, self.postal_code), given)
        if there is None:
            return np.full(len(scene), np.nan)
        latitudes, longitudes = _standing(scene)
        return distances(latitudes, longitudes, there) / KILOMETRES[self.unit]

    def test(self, scene: Scene) -> Bools:
        return self.filter.holds(self.measured(scene))

    def sentence(self, names: Names) -> str:
        near = "less" if self.filter.operator == "less-than" else "more"
        span = f"{number(self.filter.value)} {_SHORT[self.unit]}"
        return f"lives {near} than {span} from {self.postal_code} ({self.country_code})"

    def explain(self, scene: Scene, names: Names) -> Answer:
        far = float(self.measured(scene)[0])
        found = "unknown" if np.isnan(far) else f"{number(round(far, 1))} {_SHORT[self.unit]}"
        text = f"distance to {self.postal_code}: {found}; wanted: {self.sentence(names)}"
        return Answer(bool(self.test(scene)[0]), text)

    def needs(self) -> Iterator[Need]:
        span = self.filter.value * KILOMETRES[self.unit]
        name = key(self.country_code, self.postal_code)
        yield Need(kind="postal-code", name=name, values=(span,), value_type="numeric")

    def problems(self, where: str) -> Iterator[Problem]:
        name = key(self.country_code, self.postal_code)
        if not name.startswith("US/") or place(name, {}) is None:
            yield Problem(
                code="F08",
                severity="warning",
                where=f"{where}.postal_code",
                text=f"Only the rules can say where “{name}” lies; else nobody matches.",
                fix=f"Give the rule `postal_codes` its place: {{“{name}”: [latitude, longitude]}}.",
            )
        if self.filter.value < 0:
            yield Problem(
                code="F05",
                severity="error",
                where=f"{where}.filter.value",
                text=f"No distance is {number(self.filter.value)}.",
                fix="Choose a number from 0.",
            )


def _standing(scene: Scene) -> tuple[Floats, Floats]:
    """Latitude and longitude of every person, NaN where unknown."""
    latitudes = ask(scene.column("latitude"), _degrees, np.float64)
    longitudes = ask(scene.column("longitude"), _degrees, np.float64)
    missing = np.flatnonzero(np.isnan(latitudes) | np.isnan(longitudes))
    if len(missing):
        country, code = (scene.column(name).take(missing) for name in ("country", "zip"))
        places = _by_code(country, code, scene.rules.postal_codes)
        latitudes, longitudes = latitudes.copy(), longitudes.copy()
        latitudes[missing], longitudes[missing] = places[:, 0], places[:, 1]
    return latitudes, longitudes


def _by_code(country: Column, code: Column, given: dict[str, Place]) -> Floats:
    """The place of each row's country and postal code, asked once for each pair of them."""
    lands, codes = (*country.pool, None), (*code.pool, None)
    pairs = country.codes.astype(np.int64) * (len(codes) + 1) + code.codes
    _, first, row = np.unique(pairs, return_index=True, return_inverse=True)
    found = [
        place(key(lands[country.codes[i]], codes[code.codes[i]]), given) or (np.nan, np.nan)
        for i in first.tolist()
    ]
    return np.array(found, dtype=np.float64).reshape(-1, 2)[row]


def _degrees(value: Value) -> float:
    return float(value) if is_number(value) and isinstance(value, int | float) else np.nan
