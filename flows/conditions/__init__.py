"""What a flow may ask: conditions in groups, and groups in a filter."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from flows.columns import Bools
from flows.conditions.base import Answer, Condition, Names, Need
from flows.conditions.kinds import CONDITIONS, AnyCondition, OpaqueCondition, condition_kind
from flows.conditions.sample import SampleCondition
from flows.filters.words import folded
from flows.part import Part
from flows.problem import Problem
from flows.scene import Scene


class ConditionGroup(Part):
    """Conditions of which one must hold; an empty group holds (semantics E1)."""

    conditions: tuple[AnyCondition, ...]

    def test(self, scene: Scene, place: str = "") -> Bools:
        """Where any condition holds."""
        if not self.conditions:
            return np.ones(len(scene), dtype=np.bool_)
        found = np.zeros(len(scene), dtype=np.bool_)
        for i, condition in enumerate(self.conditions):
            found |= _test(condition, scene, f"{place}.{i}")
            if found.all():
                break
        return found

    def sentence(self, names: Names) -> str:
        """The conditions joined with “or”."""
        return folded([condition.sentence(names) for condition in self.conditions], "or")

    def explain(self, scene: Scene, names: Names, place: str = "") -> Answer:
        """What held, or else everything that did not."""
        answers = [
            _explain(condition, scene, names, f"{place}.{i}")
            for i, condition in enumerate(self.conditions)
        ]
        for answer in answers:
            if answer.holds:
                return answer
        return Answer(not answers, folded([answer.why for answer in answers], "or"))


class Filter(Part):
    """Groups which must all hold; no groups hold for everybody (semantics A.1, E1)."""

    condition_groups: tuple[ConditionGroup, ...]

    def test(self, scene: Scene, *, place: str = "") -> Bools:
        """Where every group holds; `place` tells filters of one step apart (a branch's id)."""
        found = np.ones(len(scene), dtype=np.bool_)
        for i, group in enumerate(self.condition_groups):
            found &= group.test(scene, f"{place}{i}")
        return found

    def sentence(self, names: Names) -> str:
        """The groups joined with “and”, in brackets where one holds an “or”."""
        texts = [(group.sentence(names), len(group.conditions)) for group in self.condition_groups]
        texts = [(text, size) for text, size in texts if text]
        several = len(texts) > 1
        shown = [f"({text})" if several and size > 1 else text for text, size in texts]
        return " and ".join(shown) or "everybody"

    def explain(self, scene: Scene, names: Names, *, place: str = "") -> Answer:
        """For a scene of one row: the groups that failed, or if none did, what held."""
        answers = [
            group.explain(scene, names, f"{place}{i}")
            for i, group in enumerate(self.condition_groups)
        ]
        failed = [answer for answer in answers if not answer.holds]
        why = "; ".join(answer.why for answer in failed or answers if answer.why)
        return Answer(not failed, why or "nothing is asked")

    def needs(self) -> Iterator[Need]:
        """What the conditions read, in their order."""
        for group in self.condition_groups:
            for condition in group.conditions:
                yield from condition.needs()

    def problems(self, where: str) -> Iterator[Problem]:
        """What is wrong with the conditions; `where` is the filter's JSON path."""
        for i, group in enumerate(self.condition_groups):
            for j, condition in enumerate(group.conditions):
                yield from condition.problems(f"{where}.condition_groups[{i}].conditions[{j}]")


def _test(condition: Condition, scene: Scene, place: str) -> Bools:
    if isinstance(condition, SampleCondition):
        return condition.test(scene, place)
    return condition.test(scene)


def _explain(condition: Condition, scene: Scene, names: Names, place: str) -> Answer:
    if isinstance(condition, SampleCondition):
        return condition.explain(scene, names, place)
    return condition.explain(scene, names)


__all__ = [
    "CONDITIONS",
    "Answer",
    "AnyCondition",
    "Condition",
    "ConditionGroup",
    "Filter",
    "Names",
    "Need",
    "OpaqueCondition",
    "condition_kind",
]
