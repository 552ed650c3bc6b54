"""The filters a template may use: Django's that are safe, and Klaviyo's (semantics B.13)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.template import defaultfilters

from flows.templates.filters import bounded, dates, lists, numbers, text

_DJANGO = (
    "add",
    "addslashes",
    "capfirst",
    "cut",
    "date",
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
    "pluralize",
    "safe",
    "safeseq",
    "slice",
    "slugify",
    "time",
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
    for module in (bounded, dates, lists, numbers, text):
        known |= module.FILTERS
    known |= {
        "capitalize": django["capfirst"],
        "downcase": django["lower"],
        "upcase": django["upper"],
        "newline_to_br": known["linebreaksbr"],
        "strip_html": known["striptags"],
    }
    return known


FILTERS = _all()
