"""Who the synthetic people are and what they do by themselves, in numbers."""

from __future__ import annotations

from typing import Annotated, TypeAlias
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, Field

from flows.part import Part
from flows.rules import Channel
from simulator.behaviour_settings import AVERAGE_ORDER, Amount, Delay, Share, Spend
from simulator.shop_settings import ShopSettings
from simulator.synthetic.places import Locale, zone_weights
from simulator.trait_settings import Details, Living, Owning, Predicting

Rate: TypeAlias = Annotated[float, Field(ge=0, le=1000)]
"""Events per person in 30 days."""


def _known_zone(name: str) -> str:
    """The name of a time zone as it is, else a ValueError that says so."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ValueError(f"“{name}” is no time zone") from error
    return name


Zone: TypeAlias = Annotated[str, AfterValidator(_known_zone)]
"""An IANA name."""
Weight: TypeAlias = Annotated[float, Field(ge=0)]
_HOURS = (
    *(1.2, 0.7, 0.5, 0.4, 0.5, 1.0, 2.0, 3.2, 4.4, 5.2, 5.8, 6.0),
    *(6.2, 6.0, 5.6, 5.4, 5.4, 5.6, 6.2, 7.0, 7.6, 7.0, 4.8, 2.3),
)


class ConsentShares(Part):
    """One channel's consent: who is subscribed, who left, the rest never subscribed."""

    subscribed: Share = 0.0
    unsubscribed: Share = 0.0
    suppressed: Share = 0.0
    """Blocked by hand or bounced, whatever the status."""


class Groups(Part):
    """Who belongs to lists and segments: those that start a flow, and those conditions name."""

    joined_before: Share = 0.30
    """Of a list or segment that starts a flow: members since before the run."""
    joins_during: Share = 0.30
    """Of the same: those who join in the course of the run."""
    member: Share = 0.30
    """Members of a group that only conditions name; all joined before the run."""
    consents_on_joining: Share = 0.95
    """Of those who join a list that starts a flow: email subscribers from then on."""
    joined_before_of: dict[str, Share] = Field(default_factory=dict)
    joins_during_of: dict[str, Share] = Field(default_factory=dict)
    member_of: dict[str, Share] = Field(default_factory=dict)
    """Shares of single groups by id, in place of those above."""


class Buying(Part):
    """Orders by BG/NBD, spend by gamma-gamma; times in weeks."""

    buyers: Share = 0.45
    """People who place a first order in the history or the run; later ones follow the model."""
    r: Amount = 0.243
    alpha: Amount = 4.414
    a: Amount = 0.793
    b: Amount = 2.426
    spend: Spend = Field(default_factory=Spend)
    aov: Amount = AVERAGE_ORDER
    """Average order value."""
    abandonment: Annotated[float, Field(ge=0, le=0.99)] = 0.70
    """Checkouts that end without an order."""


class AfterOrder(Part):
    """What follows an order: the share of orders it follows, and after how many hours."""

    share: Share = 1.0
    delay_h: Delay = Delay(median=24.0, sigma=0.4)


class Browsing(Part):
    """What happens on the site before a checkout, and without one."""

    sessions: Rate = 0.5
    """Visits in 30 days per person beside those that lead to a cart."""
    views_per_session: Annotated[float, Field(ge=1, le=50)] = 1.8
    abandoned_carts: Rate = 0.15
    """Carts filled in 30 days per person that never reach a checkout."""
    step_delay_h: Delay = Delay(median=0.10, sigma=0.7)
    """From a visit to the cart, from the cart to the checkout, from there to the order."""
    minutes_per_view: Annotated[float, Field(gt=0, le=120)] = 1.5


def _locales() -> dict[Locale, Share]:
    return {
        "en_US": 0.50,
        "en_GB": 0.14,
        "en_CA": 0.08,
        "en_AU": 0.08,
        "de_DE": 0.08,
        "fr_FR": 0.06,
        "en_IE": 0.03,
        "sv_SE": 0.03,
    }


def _consent() -> dict[Channel, ConsentShares]:
    return {
        "email": ConsentShares(subscribed=0.62, unsubscribed=0.08, suppressed=0.02),
        "sms": ConsentShares(subscribed=0.28, unsubscribed=0.03),
        "push": ConsentShares(subscribed=0.10),
        "whatsapp": ConsentShares(subscribed=0.03),
    }


