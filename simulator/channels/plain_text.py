"""The text part of an email, derived from its HTML."""

from __future__ import annotations

import re

from simulator.channels.markup import Tag, pieces

_BLOCKS = frozenset(
    (
        "address", "article", "blockquote", "center", "dd", "div", "dl", "dt", "footer", "h1",
        "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section",
        "table", "tr", "ul",
    )
)  # fmt: skip
_SILENT = frozenset(("head", "template"))
_SPACES = re.compile(r"[ \t\r\n\f]+")
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)


def plain_text(page: str) -> str:
    """What the page says, a paragraph a block, links in brackets after their words."""
    reader = _Reader()
    for piece in pieces(page):
        if isinstance(piece, str):
            reader.words(piece)
        elif piece.closing:
            reader.end(piece)
        else:
            reader.start(piece)
    return reader.text()


class _Reader:
    def __init__(self) -> None:
        self._lines: list[str] = []
        self._line: list[str] = []
        self._silent: list[str] = []
        """Elements open around this place inside one that is not read, that one first."""
        self._links: list[tuple[str, int]] = []

    def text(self) -> str:
        """The lines so far, with one blank line between paragraphs."""
        self._break()
        return re.sub(r"\n{3,}", "\n\n", "\n".join(self._lines)).strip() + "\n"

    def start(self, tag: Tag) -> None:
        """A start tag."""
        if self._silent or tag.name in _SILENT or _HIDDEN.search(tag.written):
            if not tag.empty:
                self._silent.append(tag.name)
        elif tag.name == "br":
            self._end_line()
        elif tag.name in _BLOCKS:
            self._break()
            if tag.name == "li":
                self._line.append("- ")
        elif tag.name == "a":
            self._links.append((tag.attribute("href"), len(self._line)))
        elif tag.name in {"td", "th"}:
            self.words(" ")

    def end(self, tag: Tag) -> None:
        """An end tag; one that closes nothing does nothing."""
        if self._silent:
            if self._silent[-1] == tag.name:
                self._silent.pop()
            elif tag.name in self._silent[-8:]:
                while self._silent.pop() != tag.name:
                    pass
        elif tag.name in _BLOCKS:
            self._break()
        elif tag.name == "a" and self._links:
            link, start = self._links.pop()
            words = "".join(self._line[start:]).strip()
            if words and link.startswith(("http", "mailto:")) and link != words:
                self._line.append(f" ({link})")

    def words(self, text: str) -> None:
        """Text; spaces are one, and none at the start of a line."""
        if self._silent:
            return
        words = _SPACES.sub(" ", text)
        if not self._line or self._line[-1].endswith(" "):
            words = words.lstrip(" ")
        if words:
            self._line.append(words)

    def _end_line(self) -> None:
        self._lines.append("".join(self._line).strip(" "))
        self._line = []

    def _break(self) -> None:
        """End a paragraph."""
        if "".join(self._line).strip(" -"):
            self._end_line()
            self._lines.append("")
        self._line = []
