"""The parser: known tags and filters only, values that are looked up and never called."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple

from django.template.base import (
    FilterExpression,
    Node,
    NodeList,
    Parser,
    TextNode,
    Token,
    Variable,
    VariableNode,
    render_value_in_context,
)
from django.template.exceptions import TemplateSyntaxError
from django.utils.safestring import SafeData, mark_safe
from django.utils.timezone import template_localtime

from flows.templates.budget import MAX_NESTING, MAX_PARTS, BudgetContext

MISSING: Any = object()


def descend(value: Any, bit: str) -> Any:
    """One step into a dict or a list; MISSING where there is nothing. Nothing is ever called."""
    if isinstance(value, dict):
        return value.get(bit, MISSING)
    if isinstance(value, list | tuple) and bit.isdecimal() and int(bit) < len(value):
        return value[int(bit)]
    return MISSING


class Operand:
    """A literal, or the steps of a path into the context."""

    __slots__ = ("literal", "path")

    def __init__(self, variable: Any) -> None:
        known = isinstance(variable, Variable)
        self.literal = variable.literal if known else variable
        self.path: tuple[str, ...] | None = variable.lookups if known else None

    def value(self, context: BudgetContext) -> Any:
        """The value, or MISSING."""
        if self.path is None:
            return self.literal
        value = context.get(self.path[0], MISSING)
        for bit in self.path[1:]:
            value = descend(value, bit)
        return value


class Application(NamedTuple):
    """One filter of a chain with its arguments, and how Django wants it called."""

    name: str
    function: Callable[..., Any]
    arguments: tuple[Operand, ...]
    local: bool
    escaping: bool
    keeps_safe: bool
    timed: bool
    """It is told the moment of sending."""
    selects: bool
    """It only picks out of a value, so it makes nothing that could grow."""
    heavy: bool
    """It looks at every character or item."""
    cost: int
    """The steps that a call takes at least."""

    def given(self, context: BudgetContext) -> tuple[Any, ...]:
        """The arguments' values, "" for one that is missing."""
        values = [operand.value(context) for operand in self.arguments]
        return tuple("" if value is MISSING else value for value in values)


class Expression(FilterExpression):  # type: ignore[misc]
    """A value with its filters, resolved under the budget."""

    __slots__ = ("applications", "line", "operand", "prints")

    def __init__(self, token: str, parser: SafeParser) -> None:
        super().__init__(token, parser)
        self.line = parser.line
        self.prints = False
        """Whether a tag writes the value into the message as it is."""
        self.operand = Operand(self.var)
        self.applications = tuple(
            Application(
                getattr(function, "_filter_name", function.__name__),
                function,
                tuple(Operand(argument) for _, argument in arguments),
                getattr(function, "expects_localtime", False),
                getattr(function, "needs_autoescape", False),
                getattr(function, "is_safe", False),
                getattr(function, "needs_now", False),
                getattr(function, "selects", False),
                getattr(function, "heavy", False),
                getattr(function, "cost", 1),
            )
            for function, arguments in self.filters
        )

    @staticmethod
    def args_check(name: str, function: Callable[..., Any], provided: list[Any]) -> bool:
        """As Django does it, looking at each filter once."""
        most, least = _arity(function)
        if not least <= len(provided) + 1 <= most:
            told = f"{name} requires {least} arguments, {len(provided) + 1} provided"
            raise TemplateSyntaxError(told)
        return True

    def resolve(self, context: BudgetContext, ignore_failures: bool = False) -> Any:
        """The value; a missing one is nothing ("" to print, None to a tag)."""
        budget = context.budget
        budget.line = self.line
        value = self.operand.value(context)
        if value is MISSING:
            value = None if ignore_failures else ""
        budget.value(value)
        for application in self.applications:
            given = application.given(context) if application.arguments else ()
            if not application.selects:
                budget.work(value, given, application.cost, heavy=application.heavy)
            value = _apply(application, value, given, context)
            (budget.value if application.selects else budget.result)(value)
        if self.prints:
            budget.result(value)
            if isinstance(value, str):
                budget.text(value)
        return value