def _missing() -> dict[str, Share]:
    return {
        "email": 0.01,
        "first_name": 0.06,
        "last_name": 0.10,
        "phone_number": 0.45,
        "city": 0.20,
        "birthday": 0.30,
        "timezone": 0.02,
    }


def _after_order() -> dict[str, AfterOrder]:
    days = 24.0
    return {
        "Fulfilled Order": AfterOrder(delay_h=Delay(median=1.2 * days, sigma=0.5)),
        "Shipped Order": AfterOrder(delay_h=Delay(median=1.4 * days, sigma=0.5)),
        "Delivered Order": AfterOrder(share=0.98, delay_h=Delay(median=4 * days, sigma=0.4)),
        "Cancelled Order": AfterOrder(share=0.02, delay_h=Delay(median=0.3 * days, sigma=0.8)),
        "Refunded Order": AfterOrder(share=0.04, delay_h=Delay(median=12 * days, sigma=0.5)),
    }


def _rates() -> dict[str, Rate]:
    return {
        "Received Email": 6.0,
        "Opened Email": 2.4,
        "Clicked Email": 0.15,
        "Received SMS": 0.5,
        "Clicked SMS": 0.05,
        "Subscribed to Back in Stock": 0.05,
        "Bounced Email": 0.03,
        "Marked Email as Spam": 0.002,
        "Unsubscribed from List": 0.01,
    }


def _same_as() -> dict[str, str]:
    return {
        "Checkout Started": "Started Checkout",
        "Product Added": "Added to Cart",
        "Add to Cart": "Added to Cart",
        "Product Viewed": "Viewed Product",
        "Viewed Item": "Viewed Product",
        "Active On Site": "Active on Site",
        "Order Placed": "Placed Order",
        "Order Completed": "Placed Order",
        "Order Fulfilled": "Fulfilled Order",
        "Delivered": "Delivered Order",
        "Delivered Shipment": "Delivered Order",
        "Order Delivered": "Delivered Order",
    }


class AudienceSettings(Part):
    """Everything about synthetic people beside their number and the seed."""

    history_days: Annotated[int, Field(ge=0, le=3650)] = 365
    """How long before the start their events begin."""
    newcomers: Share = 0.35
    """People who become known in the history or the run, any day; the others are older."""
    hours: tuple[Weight, ...] = Field(default=_HOURS, min_length=24, max_length=24)
    """How much people do by themselves in each hour of their day, by weight."""
    locales: dict[Locale, Share] = Field(default_factory=_locales, min_length=1)
    """Where people come from, by weight; the weights need not add up to one."""
    zones: dict[Locale, dict[Zone, Share]] = Field(default_factory=zone_weights)
    """The time zones of each locale's country, by weight."""
    missing: dict[str, Share] = Field(default_factory=_missing)
    """People without the property; subscribers of a channel always have its address."""
    consent: dict[Channel, ConsentShares] = Field(default_factory=_consent)
    groups: Groups = Field(default_factory=Groups)
    buying: Buying = Field(default_factory=Buying)
    after_order: dict[str, AfterOrder] = Field(default_factory=_after_order)
    browsing: Browsing = Field(default_factory=Browsing)
    shop: ShopSettings = Field(default_factory=ShopSettings)
    predicting: Predicting = Field(default_factory=Predicting)
    owning: Owning = Field(default_factory=Owning)
    details: Details = Field(default_factory=Details)
    living: Living = Field(default_factory=Living)
    same_as: dict[str, str] = Field(default_factory=_same_as)
    """Metrics that happen as another one does, under a name of their own."""
    rates: dict[str, Rate] = Field(default_factory=_rates)
    """By metric (canonical name or id); a metric that has a model of its own uses this instead."""
    rate: Rate = 0.8
    """Of a metric about which nothing is known."""
    compared: Share = 0.5
    """Values drawn from those that conditions compare with; the others are neighbours of them."""
    compared_standard: Share = 0.05
    """The same for what everybody has by nature, as names, addresses and countries."""
    compared_of: dict[str, Share] = Field(default_factory=dict)
    """The same for single properties, by name, or `metric/property` for those of events."""
