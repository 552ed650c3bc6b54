"""Template text to Django's tokens, in time linear in its length.

Django's own lexer tries every opening brace to the end of its line, so a line of many unclosed
tags takes quadratic time; here each place is looked at once, and an unclosed tag is refused.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.template.base import Token, TokenType

from flows.templates.budget import MAX_SOURCE, MAX_TAG
from flows.templates.errors import TemplateProblemError

_CLOSERS = {"{%": "%}", "{{": "}}", "{#": "#}"}
_TYPES = {"{%": TokenType.BLOCK, "{{": TokenType.VAR, "{#": TokenType.COMMENT}


def tokens(source: str) -> list[Token]:
    """The tokens of a template; TemplateProblemError where a tag is not closed on its line."""
    if len(source) > MAX_SOURCE:
        raise TemplateProblemError(
            f"The template has {len(source):,} characters; at most {MAX_SOURCE:,} are read.", 1
        )
    return list(_tokens(source))


def _tokens(source: str) -> Iterator[Token]:
    at, line = 0, 1
    verbatim: str | None = None
    for start, end in _tags(source):
        inside = source[start + 2 : end - 2].strip()
        opener = source[start : start + 2]
        closes = opener == "{%" and inside == verbatim
        if verbatim is not None and not closes:
            continue
        if start > at:
            yield Token(TokenType.TEXT, source[at:start], None, line)
            line += source.count("\n", at, start)
        yield Token(_TYPES[opener], inside, None, line)
        at = end
        verbatim = None
        if opener == "{%" and not closes and inside.split(" ", 1)[0] == "verbatim":
            verbatim = f"end{inside}"
    if at < len(source):
        yield Token(TokenType.TEXT, source[at:], None, line)


def _tags(source: str) -> Iterator[tuple[int, int]]:
    """Start and end of each tag. A comment that never closes is plain text, as in a style sheet."""
    at = 0
    line_end = no_comment = -1
    while (start := source.find("{", at)) >= 0:
        opener = source[start : start + 2]
        at = start + 1
        if opener not in _CLOSERS or (opener == "{#" and start < no_comment):
            continue
        if line_end < start:
            newline = source.find("\n", start)
            line_end = len(source) if newline < 0 else newline
        end = source.find(_CLOSERS[opener], start + 2, line_end)
        if end >= 0:
            _check_length(source, start, end)
            at = end + 2
            yield start, at
        elif opener == "{#":
            no_comment = line_end
        else:
            raise TemplateProblemError(
                f"A tag is opened by “{opener}” and not closed on the same line.",
                source.count("\n", 0, start) + 1,
            )


def _check_length(source: str, start: int, end: int) -> None:
    if end - start > MAX_TAG:
        raise TemplateProblemError(
            f"A tag has more than {MAX_TAG:,} characters.", source.count("\n", 0, start) + 1
        )
