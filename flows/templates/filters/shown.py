"""Django's filters that write out lists, lines and spans of time, within bounds."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from pprint import pformat
from typing import Any

from django.template import defaultfilters
from django.utils.html import conditional_escape, escape
from django.utils.safestring import mark_safe
from django.utils.timesince import timesince, timeuntil

from flows.templates.budget import weighed
from flows.templates.filters.dates import moment

MOST = 10_000
"""Characters and items of a value that is written out."""
_DEEPEST = 20
_IN_SCRIPTS = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&"}


def _small(value: Any, name: str) -> Any:
    if weighed(value)[0] > MOST:
        raise ValueError(f"“{name}” takes at most {MOST:,} characters")
    return value


def unordered_list(value: Any, autoescape: bool = True) -> Any:
    """Nested lists as items of an HTML list, without the list around them."""
    items = _small(value, "unordered_list")
    return mark_safe(_items(items, 1, conditional_escape if autoescape else str))


unordered_list.needs_autoescape = True  # type: ignore[attr-defined]


def _items(value: Any, depth: int, escape: Callable[[Any], str]) -> str:
    if depth > _DEEPEST:
        raise ValueError(f"lists are nested deeper than {_DEEPEST}")
    indent, lines = "\t" * depth, []
    items = list(value) if isinstance(value, list | tuple) else [value]
    for i, item in enumerate(items):
        if isinstance(item, list | tuple) and i:
            continue
        below = items[i + 1] if i + 1 < len(items) else None
        nested = ""
        if isinstance(below, list | tuple) and below:
            inner = _items(below, depth + 1, escape)
            nested = f"\n{indent}<ul>\n{inner}\n{indent}</ul>\n{indent}"
        lines.append(f"{indent}<li>{escape(item)}{nested}</li>")
    return "\n".join(lines)


def pprint(value: Any) -> str:
    """The value as Python writes it."""
    return pformat(_small(value, "pprint"))


def linenumbers(value: Any, autoescape: bool = True) -> Any:
    """The text with a number before each line."""
    return defaultfilters.linenumbers(_small(value, "linenumbers"), autoescape=autoescape)


linenumbers.needs_autoescape = True  # type: ignore[attr-defined]


def json_script(value: Any, element_id: Any = None) -> Any:
    """The value as JSON in an element that runs nothing."""
    text = json.dumps(_small(value, "json_script"), default=str).translate(_IN_SCRIPTS)
    named = f' id="{escape(element_id)}"' if element_id else ""
    return mark_safe(f'<script{named} type="application/json">{text}</script>')


def _span(write: Callable[[datetime, datetime], str]) -> Callable[..., str]:
    def span(value: Any, other: Any = None, *, now: datetime) -> str:
        start = moment(value)
        end = moment(now if other is None else other)
        return write(start, end) if start and end else ""

    span.needs_now = True  # type: ignore[attr-defined]
    return span


FILTERS: dict[str, Callable[..., Any]] = {
    "escapeseq": lambda value: [conditional_escape(item) for item in value],
    "json_script": json_script,
    "linenumbers": linenumbers,
    "pprint": pprint,
    "timesince": _span(timesince),
    "timeuntil": _span(timeuntil),
    "unordered_list": unordered_list,
}
"""Spans of time end at the moment of sending unless another is given."""
