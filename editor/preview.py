"""What a message looks like to one person: the template rendered, in a page that loads nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flows.document import Flow
from flows.templates import About, Occasion, TemplateProblemError, render
from simulator.channels.account import Account
from simulator.channels.compose import INFO, STOP
from simulator.channels.page import prepared

_POLICY = (
    '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
    "img-src data:; style-src 'unsafe-inline'; font-src data:\">"
)
_FRAME_STYLE = (
    "<style>body{margin:16px;font:15px/1.5 system-ui,sans-serif;color:#1c1c24;background:#fff;"
    "overflow-wrap:anywhere}img{max-width:100%}</style>"
)


@dataclass(frozen=True, slots=True)
class Example:
    """A person to show messages to, with the event that started their run."""

    name: str
    person: dict[str, Any] = field(default_factory=dict)
    event: dict[str, Any] = field(default_factory=dict)


_BASKET: dict[str, Any] = {
    "$value": 58.0,
    "value": 58.0,
    "OrderId": "10482",
    "Items": ["Smoked oolong, 100 g", "Glass teapot"],
    "ItemCount": 2,
    "ProductName": "Smoked oolong, 100 g",
    "Price": 14.5,
    "Categories": ["Oolong", "Smoked teas"],
    "CheckoutURL": "https://www.example.com/checkout/10482",
    "URL": "https://www.example.com/oolong",
}
EXAMPLES = (
    Example(
        "Ada, a regular",
        {
            "first_name": "Ada",
            "last_name": "Marlowe",
            "email": "ada@example.com",
            "phone_number": "+442079460123",
            "city": "Bristol",
            "region": "England",
            "country": "United Kingdom",
            "zip": "BS1 4ND",
            "birthday": "1990-04-12",
        },
        _BASKET,
    ),
    Example(
        "Someone new, no name",
        {"email": "new@example.com", "first_name": "", "last_name": "", "country": "Germany"},
        {**_BASKET, "$value": 9.5, "value": 9.5, "Items": ["Smoked oolong, 100 g"], "ItemCount": 1},
    ),
)


@dataclass(frozen=True, slots=True)
class View:
    """For whom a message of a flow is shown, and who sends it."""

    flow: Flow
    account: Account = field(default_factory=Account)
    example: Example = EXAMPLES[0]

    def values(self) -> dict[str, Any]:
        """What templates may name."""
        about = About(
            profile_id="example",
            person=self.example.person,
            event=self.example.event,
            organization=self.account.organization(),
        )
        return about.values()


@dataclass(frozen=True, slots=True)
class Rendered:
    """A text for one person, or why there is none."""

    text: str
    problem: str = ""


def rendered(source: str, view: View, *, html: bool = False) -> Rendered:
    """The template for this person; a template that cannot be read gives the reason."""
    occasion = Occasion(currency=view.account.currency)
    try:
        return Rendered(render(source, view.values(), html=html, occasion=occasion))
    except TemplateProblemError as problem:
        return Rendered("", str(problem))


def page(source: str, view: View) -> Rendered:
    """The message's body, HTML or MJML, as a page that loads nothing from outside."""
    try:
        body = rendered(prepared(source), view, html=True)
    except TemplateProblemError as problem:
        return Rendered("", str(problem))
    return Rendered(f"{_POLICY}{_FRAME_STYLE}{body.text}", body.problem)


def text_message(message: Mapping[str, Any], view: View) -> Rendered:
    """A text message as it arrives, with the name before it and the closing words after it."""
    body = rendered(str(message.get("body") or ""), view)
    named = message.get("add_org_prefix", True) and view.account.name
    closing = [STOP] if message.get("add_opt_out_language") else []
    closing += [INFO] if message.get("add_info_link", True) else []
    start = f"{view.account.name}: " if named else ""
    return Rendered("\n".join([start + body.text.strip(), *closing]), body.problem)
