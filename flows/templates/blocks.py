"""Blocks in which one more name stands for something of the account: a product, custom objects."""

from __future__ import annotations

from typing import Any

from django.template.base import Node, NodeList, Token
from django.template.exceptions import TemplateSyntaxError

from flows.templates.budget import BudgetContext
from flows.templates.parsing import Expression, SafeParser
from flows.templates.products import PRODUCT

_CANCELS = ('unpublished="cancel"', "unpublished='cancel'")


class HeldNode(Node):  # type: ignore[misc]
    """A block with one more name; each kind finds by itself what stands there."""

    tag = ""

    def __init__(self, name: str, nodelist: NodeList, about: Expression | None = None) -> None:
        self.name = name
        self.nodelist = nodelist
        self.about = about
        """The value that names what is held."""

    def found(self, context: BudgetContext, about: Any) -> Any:
        """What the name stands for; nothing, unless a kind of block says more."""
        return None

    def render(self, context: BudgetContext) -> str:
        about = self.about and self.about.resolve(context, ignore_failures=True)
        context.budget.work(None, (about,), 1, heavy=False)
        held = self.found(context, about)
        context.budget.result(held)
        with context.push({self.name: held}):
            return str(self.nodelist.render(context))


class CatalogNode(HeldNode):
    """A product, by its id: that of the catalogue, else a placeholder where there is none."""

    tag = "catalog"
    cancels = False
    """Whether the message is not sent where the product cannot be had."""

    def found(self, context: BudgetContext, about: Any) -> Any:
        products = context.occasion.products
        return PRODUCT if products is None else products.item(str(about), context.occasion.now)


class ObjectNode(HeldNode):
    """A custom object of the person, by its id; empty where they have none such."""

    tag = "customobject"
    title: str | None = None
    """The type it is looked for in; None for all."""

    def found(self, context: BudgetContext, about: Any) -> Any:
        for title, objects in context.occasion.objects.items():
            if self.title in {None, title}:
                for one in objects:
                    if str(one.get("id")) == str(about):
                        return dict(one)
        return {}


class ObjectsNode(HeldNode):
    """All custom objects of a type that the person has."""

    tag = "customobjects"
    title = ""

    def found(self, context: BudgetContext, about: Any) -> Any:
        return [dict(one) for one in context.occasion.objects.get(self.title, ())]


def catalog(parser: SafeParser, token: Token) -> CatalogNode:
    """`catalog id [integration="…"] [unpublished="cancel"] … endcatalog`."""
    bits = token.split_contents()
    if len(bits) < 2:
        raise TemplateSyntaxError("“catalog” takes the id of a product")
    about = parser.compile_filter(bits[1])
    node = CatalogNode("catalog_item", _body(parser, "endcatalog"), about)
    node.cancels = any(bit in _CANCELS for bit in bits[2:])
    return node


def customobject(parser: SafeParser, token: Token) -> ObjectNode:
    """`customobject id=… [object_type_title="…"] as name … endcustomobject`."""
    given, name = _given(token)
    if "id" not in given:
        raise TemplateSyntaxError("“customobject” takes the id of an object: id=…")
    about = parser.compile_filter(given["id"])
    node = ObjectNode(name, _body(parser, "endcustomobject"), about)
    node.title = _unquoted(given["object_type_title"]) if "object_type_title" in given else None
    return node


def customobjects(parser: SafeParser, token: Token) -> ObjectsNode:
    """`customobjects object_type_title="…" as name … endcustomobjects`."""
    given, name = _given(token)
    if "object_type_title" not in given:
        raise TemplateSyntaxError("“customobjects” takes a type of objects: object_type_title=…")
    node = ObjectsNode(name, _body(parser, "endcustomobjects"))
    node.title = _unquoted(given["object_type_title"])
    return node


def _given(token: Token) -> tuple[dict[str, str], str]:
    """What stands as `key=value`, and the name behind `as`."""
    tag, *bits = token.split_contents()
    if len(bits) < 2 or bits[-2] != "as":
        raise TemplateSyntaxError(f"“{tag}” ends with “as” and a name")
    return dict(bit.split("=", 1) for bit in bits[:-2] if "=" in bit), bits[-1]


def _unquoted(text: str) -> str:
    return text[1:-1] if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"" else text


def _body(parser: SafeParser, end: str) -> NodeList:
    body = parser.parse((end,))
    parser.delete_first_token()
    return body


BLOCKS = {"catalog": catalog, "customobject": customobject, "customobjects": customobjects}
