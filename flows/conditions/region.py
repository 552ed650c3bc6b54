"""The condition on the part of the world that a person lives in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import StrictBool

from flows.columns import Bools, Value
from flows.conditions.base import Answer, Condition, Names, Need
from flows.countries import EUROPEAN_UNION, code_of
from flows.filters.words import value_words
from flows.scene import Scene

_REGIONS = {"european_union": EUROPEAN_UNION.keys(), "united_states": {"US"}}
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
        return (code_of(country) in _REGIONS[self.region]) == self.in_region

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
