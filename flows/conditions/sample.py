"""The condition that holds for a random share of people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from flows.columns import Bools, Floats
from flows.conditions.base import Answer, Condition, Names
from flows.filters.base import Whole
from flows.filters.words import number
from flows.problem import Problem
from flows.scene import Scene


class SampleCondition(Condition):
    """A share of people, drawn anew on every visit unless the rules say otherwise (E5).

    Samples in different places of one step are drawn apart, so that one does not decide another.
    """

    type: Literal["profile-sample"]
    percentage: Whole
    label = "Random sample"

    def drawn(self, scene: Scene, place: str) -> Floats:
        """A number in [0, 1) per row, for the sample that stands at this place of its step."""
        purpose = f"sample {place}".rstrip()
        return scene.chance(purpose, per_visit=not scene.rules.sample_sticky)

    def test(self, scene: Scene, place: str = "") -> Bools:
        return self.drawn(scene, place) < self.percentage / 100

    def sentence(self, names: Names) -> str:
        return f"falls in a random {self.percentage}%"

    def explain(self, scene: Scene, names: Names, place: str = "") -> Answer:
        drawn = self.drawn(scene, place)[0] * 100
        text = f"drew {number(round(float(drawn), 1))} of 100, wanted below {self.percentage}"
        return Answer(bool(self.test(scene, place)[0]), text)

    def problems(self, where: str) -> Iterator[Problem]:
        if not 0 <= self.percentage <= 100:
            yield Problem(
                code="F05",
                severity="error",
                where=f"{where}.percentage",
                text=f"{self.percentage}% is no share of people.",
                fix="Choose a number from 0 to 100.",
            )
