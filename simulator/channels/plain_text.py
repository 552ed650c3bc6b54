"""The text part of an email, derived from its HTML."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_BLOCKS = frozenset(
    (
        "address", "article", "blockquote", "center", "dd", "div", "dl", "dt", "footer", "h1",
        "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section",
        "table", "tr", "ul",
    )
)  # fmt: skip
_SILENT = frozenset(("head", "script", "style", "title", "template"))
_SPACES = re.compile(r"[ \t\r\n\f]+")
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_VOID = frozenset(("br", "hr", "img", "input", "link", "meta", "col", "wbr"))


def plain_text(page: str) -> str:
    """What the page says, a paragraph a block, links in brackets after their words."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return reader.text()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[str] = []
        self._line = ""
        self._silent = 0
        """How many elements that are not read stand around this place."""
        self._links: list[tuple[str, int]] = []

    def text(self) -> str:
        """The lines so far, with one blank line between paragraphs."""
        self._break()
        return re.sub(r"\n{3,}", "\n\n", "\n".join(self._lines)).strip() + "\n"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._silent or tag in _SILENT or _HIDDEN.search(dict(attrs).get("style") or ""):
            self._silent += tag not in _VOID
        elif tag == "br":
            self._end_line()
        elif tag in _BLOCKS:
            self._break()
            self._line = "- " if tag == "li" else ""
        elif tag == "a":
            self._links.append((dict(attrs).get("href") or "", len(self._line)))
        elif tag in {"td", "th"} and self._line.strip():
            self._line += " "

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br" and not self._silent:
            self._end_line()

    def handle_endtag(self, tag: str) -> None:
        if self._silent:
            self._silent -= tag not in _VOID
        elif tag in _BLOCKS:
            self._break()
        elif tag == "a" and self._links:
            link, start = self._links.pop()
            words = self._line[start:].strip()
            if words and link.startswith(("http", "mailto:")) and link != words:
                self._line += f" ({link})"

    def handle_data(self, data: str) -> None:
        if not self._silent:
            words = _SPACES.sub(" ", data)
            self._line += words.lstrip() if not self._line or self._line.endswith(" ") else words

    def _end_line(self) -> None:
        self._lines.append(self._line.strip())
        self._line = ""

    def _break(self) -> None:
        """End a paragraph."""
        if self._line.strip(" -"):
            self._end_line()
            self._lines.append("")
        self._line = ""
