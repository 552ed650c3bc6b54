"""Made-up audiences for tests, with what flows may ask of them."""

from __future__ import annotations

from flows.columns import Value
from flows.conditions.base import Need
from flows.moments import DAY
from simulator.audience import AudienceSettings, SyntheticAudience

START = 1_767_571_200_000_000
"""2026-01-05 in UTC."""
STOP = START + 90 * DAY
NAMES = {"T9sNn9": "Placed Order"}
EVERYTHING = (
    Need(kind="metric", name="T9sNn9", trigger=True),
    *(
        Need(kind="metric", name=name)
        for name in (
            *("Started Checkout", "Added to Cart", "Active on Site", "Viewed Product"),
            *("Fulfilled Order", "Delivered", "Opened Email", "Subscribed to List", "RSNxYV"),
            *("Unsubscribed from Email Marketing", "Subscribed to Back in Stock"),
        )
    ),
    Need(kind="list", name="newsletter", trigger=True),
    Need(kind="segment", name="vips", trigger=True),
    Need(kind="list", name="wholesale"),
    Need(kind="group", name="lapsed"),
    Need(kind="property", name="birthday", value_type="date", trigger=True),
    Need(kind="property", name="renewal", value_type="date", trigger=True),
    Need(kind="property", name="plan", values=("gold", "silver")),
    Need(kind="property", name="email", values=("staff@example.com",)),
    Need(kind="property", name="country", values=("NZ",)),
    Need(
        kind="event-property",
        name="Collections",
        metric="T9sNn9",
        values=("Golf Shoes", "Drivers"),
        value_type="list",
    ),
)


def audience(size: int, *needs: Need, days: int = 90, **changes: object) -> SyntheticAudience:
    return SyntheticAudience(
        seed=1,
        size=size,
        start=START,
        days=days,
        settings=AudienceSettings(**changes),
        needs=needs,
        names=NAMES,
    )


def property_need(name: str, *values: Value, kind: str = "string") -> Need:
    return Need(kind="property", name=name, values=values, value_type=kind)


def event_need(name: str, *values: Value, kind: str = "string", metric: str = "RSNxYV") -> Need:
    return Need(kind="event-property", name=name, metric=metric, values=values, value_type=kind)
