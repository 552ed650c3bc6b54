"""Filters over lists and dicts: picking, ordering, joining."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe

from flows.templates.budget import MAX_VALUE


def _selects(function: Callable[..., Any]) -> Callable[..., Any]:
    """Marks a filter that only picks out of a value."""
    function.selects = True  # type: ignore[attr-defined]
    return function


def items(value: Any) -> list[Any]:
    """The value as a list; what is none gives an empty one, a text its characters."""
    return list(value) if isinstance(value, list | tuple | str | dict) else []


def lookup(value: Any, key: Any) -> Any:
    """What a dict or list holds under a key, whatever characters the key has; None if nothing."""
    if isinstance(value, dict):
        return value.get(str(key))
    if isinstance(value, list | tuple) and str(key).isdecimal() and int(key) < len(value):
        return value[int(key)]
    return None


def first(value: Any) -> Any:
    """The first of a list or text; nothing of an empty one."""
    return value[0] if isinstance(value, list | tuple | str) and value else ""


def last(value: Any) -> Any:
    """The last of a list or text; nothing of an empty one."""
    return value[-1] if isinstance(value, list | tuple | str) and value else ""


def join(value: Any, mark: Any, autoescape: bool = True) -> Any:
    """The items with the mark between them, each escaped where the message is HTML."""
    if not isinstance(value, list | tuple):
        return value
    pieces = [str(item) for item in value]
    if sum(map(len, pieces)) + len(str(mark)) * len(pieces) > MAX_VALUE:
        raise ValueError("“join” would make too long a text")
    if not autoescape:
        return str(mark).join(pieces)
    return mark_safe(conditional_escape(mark).join(map(conditional_escape, pieces)))


join.needs_autoescape = True  # type: ignore[attr-defined]


def list_to_string(value: Any) -> str:
    """In words: a, b and c."""
    pieces = [str(item) for item in items(value)]
    if len(pieces) < 2:
        return "".join(pieces)
    return f"{', '.join(pieces[:-1])} and {pieces[-1]}"


def pick(value: Any, key: Any) -> list[Any]:
    """One key of every item."""
    return [lookup(item, key) for item in items(value)]


def _order(value: Any) -> tuple[bool, float, str]:
    """Numbers before texts, so that mixed lists have an order too."""
    if isinstance(value, int | float):
        return False, float(value), ""
    return True, 0.0, str(value)


def sort(value: Any, key: Any = None) -> list[Any]:
    """In order, by a key of the items if one is given."""
    return sorted(items(value), key=lambda item: _order(lookup(item, key) if key else item))


def sort_natural(value: Any, key: Any = None) -> list[Any]:
    """In the order of the alphabet, capitals or not."""
    return sorted(items(value), key=lambda item: str(lookup(item, key) if key else item).casefold())


def uniq(value: Any, key: Any = None) -> list[Any]:
    """Each once, where it first stands."""
    seen: dict[str, Any] = {}
    for item in items(value):
        seen.setdefault(repr(lookup(item, key) if key else item), item)
    return list(seen.values())


def list_where(value: Any, rule: Any) -> list[Any]:
    """The items of which `key=value` holds."""
    key, _, wanted = str(rule).partition("=")
    return [item for item in items(value) if str(lookup(item, key.strip())) == wanted.strip()]


def random(value: Any) -> Any:
    """One of the list, always the same of an equal list: a rehearsal is repeatable."""
    held = items(value)
    if not held:
        return ""
    digest = hashlib.blake2b("\x1f".join(map(str, held)).encode(), digest_size=8).digest()
    return held[int.from_bytes(digest, "big") % len(held)]


FILTERS: dict[str, Callable[..., Any]] = {
    "compact": lambda value: [item for item in items(value) if item is not None],
    "count": lambda value: len(items(value)),
    "dictsort": sort,
    "dictsortreversed": lambda value, key: sort(value, key)[::-1],
    "first": _selects(first),
    "join": join,
    "last": _selects(last),
    "list_to_string": list_to_string,
    "list_where": list_where,
    "lookup": _selects(lookup),
    "map": pick,
    "random": random,
    "reverse": lambda value: items(value)[::-1],
    "size": lambda value: len(items(value)),
    "sort": sort,
    "sort_natural": sort_natural,
    "uniq": uniq,
}
