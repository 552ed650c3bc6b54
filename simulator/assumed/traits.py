"""What is assumed of the shop, of predictions, objects, consent and places, where flows ask."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.assumed.lines import NO_SOURCE, Line, Unit
from simulator.assumed.needs import listed
from simulator.audience_settings import AudienceSettings
from simulator.synthetic.wanted import Wanted

SHOP, PREDICTED, OBJECTS = "The shop", "Predictions", "What people have"
CONSENT, PLACES = "How consent came about", "Where people live"
LEFT = "Who has left is told as by Batislam, Denizel and Filiztekin 2007 from the orders before."


def of_shop() -> Iterator[Line]:
    """Lines for prices and stock that move."""

    def line(name: str, sentence: str, unit: Unit, note: str = "") -> Line:
        return Line(("audience", "shop", name), sentence, unit, NO_SOURCE, SHOP, note)

    yield line("price_drops", "An item is put on sale {} times in 30 days", "number")
    half = "Single ones are half as much to half as much again."
    yield line("drop", "A sale makes an item {} cheaper on average", "share", half)
    yield line("sale_days", "A sale lasts {} on average", "days", half)
    yield line("price_rises", "An item becomes dearer for good {} times in 30 days", "number")
    yield line("rise", "Then it costs {} more on average", "share", half)
    yield line("variants", "{} of products come in two or three forms", "share")
    yield line("stock", "New stock of an item is {} pieces on average", "number", half)
    yield line("stock_days", "New stock lasts {} on average", "days", half)
    note = "The others are filled up when a tenth is left."
    yield line("sells_out", "{} of stocks are sold to the last piece", "share", note)
    yield line("restock_days", "A sold-out item is gone for {} on average", "days", half)


def of_traits(settings: AudienceSettings, wanted: Wanted) -> Iterator[Line]:
    """Lines for what else these flows ask of people."""
    if wanted.predictions:
        words = "Orders and their worth are predicted for {} weeks"
        path = ("audience", "predicting", "weeks")
        yield Line(path, words, "number", NO_SOURCE, PREDICTED, LEFT)
    yield from _objects(settings, wanted)
    yield from _details(wanted)
    if wanted.distances:
        places = ", ".join(wanted.distances)
        words = f"{{}} of the country's people live within twice the asked distance of {places}"
        yield Line(("audience", "living", "near"), words, "share", NO_SOURCE, PLACES)


def _objects(settings: AudienceSettings, wanted: Wanted) -> Iterator[Line]:
    owning = settings.owning
    for name, properties in wanted.objects.items():
        path = ("audience", "owning", "owners_of", name)
        words = f"{{}} of people have a “{name}”"
        yield Line(path, words, "share", NO_SOURCE, OBJECTS, usual=owning.owners)
        for one, compared in properties.items():
            if compared.kind != "date" and compared.values:
                place = ("audience", "compared_of", f"{name}/{one}")
                words = f"{{}} of “{name}” have a “{one}” that conditions compare with"
                text = words + listed(compared)
                yield Line(place, text, "share", NO_SOURCE, OBJECTS, usual=settings.compared)
    if wanted.objects:
        words = "{} of those who have one have another, and of these again a third"
        yield Line(("audience", "owning", "another"), words, "share", NO_SOURCE, OBJECTS)


def _details(wanted: Wanted) -> Iterator[Line]:
    def line(name: str, sentence: str) -> Line:
        return Line(("audience", "details", name), sentence, "share", NO_SOURCE, CONSENT)

    asked = wanted.details
    if any(name.endswith(".double_opt_in") for name in asked):
        yield line("double_opt_in", "{} of subscribers have confirmed (double opt-in)")
    if any(name.endswith(".rcs_capable") for name in asked):
        yield line("rcs", "{} of people have a telephone that shows RCS")
    if any(name.endswith("_transactional") and name.startswith("consent.") for name in asked):
        yield line("transactional", "{} of people without marketing take transactional messages")
    if any(name.startswith("permission.") for name in asked):
        words = "{} of people can be reached on WhatsApp without having said so"
        yield line("implicitly_reachable", words)
    if any(name.startswith("suppression.") for name in asked):
        yield line("bounced", "{} of those who are blocked for email bounced")
        yield line("invalid", "{} of those who are blocked for email have an invalid address")
        yield line("complained", "{} of those who are blocked for email marked one as spam")
