"""What splits with YES and NO share."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator

import numpy as np

from flows.actions.base import SplittingAction, Step
from flows.conditions import Filter
from flows.conditions.base import Names, Need
from flows.scene import Scene

YES, NO = 0, 1


class Question(SplittingAction):
    """The base of splits that ask a filter as of each arrival; asking nothing is YES (B.6)."""

    @property
    @abstractmethod
    def question(self) -> Filter | None:
        """What is asked; None where nothing is."""

    def sentence(self, names: Names) -> str:
        return self.question.sentence(names) if self.question else "No condition yet: all go YES"

    def advance(self, scene: Scene) -> Step:
        if self.question is None:
            return Step(np.full(len(scene), YES, dtype=np.int16), scene.now)
        way = np.where(self.question.test(scene), YES, NO).astype(np.int16)
        return Step(way, scene.now)

    def explain(self, scene: Scene, names: Names) -> str:
        if self.question is None or not self.question.condition_groups:
            return "YES: the split asks nothing."
        answer = self.question.explain(scene, names)
        return f"{'YES' if answer.holds else 'NO'}: {answer.why}"

    def needs(self) -> Iterator[Need]:
        if self.question:
            yield from self.question.needs()
