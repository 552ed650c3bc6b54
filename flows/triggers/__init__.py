"""The triggers a flow may have, in one union; an unknown type is kept as it came."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import Discriminator, Tag

from flows.triggers.base import Trigger
from flows.triggers.catalogue import CatalogueTrigger, LowInventoryTrigger, PriceDropTrigger
from flows.triggers.date import DateTrigger, ObjectDateTrigger, ProfileDateTrigger
from flows.triggers.groups import ListTrigger, SegmentTrigger
from flows.triggers.metric import MetricTrigger


class OpaqueTrigger(Trigger):
    """A type we do not know yet: kept as it came; nobody enters by it."""

    known: ClassVar[bool] = False


TRIGGERS: dict[str, type[Trigger]] = {
    "metric": MetricTrigger,
    "list": ListTrigger,
    "segment": SegmentTrigger,
    "date": ProfileDateTrigger,
    "date/custom-object": ObjectDateTrigger,
    "price-drop": PriceDropTrigger,
    "low-inventory": LowInventoryTrigger,
}
"""Every trigger by what tells it from the others (semantics A.10)."""
_DATES = {"profile-property": "date", "custom-object": "date/custom-object"}


def trigger_kind(raw: Any) -> str:
    """The key in TRIGGERS of a trigger or of its JSON, else `opaque`."""

    def of(key: str) -> Any:
        return raw.get(key) if isinstance(raw, dict) else getattr(raw, key, None)

    kind = None if isinstance(raw, OpaqueTrigger) else of("type")
    if kind == "date":
        field = of("date_field_type")
        return _DATES.get(field, "opaque") if isinstance(field, str) else "opaque"
    return kind if isinstance(kind, str) and kind in TRIGGERS else "opaque"


AnyTrigger = Annotated[
    Annotated[ListTrigger, Tag("list")]
    | Annotated[SegmentTrigger, Tag("segment")]
    | Annotated[MetricTrigger, Tag("metric")]
    | Annotated[ProfileDateTrigger, Tag("date")]
    | Annotated[ObjectDateTrigger, Tag("date/custom-object")]
    | Annotated[PriceDropTrigger, Tag("price-drop")]
    | Annotated[LowInventoryTrigger, Tag("low-inventory")]
    | Annotated[OpaqueTrigger, Tag("opaque")],
    Discriminator(trigger_kind),
]

__all__ = [
    "TRIGGERS",
    "AnyTrigger",
    "CatalogueTrigger",
    "DateTrigger",
    "ListTrigger",
    "LowInventoryTrigger",
    "MetricTrigger",
    "ObjectDateTrigger",
    "OpaqueTrigger",
    "PriceDropTrigger",
    "ProfileDateTrigger",
    "SegmentTrigger",
    "Trigger",
    "trigger_kind",
]
