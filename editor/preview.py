"""What a message looks like to one person: the template rendered, in a page that loads nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from flows.document import Flow
from flows.templates import TemplateProblemError, render
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

    def context(self, flow: Flow) -> dict[str, Any]:
        """What templates may name."""
        return {
            **self.person,
            "person": self.person,
            "event": self.event,
            "organization": _ORGANIZATION,
            "flow": {"name": flow.name, "id": flow.id},
        }


_ORGANIZATION = {
    "name": "Juniper & Slate",
    "full_address": "12 Harbour Street, Bristol BS1 4ND",
    "url": "https://www.example.com",
    "email": "hello@example.com",
}
_ITEM = {
    "ProductName": "Smoked oolong, 100 g",
    "Name": "Smoked oolong, 100 g",
    "SKU": "TEA-204",
    "Quantity": 2,
    "ItemPrice": 14.5,
    "RowTotal": 29.0,
    "Brand": "Juniper & Slate",
    "Categories": ["Tea", "Oolong"],
    "URL": "https://www.example.com/oolong",
    "ProductURL": "https://www.example.com/oolong",
    "ImageURL": "",
}
_BASKET = {
    "$value": 58.0,
    "value": 58.0,
    "OrderId": "10482",
    "Items": [_ITEM, {**_ITEM, "ProductName": "Glass teapot", "Name": "Glass teapot"}],
    "ItemNames": ["Smoked oolong, 100 g", "Glass teapot"],
    "ProductName": "Smoked oolong, 100 g",
    "CheckoutURL": "https://www.example.com/checkout/10482",
    "URL": "https://www.example.com/oolong",
    "extra": {"line_items": [], "checkout_url": "https://www.example.com/checkout/10482"},
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
        {**_BASKET, "$value": 9.5, "value": 9.5, "Items": [_ITEM]},
    ),
)


@dataclass(frozen=True, slots=True)
class Rendered:
    """A text for one person, or why there is none."""

    text: str
    problem: str = ""


def rendered(source: str, flow: Flow, example: Example, *, html: bool = False) -> Rendered:
    """The template for this person; a template that cannot be read gives the reason."""
    try:
        return Rendered(render(source, example.context(flow), html=html))
    except TemplateProblemError as problem:
        return Rendered("", str(problem))


def page(source: str, flow: Flow, example: Example) -> Rendered:
    """The message's body, HTML or MJML, as a page that loads nothing from outside."""
    try:
        body = rendered(prepared(source), flow, example, html=True)
    except TemplateProblemError as problem:
        return Rendered("", str(problem))
    return Rendered(f"{_POLICY}{_FRAME_STYLE}{body.text}", body.problem)
