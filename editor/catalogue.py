"""What a chooser offers: the metrics, groups and properties that a flow names, and common ones."""

from __future__ import annotations

from dataclasses import dataclass

from flows.document import Flow
from flows.needs import flow_needs

METRICS = (
    "Placed Order",
    "Started Checkout",
    "Added to Cart",
    "Viewed Product",
    "Active on Site",
    "Ordered Product",
    "Fulfilled Order",
    "Refunded Order",
    "Cancelled Order",
    "Opened Email",
    "Clicked Email",
    "Received Email",
    "Clicked SMS",
    "Received SMS",
    "Subscribed to Email Marketing",
    "Subscribed to SMS Marketing",
)
PROPERTIES = (
    "email",
    "phone_number",
    "first_name",
    "last_name",
    "country",
    "region",
    "city",
    "zip",
    "timezone",
    "organization",
    "title",
)
EVENT_PROPERTIES = ("$value", "items", "categories", "brands", "discount_code", "source")
_GROUPS = ("list", "segment", "group")


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Choices by id with the word to show; those that the flow itself names come first."""

    metrics: dict[str, str]
    groups: dict[str, str]
    properties: dict[str, str]
    event_properties: dict[str, str]

    def named(self, kind: str) -> dict[str, str]:
        """The choices for a kind of blank or field."""
        return {
            "metric": self.metrics,
            "group": self.groups,
            "property": self.properties,
            "event-property": self.event_properties,
        }[kind]


def catalogue(flow: Flow) -> Catalogue:
    """The choices for a flow."""
    needs = flow_needs(flow)

    def named(*kinds: str, also: tuple[str, ...] = ()) -> dict[str, str]:
        own = [need.name for need in needs if need.kind in kinds and need.name]
        known = {name: flow.names.get(name, name) for name in own}
        return known | {name: name for name in also if name not in known.values()}

    return Catalogue(
        metrics=named("metric", also=METRICS),
        groups=named(*_GROUPS),
        properties=named("property", also=PROPERTIES),
        event_properties=named("event-property", also=EVENT_PROPERTIES),
    )
