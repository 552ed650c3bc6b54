"""What a template asks of the account: coupons, feeds, products, custom objects, links."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from django.template.base import Node

from flows.templates.account_tags import coupon_code
from flows.templates.blocks import CatalogNode, HeldNode, ObjectNode, ObjectsNode
from flows.templates.compiled import compile_template
from flows.templates.errors import TemplateProblemError
from flows.templates.parsing import Expression
from flows.templates.tags import MadeNode

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
    items: tuple[Product, ...] = ()
    """All products that it tells of, as far as the text says which they are."""
    objects: tuple[str, ...] = ()
    """Types of custom objects; "" stands for one that is named by its id alone."""
    tags: tuple[str, ...] = ()
    """Klaviyo's tags, blocks included, each once."""

    @classmethod
    def together(cls, several: Iterable[Uses]) -> Uses:
        """What several texts ask for, each thing once."""
        told = tuple(several)
        return cls(
            broken=any(one.broken for one in told),
            coupons=tuple(dict.fromkeys(name for one in told for name in one.coupons)),
            feeds=tuple(dict.fromkeys(name for one in told for name in one.feeds)),
            products=tuple(dict.fromkeys(held for one in told for held in one.products)),
            items=tuple(dict.fromkeys(held for one in told for held in one.items)),
            objects=tuple(dict.fromkeys(name for one in told for name in one.objects)),
            tags=tuple(dict.fromkeys(name for one in told for name in one.tags)),
        )


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
    nodes = tuple(template.nodelist.get_nodes_by_type(Node))
    return Uses(
        coupons=tuple(dict.fromkeys(_coupons(nodes))),
        feeds=tuple(dict.fromkeys(_feeds(source))),
        products=tuple(dict.fromkeys(_products(nodes, cancelling=True))),
        items=tuple(dict.fromkeys(_products(nodes, cancelling=False))),
        objects=tuple(dict.fromkeys(_objects(nodes))),
        tags=tuple(dict.fromkeys(_tags(nodes))),
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


def _coupons(nodes: Iterable[Node]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, MadeNode) and node.make is coupon_code:
            literal = node.arguments[0].operand.literal
            if literal:
                yield str(literal)


def _products(nodes: Iterable[Node], *, cancelling: bool) -> Iterator[Product]:
    for node in nodes:
        if isinstance(node, CatalogNode) and (node.cancels or not cancelling) and node.about:
            product = _product(node.about)
            if product:
                yield product


def _objects(nodes: Iterable[Node]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ObjectNode | ObjectsNode):
            yield node.title or ""


def _tags(nodes: Iterable[Node]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, MadeNode | HeldNode):
            yield node.tag


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
