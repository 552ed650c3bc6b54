"""Django's filters that could be made to work without end, with a bound on what they are given."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.template import defaultfilters

MAX_TEXT = 10_000
"""Characters for filters that may look at a text many times over."""
MAX_WIDTH = 200
MAX_FORM = 100
_DIGITS = re.compile(r"-?\d{1,2}[gu]{0,2}")
_FORMAT = re.compile(r"[-#0 +]*\d{0,2}(\.\d{0,2})?[a-zA-Z]")


def _short_text(name: str) -> Callable[..., Any]:
    """The filter for texts that are not long."""
    function = defaultfilters.register.filters[name]

    @wraps(function)
    def checked(value: Any, *arguments: Any, **more: Any) -> Any:
        if len(str(value)) > MAX_TEXT:
            raise ValueError(f"“{name}” takes at most {MAX_TEXT:,} characters")
        return function(value, *arguments, **more)

    return checked


def _narrow(name: str) -> Callable[..., Any]:
    """A filter that pads to a width, for widths that make sense."""
    function = defaultfilters.register.filters[name]

    @wraps(function)
    def checked(value: Any, width: Any) -> Any:
        if int(width) > MAX_WIDTH:
            raise ValueError(f"“{name}” pads to at most {MAX_WIDTH} characters")
        return function(value, width)

    return checked


def _dated(name: str) -> Callable[..., Any]:
    """A filter that writes out a time, with a form of at most 100 characters."""
    function = defaultfilters.register.filters[name]

    @wraps(function)
    def checked(value: Any, form: Any = None) -> Any:
        if form is not None and not (isinstance(form, str) and len(form) <= MAX_FORM):
            raise ValueError(f"“{name}” takes a form of at most {MAX_FORM} characters")
        return function(value, form)

    return checked


def floatformat(value: Any, digits: Any = -1) -> Any:
    """Django's `floatformat` with at most 99 digits."""
    if isinstance(value, list | tuple | dict):
        return ""
    if not _DIGITS.fullmatch(str(digits)):
        raise ValueError("“floatformat” takes a number of digits below 100")
    return defaultfilters.floatformat(value, digits)


def stringformat(value: Any, form: Any) -> Any:
    """Django's `stringformat` with widths below 100."""
    if not _FORMAT.fullmatch(str(form)):
        raise ValueError("“stringformat” takes a form such as “.2f”, without the percent sign")
    return defaultfilters.stringformat(value, form)


_TEXT = (
    "linebreaks",
    "linebreaksbr",
    "striptags",
    "truncatechars_html",
    "truncatewords_html",
    "urlize",
    "urlizetrunc",
    "wordwrap",
)
FILTERS: dict[str, Callable[..., Any]] = {
    **{name: _short_text(name) for name in _TEXT},
    **{name: _narrow(name) for name in ("center", "ljust", "rjust")},
    **{name: _dated(name) for name in ("date", "time")},
    "floatformat": floatformat,
    "stringformat": stringformat,
}
