"""Which values a template names, where, and whether it can do without them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.template.base import Node, NodeList
from django.template.defaulttags import FirstOfNode, ForNode, IfNode, TemplateLiteral, WithNode

from flows.templates.blocks import HeldNode
from flows.templates.compiled import compile_template
from flows.templates.parsing import Expression
from flows.templates.tags import MadeNode

_DEFAULTS = {"default", "default_if_none"}
_GIVEN = {"forloop", "organization", "feeds", "True", "False", "None"}


@dataclass(frozen=True, slots=True)
class Variable:
    """One mention of a value. `path` joins names by dots, a `lookup` like a plain step."""

    path: str
    line: int
    guarded: bool
    """The message stays whole without the value: a `default`, or an `if` that asks for it."""


@dataclass(frozen=True, slots=True)
class _Around:
    """What holds at a place: names that the template itself gives, paths that were asked for."""

    given: frozenset[str] = frozenset(_GIVEN)
    asked: frozenset[str] = frozenset()

    def giving(self, *names: str) -> _Around:
        return _Around(self.given | set(names), self.asked)

    def asking(self, paths: set[str]) -> _Around:
        return _Around(self.given, self.asked | paths)


def variables(source: str) -> tuple[Variable, ...]:
    """Every mention of a profile, event or object value, in the order of the text.

    Names that the template gives itself (loops, `with`, `as`) are left out, as are the account's.
    Raises TemplateProblemError for a template that cannot be read.
    """
    return tuple(_nodes(compile_template(source).nodelist, _Around()))


def _nodes(nodes: NodeList, around: _Around) -> Iterator[Variable]:
    for node in nodes:
        yield from _node(node, around)
        if isinstance(node, MadeNode) and node.name:
            around = around.giving(node.name)


def _node(node: Node, around: _Around) -> Iterator[Variable]:
    match node:
        case IfNode():
            yield from _branches(node, around)
        case ForNode():
            yield from _mentions(node.sequence, around, guarded=bool(node.nodelist_empty))
            yield from _nodes(node.nodelist_loop, around.giving(*node.loopvars))
            yield from _nodes(node.nodelist_empty, around)
        case WithNode():
            for value in node.extra_context.values():
                yield from _mentions(value, around)
            yield from _nodes(node.nodelist, around.giving(*node.extra_context))
        case HeldNode():
            if node.about is not None:
                yield from _mentions(node.about, around)
            yield from _nodes(node.nodelist, around.giving(node.name))
        case FirstOfNode():
            for value in node.vars:
                yield from _mentions(value, around, guarded=value is not node.vars[-1])
        case _:
            yield from _plain(node, around)


def _plain(node: Node, around: _Around) -> Iterator[Variable]:
    """Any other node: the expressions it holds, then its bodies."""
    for held in vars(node).values():
        for value in held if isinstance(held, list | tuple) else (held,):
            if isinstance(value, Expression):
                yield from _mentions(value, around)
    for name in node.child_nodelists:
        yield from _nodes(getattr(node, name, ()), around)


def _branches(node: IfNode, around: _Around) -> Iterator[Variable]:
    conditions = [condition for condition, _ in node.conditions_nodelists if condition is not None]
    questions = [value for condition in conditions for value in _operands(condition)]
    asked = {path for value in questions if (path := _path(value)) is not None}
    for value in questions:
        yield from _mentions(value, around, guarded=True)
    for _, body in node.conditions_nodelists:
        yield from _nodes(body, around.asking(asked))


def _operands(condition: Any) -> Iterator[Expression]:
    """The values that a condition compares, through its `and`, `or`, `not`."""
    if isinstance(condition, TemplateLiteral):
        yield condition.value
        return
    for side in (condition.first, condition.second):
        if side is not None:
            yield from _operands(side)


def _mentions(value: Expression, around: _Around, *, guarded: bool = False) -> Iterator[Variable]:
    path = _path(value)
    if path is not None and path.split(".")[0] not in around.given:
        safe = guarded or path in around.asked
        safe = safe or any(step.name in _DEFAULTS for step in value.applications)
        yield Variable(path, value.line, safe)
    for step in value.applications:
        for argument in step.arguments:
            if argument.path is not None and argument.path[0] not in around.given:
                inner = ".".join(argument.path)
                yield Variable(inner, value.line, guarded or inner in around.asked)


def _path(value: Expression) -> str | None:
    """The path that an expression starts from, lookups by a literal included."""
    if value.operand.path is None:
        return None
    steps = list(value.operand.path)
    for application in value.applications:
        if application.name != "lookup" or application.arguments[0].path is not None:
            break
        steps.append(str(application.arguments[0].literal))
    return ".".join(steps)
