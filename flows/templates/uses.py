"""What a template asks of the account: coupons, feeds, and products that must be there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from django.template.base import Node

from flows.templates.account_tags import coupon_code
from flows.templates.compiled import SafeTemplate, compile_template
from flows.templates.errors import TemplateProblemError
from flows.templates.parsing import Expression
from flows.templates.tags import HeldNode, MadeNode

_TAG = re.compile(r"\{[{%#]")
_WITHIN = re.compile(r"\{[{%](.*?)[%}]\}", re.DOTALL)
_FEED = re.compile(r"""\bfeeds(?:\.(\w+)|\s*\|\s*lookup:\s*(?:'([^']+)'|"([^"]+)"))""")


@dataclass(frozen=True, slots=True)
class Product:
    """How a template names a product: by its id, or by the path to a value that holds it."""

    id: str | None = None
    path: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Uses:
    """What must be there for the message to be sent."""

    broken: bool = False
    """The template cannot be read."""
    coupons: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()
    products: tuple[Product, ...] = ()
    """Those without which the message is cancelled, as far as the text says which they are."""


_NOTHING = Uses()


@lru_cache(maxsize=1024)
def uses(source: str) -> Uses:
    """What a template asks for, wherever in it that stands; a text without tags is not read."""
    if not _TAG.search(source):
        return _NOTHING
    try:
        template = compile_template(source)
    except TemplateProblemError:
        return Uses(broken=True)
    return Uses(
        coupons=tuple(dict.fromkeys(_coupons(template))),
        feeds=tuple(dict.fromkeys(_feeds(source))),
        products=tuple(dict.fromkeys(_products(template))),
    )


def fault(source: str) -> str | None:
    """What keeps a template from being read, with its line; None where nothing does."""
    if not uses(source).broken:
        return None
    try:
        compile_template(source)
    except TemplateProblemError as error:
        return str(error)
    return None


def _feeds(source: str) -> Iterator[str]:
    for tag in _WITHIN.findall(source):
        for names in _FEED.findall(tag):
            yield next(filter(None, names))


def _coupons(template: SafeTemplate) -> Iterator[str]:
    for node in template.nodelist.get_nodes_by_type(MadeNode):
        literal = node.make is coupon_code and node.arguments[0].operand.literal
        if literal:
            yield str(literal)


def _products(template: SafeTemplate) -> Iterator[Product]:
    for node in template.nodelist.get_nodes_by_type(Node):
        if isinstance(node, HeldNode) and node.cancels and node.about is not None:
            product = _product(node.about)
            if product:
                yield product


def _product(about: Expression) -> Product | None:
    """What a literal or a plain path names; None for anything that has to be worked out."""
    if about.operand.path is None:
        return None if about.applications else Product(id=str(about.operand.literal))
    steps = list(about.operand.path)
    for step in about.applications:
        if step.name != "lookup" or step.arguments[0].path is not None:
            return None
        steps.append(str(step.arguments[0].literal))
    return Product(path=tuple(steps))
