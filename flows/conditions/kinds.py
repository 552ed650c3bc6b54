"""The conditions a flow may ask, in one union; an unknown type is kept as it came."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar, TypeAlias

import numpy as np
from pydantic import Discriminator, Tag

from flows.columns import Bools
from flows.conditions.base import Answer, Condition, Names
from flows.conditions.consent import (
    MarketingConsentCondition,
)
from flows.conditions.distance import (
    PostalCodeDistanceCondition,
)
from flows.conditions.groups import (
    GroupMembershipCondition,
)
from flows.conditions.metrics import (
    ProfileMetricCondition,
)
from flows.conditions.objects import (
    CustomObjectPropertyCondition,
    CustomObjectTriggerCondition,
    HasCustomObjectCondition,
)
from flows.conditions.outputs import (
    ActionOutputCondition,
)
from flows.conditions.past import (
    NotInFlowCondition,
    NotSentEmailCondition,
    NotSentPushCondition,
    NotSentSmsCondition,
)
from flows.conditions.permissions import (
    PermissionsCondition,
)
from flows.conditions.predictive import (
    AffinityPriorityCondition,
    AffinityRankCondition,
    PredictiveDateCondition,
    PredictiveNumberCondition,
    PredictiveTextCondition,
)
from flows.conditions.properties import (
    LowInventoryPropertyCondition,
    MetricPropertyCondition,
    PriceDropPropertyCondition,
    ProfilePropertyCondition,
)
from flows.conditions.region import (
    RegionCondition,
)
from flows.conditions.sample import (
    SampleCondition,
)
from flows.flaws import faults, unreadable
from flows.problem import Problem
from flows.scene import Scene
from flows.unread import or_opaque

CONDITIONS: dict[str, type[Condition]] = {
    "profile-property": ProfilePropertyCondition,
    "profile-metric": ProfileMetricCondition,
    "profile-group-membership": GroupMembershipCondition,
    "profile-marketing-consent": MarketingConsentCondition,
    "profile-permissions": PermissionsCondition,
    "profile-sample": SampleCondition,
    "profile-not-in-flow": NotInFlowCondition,
    "profile-not-sent-email": NotSentEmailCondition,
    "profile-not-sent-sms": NotSentSmsCondition,
    "profile-not-sent-push": NotSentPushCondition,
    "profile-region": RegionCondition,
    "profile-postal-code-distance": PostalCodeDistanceCondition,
    "profile-has-custom-object": HasCustomObjectCondition,
    "profile-predictive-analytics/number": PredictiveNumberCondition,
    "profile-predictive-analytics/date": PredictiveDateCondition,
    "profile-predictive-analytics/text": PredictiveTextCondition,
    "profile-predictive-analytics/priority": AffinityPriorityCondition,
    "profile-predictive-analytics/rank": AffinityRankCondition,
    "metric-property": MetricPropertyCondition,
    "price-drop-property": PriceDropPropertyCondition,
    "low-inventory-property": LowInventoryPropertyCondition,
    "custom-object-property": CustomObjectPropertyCondition,
    "custom-object-trigger-property": CustomObjectTriggerCondition,
    "action-output": ActionOutputCondition,
}
"""Every condition by its type, with what else tells it from others (semantics A.10)."""
_BY_DIMENSION = {
    "expected_date_of_next_purchase": "date",
    "predicted_gender": "text",
}
_PREDICTIVE = "profile-predictive-analytics"


def condition_kind(raw: Any) -> str:
    """The key in CONDITIONS of a condition or of its JSON, else `opaque`."""

    def of(key: str) -> str:
        found = raw.get(key) if isinstance(raw, dict) else getattr(raw, key, None)
        return found if isinstance(found, str) else ""

    kind = of("type")
    if kind == _PREDICTIVE:
        affinity = of("dimension") == "channel_affinity"
        form = of("measurement") if affinity else _BY_DIMENSION.get(of("dimension"), "number")
        kind = f"{kind}/{form}"
    return kind if kind in CONDITIONS and not isinstance(raw, OpaqueCondition) else "opaque"


class OpaqueCondition(Condition):
    """Kept as it came, and never the reason that somebody stays out."""

    type: Any = None
    known: ClassVar[bool] = False

    def model_post_init(self, context: Any, /) -> None:
        """A type that was not written stays unwritten."""

    @property
    def about(self) -> str:
        """What the condition is about, in words, or its type."""
        kind = CONDITIONS.get(condition_kind(self.to_json()))
        return f"“{kind.label if kind else self.type}”"

    def test(self, scene: Scene) -> Bools:
        return np.ones(len(scene), dtype=np.bool_)

    def sentence(self, names: Names) -> str:
        return f"{self.about} (cannot be read)"

    def explain(self, scene: Scene, names: Names) -> Answer:
        return Answer(True, f"{self.about} cannot be read, so it holds for everybody")

    def problems(self, where: str) -> Iterator[Problem]:
        kind = CONDITIONS.get(condition_kind(self.to_json()))
        if kind:
            yield from faults(kind, self.to_json(), where)
        else:
            text = f"The condition “{self.type}” is not known, so it holds for everybody."
            yield unreadable(where, text, "warning")


_Any: TypeAlias = (
    Annotated[ProfilePropertyCondition, Tag("profile-property")]
    | Annotated[ProfileMetricCondition, Tag("profile-metric")]
    | Annotated[GroupMembershipCondition, Tag("profile-group-membership")]
    | Annotated[MarketingConsentCondition, Tag("profile-marketing-consent")]
    | Annotated[PermissionsCondition, Tag("profile-permissions")]
    | Annotated[SampleCondition, Tag("profile-sample")]
    | Annotated[NotInFlowCondition, Tag("profile-not-in-flow")]
    | Annotated[NotSentEmailCondition, Tag("profile-not-sent-email")]
    | Annotated[NotSentSmsCondition, Tag("profile-not-sent-sms")]
    | Annotated[NotSentPushCondition, Tag("profile-not-sent-push")]
    | Annotated[RegionCondition, Tag("profile-region")]
    | Annotated[PostalCodeDistanceCondition, Tag("profile-postal-code-distance")]
    | Annotated[HasCustomObjectCondition, Tag("profile-has-custom-object")]
    | Annotated[PredictiveNumberCondition, Tag("profile-predictive-analytics/number")]
    | Annotated[PredictiveDateCondition, Tag("profile-predictive-analytics/date")]
    | Annotated[PredictiveTextCondition, Tag("profile-predictive-analytics/text")]
    | Annotated[AffinityPriorityCondition, Tag("profile-predictive-analytics/priority")]
    | Annotated[AffinityRankCondition, Tag("profile-predictive-analytics/rank")]
    | Annotated[MetricPropertyCondition, Tag("metric-property")]
    | Annotated[PriceDropPropertyCondition, Tag("price-drop-property")]
    | Annotated[LowInventoryPropertyCondition, Tag("low-inventory-property")]
    | Annotated[CustomObjectPropertyCondition, Tag("custom-object-property")]
    | Annotated[CustomObjectTriggerCondition, Tag("custom-object-trigger-property")]
    | Annotated[ActionOutputCondition, Tag("action-output")]
    | Annotated[OpaqueCondition, Tag("opaque")]
)
AnyCondition = Annotated[_Any, Discriminator(condition_kind), or_opaque(OpaqueCondition)]
