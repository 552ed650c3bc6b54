"""Template text to what can be rendered: read once, kept, rendered for each person."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.template import Engine, Template
from django.template.base import NodeList
from django.template.exceptions import TemplateSyntaxError

from flows.templates.budget import BudgetContext
from flows.templates.errors import TemplateProblemError
from flows.templates.filters import FILTERS
from flows.templates.lexing import tokens
from flows.templates.occasion import Occasion
from flows.templates.parsing import SafeParser
from flows.templates.tags import TAGS

_KEPT = 512


class SafeTemplate(Template):  # type: ignore[misc]
    """Django's template, read by our lexer and parser."""

    def compile_nodelist(self) -> NodeList:
        parser = SafeParser(tokens(self.source), TAGS, FILTERS)
        try:
            return parser.parse()
        except TemplateProblemError:
            raise
        except Exception as error:
            line = getattr(getattr(error, "token", None), "lineno", None) or parser.line
            raise TemplateProblemError(_sentence(error), line) from error


@lru_cache(maxsize=1)
def _engine() -> Engine:
    """An engine without loaders: no template can name another one or a file."""
    if not settings.configured:
        settings.configure(USE_I18N=False, USE_TZ=True, DEBUG=False, TIME_ZONE="UTC")
    return Engine(dirs=[], loaders=[], debug=False)


@lru_cache(maxsize=_KEPT)
def compile_template(source: str) -> SafeTemplate:
    """The template, from memory where it has been read before; else TemplateProblemError."""
    return SafeTemplate(source, engine=_engine())


def render(
    source: str, context: dict[str, Any], *, html: bool, occasion: Occasion | None = None
) -> str:
    """The text for one person; `html` escapes values. TemplateProblemError says what is wrong.

    The context holds what templates name at the top: `first_name`, `person`, `event`,
    `organization`. Only dicts and lists are looked into.
    """
    template = compile_template(source)
    bounded = BudgetContext(context, occasion or Occasion(), html=html)
    try:
        return str(template.render(bounded))
    except TemplateProblemError:
        raise
    except Exception as error:
        raise TemplateProblemError(_sentence(error), bounded.budget.line) from error


def _sentence(error: Exception) -> str:
    """The fault in words; what Django says about syntax is kept, less its advice."""
    if isinstance(error, RecursionError):
        return "The template is nested too deeply."
    text = str(error).split(". Did you forget")[0].strip() or type(error).__name__
    if isinstance(error, TemplateSyntaxError):
        return f"{text.rstrip('.')}."
    return f"A value does not fit what is done with it ({text.rstrip('.')})."