@lru_cache(maxsize=1024)
def _arity(function: Callable[..., Any]) -> tuple[int, int]:
    """How many values a filter takes at most and at least, the filtered one among them."""
    asked = inspect.getfullargspec(inspect.unwrap(function))
    return len(asked.args), len(asked.args) - len(asked.defaults or ())


def _apply(
    application: Application, value: Any, arguments: tuple[Any, ...], context: BudgetContext
) -> Any:
    if application.local:
        value = template_localtime(value, context.use_tz)
    if application.timed:
        return application.function(value, *arguments, now=context.occasion.now)
    if application.escaping:
        made = application.function(value, *arguments, autoescape=context.autoescape)
    else:
        made = application.function(value, *arguments)
    if application.keeps_safe and isinstance(value, SafeData):
        return mark_safe(made)
    return made


class OutputNode(VariableNode):  # type: ignore[misc]
    """A value printed, charged to the budget."""

    def render(self, context: BudgetContext) -> str:
        value = self.filter_expression.resolve(context)
        if not isinstance(value, str):
            context.budget.result(value)
        text: str = render_value_in_context(value, context)
        context.budget.text(text)
        return text


class Turn(Node):  # type: ignore[misc]
    """Stands first in a loop's body and charges the budget for each turn."""

    child_nodelists = ()

    def __init__(self, steps: int, characters: int) -> None:
        self.steps = steps
        self.characters = characters

    def render(self, context: BudgetContext) -> str:
        context.budget.turn(self.steps, self.characters)
        return ""


class SafeParser(Parser):  # type: ignore[misc]
    """Django's parser with our tags, filters and limits; keeps the line for messages."""

    def __init__(self, tokens: list[Token], tags: dict[str, Any], filters: dict[str, Any]) -> None:
        super().__init__(tokens)
        self.tags = tags
        self.filters = filters
        self.line = 1
        self.depth = 0
        self.parts = 0
        self.body = Turn(0, 0)
        """What one turn of the innermost loop will cost, counted while its body is read."""

    def next_token(self) -> Token:
        token = super().next_token()
        self.line = token.lineno
        return token

    def parse(self, parse_until: tuple[str, ...] | None = None) -> NodeList:
        self.depth += 1
        if self.depth > MAX_NESTING:
            raise TemplateSyntaxError(f"Tags are nested deeper than {MAX_NESTING}.")
        nodes = super().parse(parse_until)
        self.depth -= 1
        return nodes

    def compile_filter(self, token: str) -> Expression:
        self._count(1 + token.count("|"))
        return Expression(token, self)

    def _count(self, parts: int) -> None:
        self.parts += parts
        if self.parts > MAX_PARTS:
            raise TemplateSyntaxError(f"The template has more than {MAX_PARTS:,} tags and filters.")

    def extend_nodelist(self, nodelist: NodeList, node: Node, token: Token) -> None:
        if isinstance(node, VariableNode):
            node = OutputNode(node.filter_expression)
        self.body.steps += 1
        if not isinstance(node, TextNode):
            self._count(1)
        self.body.characters += len(node.s) if isinstance(node, TextNode) else 0
        super().extend_nodelist(nodelist, node, token)

    def invalid_block_tag(
        self, token: Token, command: str, parse_until: tuple[str, ...] | None = None
    ) -> None:
        expected = f"; expected here: {', '.join(parse_until)}" if parse_until else ""
        raise self.error(token, f"The tag “{command}” is not known{expected}")

    def unclosed_block_tag(self, parse_until: tuple[str, ...]) -> None:
        command, token = self.command_stack.pop()
        raise self.error(token, f"The tag “{command}” is never closed by “{parse_until[-1]}”")
