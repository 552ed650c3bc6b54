"""The tags a template may use: Django's that are safe, and Klaviyo's (semantics B.13)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.template import defaulttags
from django.template.base import Node, Token
from django.template.exceptions import TemplateSyntaxError

from flows.templates import account_tags
from flows.templates.blocks import BLOCKS
from flows.templates.budget import BudgetContext
from flows.templates.comparing import choose
from flows.templates.parsing import Expression, SafeParser, Turn

Maker = Callable[..., str]
_DJANGO = (
    "autoescape",
    "comment",
    "filter",
    "resetcycle",
    "spaceless",
    "templatetag",
    "verbatim",
    "widthratio",
    "with",
)
"""Django's own that render their body once, read no file and call nothing."""


_TAG_COST = 10
"""Steps that a tag takes at least."""


class MadeNode(Node):  # type: ignore[misc]
    """A tag that prints what a function makes of the account and its arguments."""

    child_nodelists = ()

    def __init__(
        self, tag: str, make: Maker, arguments: list[Expression], name: str | None
    ) -> None:
        self.tag = tag
        self.make = make
        self.arguments = arguments
        self.name = name
        """`as name`: the text is kept under it and not printed."""

    def render(self, context: BudgetContext) -> str:
        values = [argument.resolve(context, ignore_failures=True) for argument in self.arguments]
        context.budget.work(None, values, _TAG_COST, heavy=False)
        text = self.make(context.occasion, *values, html=context.autoescape)
        context.budget.text(text)
        if self.name is None:
            return text
        context[self.name] = text
        return ""


def _made(make: Maker, most: int, least: int = 0) -> Callable[[SafeParser, Token], MadeNode]:
    """The tag for a function: so many values, perhaps `as name`; `key=value` is passed over."""

    def read(parser: SafeParser, token: Token) -> MadeNode:
        tag, *bits = token.split_contents()
        name = None
        if len(bits) >= 2 and bits[-2] == "as":
            *bits, _, name = bits
        values = [bit for bit in bits if "=" not in bit or bit[0] in "'\""]
        if not least <= len(values) <= most:
            raise TemplateSyntaxError(f"“{tag}” takes {_span(least, most)}")
        return MadeNode(tag, make, [parser.compile_filter(value) for value in values], name)

    return read


def _span(least: int, most: int) -> str:
    if most == 0:
        return "no values"
    return (
        f"{most} value{'s' if most > 1 else ''}" if least == most else f"{least} to {most} values"
    )


def _loop(parser: SafeParser, token: Token) -> Node:
    """Django's `for`, whose turns are charged to the budget."""
    around, parser.body = parser.body, Turn(0, 0)
    node = defaulttags.do_for(parser, token)
    node.nodelist_loop.insert(0, parser.body)
    parser.body = around
    return node


def _printing(name: str) -> Callable[[SafeParser, Token], Node]:
    """Django's tag that prints one of its values, each charged for that."""
    read = defaulttags.register.tags[name]

    def printing(parser: SafeParser, token: Token) -> Node:
        node = read(parser, token)
        held: Any = node
        for expression in held.vars if name == "firstof" else held.cyclevars:
            expression.prints = True
        return node

    return printing


def _render_variable(parser: SafeParser, token: Token) -> MadeNode:
    """`render_variable preview_text`: the only variable the reference names."""
    if token.split_contents()[1:] != ["preview_text"]:
        raise TemplateSyntaxError("“render_variable” knows only “preview_text”")
    return MadeNode("render_variable", account_tags.preview_text, [], None)


TAGS: dict[str, Callable[..., Node]] = {
    **{name: defaulttags.register.tags[name] for name in _DJANGO},
    **{name: _made(make, most, least) for name, (make, least, most) in account_tags.TAGS.items()},
    **{name: _printing(name) for name in ("cycle", "firstof")},
    **BLOCKS,
    "for": _loop,
    "if": choose,
    "render_variable": _render_variable,
}
