"""What is assumed of the synthetic people, whatever flows name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from flows.conditions.base import Need
from flows.metrics import ACTIVE_ON_SITE, ADDED_TO_CART, STARTED_CHECKOUT, VIEWED_PRODUCT
from simulator.assumed.behaviour import spend_lines
from simulator.assumed.lines import NO_SOURCE, Line, Unit
from simulator.audience_settings import AudienceSettings
from simulator.synthetic.places import countries
from simulator.synthetic.wanted import gather

PEOPLE, CONSENT, BUYING, SITE = "People", "Consent", "Orders", "What people do on the site"
SPREAD = "Standard deviation of the delay's logarithm."
BG_NBD = "Fader, Hardie and Lee 2005 (CDNOW)"
_CHANNELS = {"email": "email", "sms": "text messages", "push": "push", "whatsapp": "WhatsApp"}
_UPSTREAM = {
    STARTED_CHECKOUT: {STARTED_CHECKOUT, ADDED_TO_CART, ACTIVE_ON_SITE, VIEWED_PRODUCT},
    ADDED_TO_CART: {ADDED_TO_CART, ACTIVE_ON_SITE, VIEWED_PRODUCT},
}


def of_people(
    settings: AudienceSettings, needs: Iterable[Need], names: Mapping[str, str]
) -> Iterator[Line]:
    """Lines for who people are, what they consent to, what they buy and do on the site."""
    metrics = {settings.same_as.get(name, name) for name in gather(needs, names).metrics}
    metrics -= settings.rates.keys()
    yield from _people(settings)
    yield from _consent(settings)
    yield from _buying()
    yield from _site(metrics)
    yield from _after_order(settings, metrics)


def _line(path: tuple[str, ...], sentence: str, unit: Unit, group: str, *, note: str = "") -> Line:
    return Line(("audience", *path), sentence, unit, NO_SOURCE, group, note)


def _people(settings: AudienceSettings) -> Iterator[Line]:
    yield _line(("history_days",), "What people did is known for {} before the run", "days", PEOPLE)
    yield _line(
        ("newcomers",), "{} of people become known in the history or the run", "share", PEOPLE
    )
    places = countries()
    for locale in settings.locales:
        country = places[locale].code
        sentence = f"People with {locale.replace('_', '-')} names, living in {country}, weigh {{}}"
        yield _line(("locales", locale), sentence, "weight", PEOPLE)
        zones = settings.zones.get(locale, {})
        for zone in zones if len(zones) > 1 else ():
            words = f"Of those in {country}, people in the zone {zone} weigh {{}}"
            yield _line(("zones", locale, zone), words, "weight", PEOPLE)
    for hour in range(24):
        words = f"What people do by themselves from {hour} to {hour + 1} o'clock weighs {{}}"
        yield _line(("hours", str(hour)), words, "weight", PEOPLE)
    for name in settings.missing:
        words = f"{{}} of people have no {name.replace('_', ' ')}"
        yield _line(("missing", name), words, "share", PEOPLE, note=_needed(name))


def _needed(name: str) -> str:
    channels = {"email": "the email address", "phone_number": "the number"}
    return f"Subscribers always have {channels[name]}." if name in channels else ""


def _consent(settings: AudienceSettings) -> Iterator[Line]:
    for channel in settings.consent:
        what, path = _CHANNELS[channel], ("consent", channel)
        yield _line((*path, "subscribed"), f"{{}} of people subscribe to {what}", "share", CONSENT)
        yield _line((*path, "unsubscribed"), f"{{}} of people have left {what}", "share", CONSENT)
        yield _line(
            (*path, "suppressed"), f"{{}} of people are blocked for {what}", "share", CONSENT
        )


def _buying() -> Iterator[Line]:
    path = ("buying",)
    yield _line((*path, "buyers"), "{} of people order at least once", "share", BUYING)
    model = {
        "r": "How alike buyers are in how often they order: shape {}",
        "alpha": "How seldom buyers order: scale {} weeks",
        "a": "How readily buyers leave after an order: first shape {}",
        "b": "How readily buyers stay after an order: second shape {}",
    }
    for name, sentence in model.items():
        yield Line(("audience", *path, name), sentence, "number", BG_NBD, BUYING, "BG/NBD")
    source = "Klaviyo 2024, welcome emails: revenue per recipient over order rate"
    words = "An order that no message led to is worth {} on average"
    yield Line(("audience", *path, "aov"), words, "amount", source, BUYING)
    yield from spend_lines(("audience", *path, "spend"), "that no message led to", BUYING)


def _site(metrics: set[str]) -> Iterator[Line]:
    if metrics & _UPSTREAM[STARTED_CHECKOUT]:
        words = "{} of checkouts end without an order"
        source = "Baymard Institute, mean of published studies"
        yield Line(("audience", "buying", "abandonment"), words, "share", source, SITE)
    if metrics & _UPSTREAM[ADDED_TO_CART]:
        words = "A person fills {} carts in 30 days that reach no checkout"
        yield _line(("browsing", "abandoned_carts"), words, "per person in 30 days", SITE)
    if metrics & _UPSTREAM[STARTED_CHECKOUT]:
        path = ("browsing", "step_delay_h")
        words = (
            "Half of the steps from a visit to the cart, the checkout and the order take up to {}"
        )
        yield _line((*path, "median"), words, "hours", SITE)
        words = "The time of these steps spreads by {}"
        yield _line((*path, "sigma"), words, "number", SITE, note=SPREAD)
    if metrics & {ACTIVE_ON_SITE, VIEWED_PRODUCT}:
        words = "A person visits {} times in 30 days beside the visits that fill a cart"
        yield _line(("browsing", "sessions"), words, "per person in 30 days", SITE)
    if VIEWED_PRODUCT in metrics:
        words = "A visit shows {} products on average"
        yield _line(("browsing", "views_per_session"), words, "number", SITE)
        words = "People look at a product for {} minutes"
        yield _line(("browsing", "minutes_per_view"), words, "number", SITE)


def _after_order(settings: AudienceSettings, metrics: set[str]) -> Iterator[Line]:
    for name in settings.after_order:
        if name in metrics:
            path = ("after_order", name)
            yield _line((*path, "share"), f"“{name}” follows {{}} of orders", "share", BUYING)
            words = f"“{name}” follows half of its orders within {{}}"
            yield _line((*path, "delay_h", "median"), words, "hours", BUYING)
            words = f"The delay of “{name}” spreads by {{}}"
            yield _line((*path, "delay_h", "sigma"), words, "number", BUYING, note=SPREAD)
