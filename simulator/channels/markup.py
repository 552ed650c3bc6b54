"""A page cut into tags and text, in time linear in its length, however broken it is.

The standard library's parser takes quadratic time on tags that are never closed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

VOID = frozenset(
    (
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source",
        "track", "wbr",
    )
)  # fmt: skip
"""Elements that hold nothing and have no end tag."""
_RAW = frozenset(("script", "style", "title", "textarea"))
_START = re.compile(r"<(?:(/?)([a-zA-Z][\w:-]*+)|[!?])")
_REST = re.compile(r"""[^"'>]*+(?:"[^"]*+"[^"'>]*+|'[^']*+'[^"'>]*+)*+>""")
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]++)\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'>]++))""")


@dataclass(frozen=True, slots=True)
class Tag:
    """A start or end tag; `written` is what stands between its name and its end."""

    name: str
    closing: bool
    written: str

    @property
    def empty(self) -> bool:
        """Nothing can stand inside."""
        return self.name in VOID or self.written.endswith("/")

    def attribute(self, name: str) -> str:
        """The attribute's value, or nothing."""
        for key, double, single, bare in _ATTRIBUTE.findall(self.written):
            if key.lower() == name:
                return unescape(double or single or bare)
        return ""


def pieces(page: str) -> Iterator[Tag | str]:
    """Tags, and the text between them as it is read; comments and raw elements are left out."""
    at = 0
    scanner = _Scanner(page)
    while (start := _START.search(page, at)) is not None:
        end = scanner.end(start)
        if end < 0:
            break
        if start.start() > at:
            yield unescape(page[at : start.start()])
        at = end
        if start[2]:
            tag = Tag(start[2].lower(), bool(start[1]), page[start.end() : end - 1].strip())
            yield tag
            if tag.name in _RAW and not tag.closing:
                at = scanner.raw_end(tag.name, end)
    if at < len(page):
        yield unescape(page[at:])


class _Scanner:
    """Where tags end; what was not found once is not looked for again."""

    def __init__(self, page: str) -> None:
        self._page = page
        self._last = page.rfind(">")
        self._quotes_close = True

    def end(self, start: re.Match[str]) -> int:
        """The place after the tag or comment that begins here; -1 where none closes it."""
        if start.end() > self._last + 1:
            return -1
        if self._page.startswith("<!--", start.start()):
            close = self._page.find("-->", start.start() + 4)
            return len(self._page) if close < 0 else close + 3
        if self._quotes_close:
            rest = _REST.match(self._page, start.end())
            if rest is not None:
                return rest.end()
            self._quotes_close = False
        return self._page.find(">", start.end()) + 1 or -1

    def raw_end(self, name: str, at: int) -> int:
        """Where the end tag of a raw element begins; the end of the page where there is none."""
        close = re.compile(rf"</{name}\b", re.IGNORECASE).search(self._page, at)
        return close.start() if close else len(self._page)
