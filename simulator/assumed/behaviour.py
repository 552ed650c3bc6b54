"""What is assumed of the answers to messages."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.assumed.lines import NO_SOURCE, Line, Unit
from simulator.behaviour_settings import Behaviour

EMAIL, TEXT, TIME = "Answers to email", "Answers to other messages", "Time until people act"
TIRED, MONEY = "Many messages", "Orders after a message"
OMNISEND = "Omnisend H1 2021"
OPENS = "fitted to three studies of opens by hour (Inntopia, MarketingCharts, i-emailer)"
CLICKS = "fitted to ten million mails by day"
KINDS = {
    "welcome": "a welcome email",
    "cart": "an abandoned-cart email",
    "confirm": "a confirmation email",
    "product": "a product email (back in stock, price drop)",
    "browse": "a browse-abandonment email",
    "birthday": "a birthday email",
    "post_purchase": "a post-purchase email",
    "winback": "a win-back email",
}
_TEXTS = {
    "cart": "an abandoned-cart text",
    "welcome": "a welcome text",
    "winback": "a win-back text",
    "campaign": "a text of any other kind",
}


def of_answers(behaviour: Behaviour) -> Iterator[Line]:
    """A line for every figure of the behaviour file."""
    for kind in behaviour.email:
        yield from _email(kind)
    yield from _default_email()
    for kind in behaviour.sms:
        yield from _text(kind)
    yield from _others()
    yield from _times()
    yield from _spending()
    yield from _fatigue()


def _email(kind: str) -> Iterator[Line]:
    what = KINDS.get(kind, f"an email of the kind “{kind}”")
    source = OMNISEND if kind in KINDS else NO_SOURCE
    ordered = "Omnisend Q2 2020" if kind == "post_purchase" else source
    path = ("behaviour", "email", kind)
    note = "Opens by people, from before mail software opened messages by itself."
    yield Line((*path, "0"), f"{{}} of people open {what}", "share", source, EMAIL, note)
    yield Line((*path, "1"), f"{{}} of those who open {what} click", "share", source, EMAIL)
    yield Line((*path, "2"), f"{{}} of those who click in {what} order", "share", ordered, EMAIL)


def _default_email() -> Iterator[Line]:
    def line(name: str, sentence: str, source: str, note: str = "") -> Line:
        return Line(("behaviour", "default_email", name), sentence, "share", source, EMAIL, note)

    middle = f"middle of the kinds, {OMNISEND}"
    yield line("open", "{} of people open an email of no known kind", middle)
    yield line("click_given_open", "{} of those who open an email of no known kind click", middle)
    yield line(
        "order_given_click",
        "{} of those who click in an email of no known kind order",
        "Klaviyo 2024, all flows",
    )
    yield line("unsub", "{} of emails make someone unsubscribe", "Klaviyo 2024, all flows")
    yield line(
        "machine_open",
        "{} of emails that nobody opens are opened by mail software",
        NO_SOURCE,
        "Set so that measured opens come to about half, as Klaviyo 2024 reports (52 %).",
    )


def _text(kind: str) -> Iterator[Line]:
    what = _TEXTS.get(kind, f"a text of the kind “{kind}”")
    source = "Postscript 2020" if kind in _TEXTS else NO_SOURCE
    path = ("behaviour", "sms", kind)
    yield Line((*path, "click"), f"{{}} of people click in {what}", "share", source, TEXT)
    yield Line((*path, "order"), f"{{}} of people order after {what}", "share", source, TEXT)
    yield Line((*path, "unsub"), f"{{}} of people unsubscribe after {what}", "share", source, TEXT)


def _others() -> Iterator[Line]:
    def line(channel: str, name: str, sentence: str) -> Line:
        return Line(("behaviour", channel, name), sentence, "share", NO_SOURCE, TEXT)

    yield line("push", "open", "{} of people open a push message")
    yield line("push", "order", "{} of people order after a push message")
    yield line("whatsapp", "click", "{} of people click in a WhatsApp message")
    yield line("whatsapp", "order", "{} of people order after a WhatsApp message")
    yield line("whatsapp", "unsub", "{} of people would leave after a WhatsApp message")


def _times() -> Iterator[Line]:
    yield from _delay("open_delay_h", "half of those who open an email do so within {}", OPENS)
    yield from _delay(
        "click_delay_h", "half of those who click in an email do so within {}", CLICKS
    )
    yield from _delay("order_delay_h", "half of those who order after a click do so within {}")
    yield from _delay("reading_delay_h", "half of those who go on from an email do so within {}")
    yield from _delay("machine_open_delay_h", "half of what mail software opens it opens within {}")
    yield from _delay("sms_click_delay_h", "half of those who click in a text do so within {}")
    yield from _delay("push_open_delay_h", "half of those who open a push message do so within {}")


def _delay(name: str, sentence: str, source: str = NO_SOURCE) -> Iterator[Line]:
    path = ("behaviour", name)
    said = sentence[:1].upper() + sentence[1:]
    spread = said.split(" do so")[0].split(" it opens")[0]
    yield Line((*path, "median"), said, "hours", source, TIME)
    yield Line(
        (*path, "sigma"),
        f"The delays of these spread by {{}}: {spread[:1].lower()}{spread[1:]}",
        "number",
        source,
        TIME,
        "Standard deviation of the delay's logarithm.",
    )


def _spending() -> Iterator[Line]:
    yield Line(
        ("behaviour", "default_email", "aov"),
        "An order after a message is worth {} on average",
        "amount",
        "Klaviyo 2024, welcome emails: revenue per recipient over order rate",
        MONEY,
    )
    yield from spend_lines(("behaviour", "spend"), "after a message", MONEY)


def spend_lines(path: tuple[str, ...], which: str, group: str) -> Iterator[Line]:
    """The two shapes of gamma-gamma spend."""
    source = "Fader, Hardie and Lee 2005 (CDNOW)"
    first = f"One person's orders {which} vary around their own level with shape {{}}"
    second = f"Levels of spending {which} vary between people with shape {{}}"
    note = "Gamma-gamma; the larger, the more alike."
    yield Line((*path, "p"), first, "number", source, group, note)
    yield Line((*path, "q"), second, "number", source, group, note)


def _fatigue() -> Iterator[Line]:
    def line(name: str, sentence: str, unit: Unit) -> Line:
        note = "Invented: there is no public figure."
        return Line(("behaviour", "fatigue", name), sentence, unit, NO_SOURCE, TIRED, note)

    yield line("half_life_days", "A message weighs half on the next after {}", "days")
    yield line(
        "open_multiplier_per_extra_message",
        "Each recent message makes opening {} times as likely",
        "factor",
    )
    yield line(
        "unsub_multiplier", "Each recent message makes unsubscribing {} times as likely", "factor"
    )
