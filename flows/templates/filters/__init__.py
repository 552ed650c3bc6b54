"""The filters a template may use: Django's that are safe, and Klaviyo's (semantics B.13)."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.template import defaultfilters

from flows.templates.filters import bounded, dates, lists, numbers, shown, text

_DJANGO = (
    "add",
    "addslashes",
    "capfirst",
    "cut",
    "default",
    "default_if_none",
    "divisibleby",
    "escape",
    "escapejs",
    "filesizeformat",
    "force_escape",
    "get_digit",
    "iriencode",
    "length",
    "lower",
    "make_list",
    "phone2numeric",
    "random",
    "pluralize",
    "safe",
    "safeseq",
    "slice",
    "slugify",
    "title",
    "truncatechars",
    "truncatewords",
    "upper",
    "urlencode",
    "wordcount",
    "yesno",
)
"""Django's own whose work and result stay within a small multiple of what they are given."""


def _all() -> dict[str, Callable[..., Any]]:
    django = defaultfilters.register.filters
    known: dict[str, Callable[..., Any]] = {name: django[name] for name in _DJANGO}
    for module in (bounded, dates, lists, numbers, shown, text):
        known |= module.FILTERS
    known |= {
        "capitalize": django["capfirst"],
        "downcase": django["lower"],
        "upcase": django["upper"],
        "newline_to_br": known["linebreaksbr"],
        "strip_html": known["striptags"],
    }
    return known


_HEAVY = (
    "compact",
    "dictsort",
    "dictsortreversed",
    "escapejs",
    "escapeseq",
    "force_escape",
    "iriencode",
    "linebreaks",
    "linebreaksbr",
    "list_to_string",
    "list_where",
    "make_list",
    "map",
    "newline_to_br",
    "phone2numeric",
    "random",
    "reverse",
    "safeseq",
    "slugify",
    "sort",
    "sort_natural",
    "split",
    "striptags",
    "strip_html",
    "sum_list",
    "title",
    "truncatechars_html",
    "truncatewords_html",
    "uniq",
    "urlencode",
    "urlize",
    "urlizetrunc",
    "wordwrap",
)
"""Those whose work grows quickly with what they are given."""


_COSTS = {
    "datetime_from_string": 60,
    "days_later": 60,
    "format_date_string": 60,
    "timesince": 80,
    "timeuntil": 80,
    "urlize": 50,
    "urlizetrunc": 50,
}
"""Steps that a call takes at least, where that is long."""


def _weighted(known: dict[str, Callable[..., Any]]) -> dict[str, Callable[..., Any]]:
    """The filters, each marked with what it costs."""
    return {
        name: _marked(held, heavy=name in _HEAVY, cost=_COSTS.get(name, 1))
        if name in _HEAVY or name in _COSTS
        else held
        for name, held in known.items()
    }


def _marked(function: Callable[..., Any], *, heavy: bool, cost: int) -> Callable[..., Any]:
    @wraps(function)
    def marked(*arguments: Any, **more: Any) -> Any:
        return function(*arguments, **more)

    marked.heavy = heavy  # type: ignore[attr-defined]
    marked.cost = cost  # type: ignore[attr-defined]
    return marked


FILTERS = _weighted(_all())
