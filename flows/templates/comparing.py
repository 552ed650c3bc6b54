"""The tag `if`: Django's, in which what is missing comes before every number (semantics B.13)."""

from __future__ import annotations

from collections.abc import Callable
from operator import ge, gt, le, lt
from typing import Any

from django.template.base import NodeList, Token
from django.template.defaulttags import IfNode, TemplateIfParser
from django.template.exceptions import TemplateSyntaxError
from django.template.smartif import OPERATORS, infix

from flows.templates.parsing import SafeParser

_AS_IN_DJANGO = OPERATORS["<"].lbp
_LOWEST = float("-inf")


def _ordered(compare: Callable[[Any, Any], bool]) -> Any:
    """The operator that orders numbers, None as the lowest, and texts among texts."""

    def judge(context: Any, left: Any, right: Any) -> bool:
        one, other = left.eval(context), right.eval(context)
        if one is None and isinstance(other, int | float):
            one = _LOWEST
        elif other is None and isinstance(one, int | float):
            other = _LOWEST
        return compare(one, other)

    return infix(_AS_IN_DJANGO, judge)


_ORDERS = {"<": _ordered(lt), "<=": _ordered(le), ">": _ordered(gt), ">=": _ordered(ge)}
for _sign, _operator in _ORDERS.items():
    _operator.id = _sign


class _Conditions(TemplateIfParser):  # type: ignore[misc]
    def translate_token(self, token: Any) -> Any:
        order = _ORDERS.get(token) if isinstance(token, str) else None
        return super().translate_token(token) if order is None else order()


def choose(parser: SafeParser, token: Token) -> IfNode:
    """`if`, any number of `elif`, perhaps `else`, `endif`."""
    branches: list[tuple[Any, NodeList]] = []
    while token.contents.split(" ", 1)[0] in {"if", "elif"}:
        condition = _Conditions(parser, token.split_contents()[1:]).parse()
        branches.append((condition, parser.parse(("elif", "else", "endif"))))
        token = parser.next_token()
    if token.contents == "else":
        branches.append((None, parser.parse(("endif",))))
        token = parser.next_token()
    if token.contents != "endif":
        raise TemplateSyntaxError(f"“{token.contents}” does not stand where it may")
    return IfNode(branches)
