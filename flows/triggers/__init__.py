"""The triggers a flow may have, in one union; an unknown type is kept as it came."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import Discriminator, Tag

from flows.triggers.base import Trigger
from flows.triggers.date import DateTrigger
from flows.triggers.groups import ListTrigger, SegmentTrigger
from flows.triggers.metric import MetricTrigger


class OpaqueTrigger(Trigger):
    """A type we do not know yet: kept as it came; nobody enters by it."""

    known: ClassVar[bool] = False


def _tag(raw: Any) -> str:
    def of(key: str) -> Any:
        return raw.get(key) if isinstance(raw, dict) else getattr(raw, key, None)

    if of("type") == "date":
        return "date" if of("date_field_type") == "profile-property" else "opaque"
    return of("type") if of("type") in ("list", "segment", "metric") else "opaque"


AnyTrigger = Annotated[
    Annotated[ListTrigger, Tag("list")]
    | Annotated[SegmentTrigger, Tag("segment")]
    | Annotated[MetricTrigger, Tag("metric")]
    | Annotated[DateTrigger, Tag("date")]
    | Annotated[OpaqueTrigger, Tag("opaque")],
    Discriminator(_tag),
]

__all__ = [
    "AnyTrigger",
    "DateTrigger",
    "ListTrigger",
    "MetricTrigger",
    "OpaqueTrigger",
    "SegmentTrigger",
    "Trigger",
]
