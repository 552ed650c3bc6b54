"""The condition on the part of the world that a person lives in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import StrictBool

from flows.columns import Bools, Value
from flows.conditions.base import Answer, Condition, Names, Need
from flows.filters.words import value_words
from flows.scene import Scene

_EUROPEAN_UNION = {
    "AT": "Austria", "BE": "Belgium", "BG": "Bulgaria", "CY": "Cyprus", "CZ": "Czechia",
    "DE": "Germany", "DK": "Denmark", "EE": "Estonia", "ES": "Spain", "FI": "Finland",
    "FR": "France", "GR": "Greece", "HR": "Croatia", "HU": "Hungary", "IE": "Ireland",
    "IT": "Italy", "LT": "Lithuania", "LU": "Luxembourg", "LV": "Latvia", "MT": "Malta",
    "NL": "Netherlands", "PL": "Poland", "PT": "Portugal", "RO": "Romania", "SE": "Sweden",
    "SI": "Slovenia", "SK": "Slovakia",
}  # fmt: skip
_ALSO = {
    "european_union": {"czech republic", "the netherlands"},
    "united_states": {"us", "usa", "united states", "united states of america"},
}
_REGIONS = {
    "european_union": {
        *(code.lower() for code in _EUROPEAN_UNION),
        *(name.lower() for name in _EUROPEAN_UNION.values()),
        *_ALSO["european_union"],
    },
    "united_states": _ALSO["united_states"],
}
_WORDS = {"european_union": "the European Union", "united_states": "the United States"}


class RegionCondition(Condition):
    """Whether the property `country`, a code or an English name, lies in the region.

    Who has no country is neither in the region nor outside it.
    """

    type: Literal["profile-region"]
    in_region: StrictBool
    region: Literal["european_union", "united_states"]
    label = "Lives in a region"

    def _passes(self, country: Value) -> bool:
        if not isinstance(country, str):
            return False
        return (country.strip().lower() in _REGIONS[self.region]) == self.in_region

    def test(self, scene: Scene) -> Bools:
        return scene.column("country").test(self._passes)

    def sentence(self, names: Names) -> str:
        return f"is {'' if self.in_region else 'not '}in {_WORDS[self.region]}"

    def explain(self, scene: Scene, names: Names) -> Answer:
        found = value_words(scene.column("country").values()[0])
        text = f"country: {found}; wanted: {self.sentence(names)}"
        return Answer(bool(self.test(scene)[0]), text)

    def needs(self) -> Iterator[Need]:
        values = ("US",) if self.region == "united_states" else ("DE", "FR")
        yield Need(kind="property", name="country", values=values)
