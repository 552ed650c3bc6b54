"""The conditions a flow may ask, in one union; an unknown type is kept as it came."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar, TypeAlias

import numpy as np
from pydantic import Discriminator, Tag, ValidationError, WrapValidator
from pydantic import ValidatorFunctionWrapHandler as Handler

from flows.columns import Bools
from flows.conditions.base import Answer, Condition, Names, Need
from flows.conditions.consent import MarketingConsentCondition
from flows.conditions.groups import GroupMembershipCondition
from flows.conditions.metrics import ProfileMetricCondition
from flows.conditions.past import (
    NotInFlowCondition,
    NotSentEmailCondition,
    NotSentPushCondition,
    NotSentSmsCondition,
)
from flows.conditions.properties import MetricPropertyCondition, ProfilePropertyCondition
from flows.conditions.region import RegionCondition
from flows.conditions.sample import SampleCondition
from flows.conditions.unsimulated import LABELS, not_simulated
from flows.filters.words import folded
from flows.flaws import faults, unreadable
from flows.part import Part
from flows.problem import Problem
from flows.scene import Scene

CONDITIONS: dict[str, type[Condition]] = {
    "profile-property": ProfilePropertyCondition,
    "profile-metric": ProfileMetricCondition,
    "metric-property": MetricPropertyCondition,
    "profile-group-membership": GroupMembershipCondition,
    "profile-marketing-consent": MarketingConsentCondition,
    "profile-sample": SampleCondition,
    "profile-not-in-flow": NotInFlowCondition,
    "profile-not-sent-email": NotSentEmailCondition,
    "profile-not-sent-sms": NotSentSmsCondition,
    "profile-not-sent-push": NotSentPushCondition,
    "profile-region": RegionCondition,
}


class OpaqueCondition(Condition):
    """Kept as it came, and never the reason that somebody stays out."""

    type: Any = None
    known: ClassVar[bool] = False

    def model_post_init(self, context: Any, /) -> None:
        """A type that was not written stays unwritten."""

    @property
    def about(self) -> str:
        """What the condition is about, in words, or its type."""
        return LABELS.get(str(self.type), f"“{self.type}”")

    def test(self, scene: Scene) -> Bools:
        return np.ones(len(scene), dtype=np.bool_)

    def sentence(self, names: Names) -> str:
        return f"{self.about} (not simulated)"

    def explain(self, scene: Scene, names: Names) -> Answer:
        return Answer(True, f"{self.about} is not simulated, so it holds for everybody")

    def problems(self, where: str) -> Iterator[Problem]:
        kind = CONDITIONS.get(self.type) if isinstance(self.type, str) else None
        if kind:
            yield from faults(kind, self.to_json(), where)
        elif str(self.type) in LABELS:
            yield not_simulated(self.about, where)
        else:
            text = f"The condition “{self.type}” is not known, so it holds for everybody."
            yield unreadable(where, text, "warning")


def _tag(raw: Any) -> str:
    name = raw.get("type") if isinstance(raw, dict) else getattr(raw, "type", None)
    readable = isinstance(name, str) and name in CONDITIONS
    return str(name) if readable and not isinstance(raw, OpaqueCondition) else "opaque"


def _or_opaque(raw: Any, read: Handler) -> Any:
    try:
        return read(raw)
    except ValidationError:
        if not isinstance(raw, dict):
            raise
        return OpaqueCondition.model_validate(raw)


_Any: TypeAlias = (
    Annotated[ProfilePropertyCondition, Tag("profile-property")]
    | Annotated[ProfileMetricCondition, Tag("profile-metric")]
    | Annotated[MetricPropertyCondition, Tag("metric-property")]
    | Annotated[GroupMembershipCondition, Tag("profile-group-membership")]
    | Annotated[MarketingConsentCondition, Tag("profile-marketing-consent")]
    | Annotated[SampleCondition, Tag("profile-sample")]
    | Annotated[NotInFlowCondition, Tag("profile-not-in-flow")]
    | Annotated[NotSentEmailCondition, Tag("profile-not-sent-email")]
    | Annotated[NotSentSmsCondition, Tag("profile-not-sent-sms")]
    | Annotated[NotSentPushCondition, Tag("profile-not-sent-push")]
    | Annotated[RegionCondition, Tag("profile-region")]
    | Annotated[OpaqueCondition, Tag("opaque")]
)
AnyCondition = Annotated[_Any, Discriminator(_tag), WrapValidator(_or_opaque)]


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
]
