"""Filters over text: joining, cutting, replacing, encoding."""

from __future__ import annotations

import base64
import binascii
import hashlib
import html
from collections.abc import Callable
from typing import Any
from urllib.parse import quote_plus, unquote, unquote_plus

from flows.templates.budget import MAX_VALUE


def concat(value: Any, other: Any) -> Any:
    """Two lists in a row, else two texts."""
    if isinstance(value, list | tuple) and isinstance(other, list | tuple):
        return [*value, *other]
    return f"{value}{other}"


def truncate(value: Any, size: Any = 50) -> str:
    """At most so many characters, with an ellipsis in place of the rest."""
    text, limit = str(value), max(int(size), 0)
    return text if len(text) <= limit else f"{text[:limit].rstrip()}..."


def _pair(argument: Any) -> tuple[str, str]:
    """`find|put`, as the public filters write two arguments in one text."""
    find, _, put = str(argument).partition("|")
    return find, put


def find_replace(value: Any, argument: Any) -> str:
    """Every `find` by `put` in `find|put`."""
    find, put = _pair(argument)
    text = str(value)
    if not find:
        return text
    if len(text) + text.count(find) * len(put) > MAX_VALUE:
        raise ValueError("“find_replace” would make too long a text")
    return text.replace(find, put)


def replace_first(value: Any, argument: Any) -> str:
    """The first `find` by `put` in `find|put`."""
    return str(value).replace(*_pair(argument), 1)


def replace_last(value: Any, argument: Any) -> str:
    """The last `find` by `put` in `find|put`."""
    find, put = _pair(argument)
    head, found, tail = str(value).rpartition(find or "\0")
    return f"{head}{put}{tail}" if found else str(value)


def remove(value: Any, part: Any) -> str:
    """Without every occurrence of the part."""
    return str(value).replace(str(part), "")


def remove_first(value: Any, part: Any) -> str:
    """Without the first occurrence of the part."""
    return str(value).replace(str(part), "", 1)


def remove_last(value: Any, part: Any) -> str:
    """Without the last occurrence of the part."""
    return replace_last(value, f"{part}|")


def split(value: Any, mark: Any) -> list[str]:
    """The pieces between marks; every character where the mark is empty."""
    return str(value).split(str(mark)) if str(mark) else list(str(value))


def base64_encode(value: Any) -> str:
    """UTF-8 text in Base64."""
    return base64.b64encode(str(value).encode()).decode()


def base64_url_safe_encode(value: Any) -> str:
    """UTF-8 text in the Base64 that stands in addresses."""
    return base64.urlsafe_b64encode(str(value).encode()).decode()


def base64_decode(value: Any) -> str:
    """Text out of either Base64; what is none gives nothing."""
    plain = str(value).replace("-", "+").replace("_", "/")
    try:
        return base64.b64decode(plain + "=" * (-len(plain) % 4)).decode(errors="replace")
    except (binascii.Error, ValueError):
        return ""


def escape_once(value: Any) -> str:
    """Escaped, without escaping again what is escaped already."""
    return html.escape(html.unescape(str(value)))


def with_scheme(scheme: str) -> Callable[[Any], str]:
    """The filter that gives an address this scheme."""

    def put(value: Any) -> str:
        return f"{scheme}://{str(value).partition('://')[2] or str(value).lstrip('/')}"

    return put


def _digest(name: str) -> Callable[[Any], str]:
    make = getattr(hashlib, name)

    def digest(value: Any) -> str:
        return str(make(str(value).encode(), usedforsecurity=False).hexdigest())

    return digest


FILTERS: dict[str, Callable[..., Any]] = {
    "append": lambda value, other: f"{value}{other}",
    "base64_decode": base64_decode,
    "base64_encode": base64_encode,
    "base64_url_safe_decode": base64_decode,
    "base64_url_safe_encode": base64_url_safe_encode,
    "concat": concat,
    "escape_once": escape_once,
    "find_replace": find_replace,
    "httpize": with_scheme("http"),
    "httpsize": with_scheme("https"),
    "lstrip": lambda value: str(value).lstrip(),
    "md5_hash": _digest("md5"),
    "missing_image": lambda value: value or "https://example.com/placeholder.png",
    "missing_product_image": lambda value: value or "https://example.com/placeholder.png",
    "prepend": lambda value, other: f"{other}{value}",
    "remove": remove,
    "remove_first": remove_first,
    "remove_last": remove_last,
    "replace": find_replace,
    "replace_first": replace_first,
    "replace_last": replace_last,
    "rstrip": lambda value: str(value).rstrip(),
    "sha_1": _digest("sha1"),
    "sha_256": _digest("sha256"),
    "split": split,
    "strip": lambda value: str(value).strip(),
    "strip_newlines": lambda value: "".join(str(value).splitlines()),
    "trim_slash": lambda value: str(value).rstrip("/"),
    "truncate": truncate,
    "url_decode": lambda value: unquote_plus(str(value)),
    "url_encode": lambda value: quote_plus(str(value)),
    "urldecode": lambda value: unquote(str(value)),
    "urldecodeplus": lambda value: unquote_plus(str(value)),
    "urlencodeplus": lambda value: quote_plus(str(value)),
}
