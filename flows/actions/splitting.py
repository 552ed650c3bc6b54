"""What splits with YES and NO share."""

from __future__ import annotations

import numpy as np

from flows.actions.base import Step
from flows.conditions import Filter
from flows.conditions.base import Names
from flows.scene import Scene

YES, NO = 0, 1


def part_by(scene: Scene, question: Filter | None) -> Step:
    """YES where the question holds as of each row's arrival; no question is YES (semantics B.6)."""
    if question is None or not question.condition_groups:
        return Step(np.full(len(scene), YES, dtype=np.int16), scene.now)
    return Step(np.where(question.test(scene), YES, NO).astype(np.int16), scene.now)


def why_parted(scene: Scene, question: Filter | None, names: Names) -> str:
    """For a scene of one row: the operands that decided."""
    if question is None or not question.condition_groups:
        return "YES: the split asks nothing."
    answer = question.explain(scene, names)
    return f"{'YES' if answer.holds else 'NO'}: {answer.why}"
