"""The HTML of an email: from MJML, with styles inlined, links tracked, the preheader in place."""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape, unescape
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

import css_inline
import mrml

from flows.actions.messages import UtmParam
from flows.templates import TemplateProblemError
from simulator.channels.markup import pieces

MAX_NESTING = 100
MAX_PAGE_NESTING = 500
MAX_MJML = 64 * 1024
MAX_STYLING = 20_000_000
"""Rules times elements: matching them all is the work of inlining."""
_LINK = re.compile(r'(<a\b[^<>]*?\bhref=")(https?://[^"<>]+)(")', re.IGNORECASE)
_BODY = re.compile(r"<body\b[^<>]*>", re.IGNORECASE)
_HIDDEN = '<div style="display:none;max-height:0;overflow:hidden;opacity:0;font-size:1px">{}</div>'


def is_mjml(source: str) -> bool:
    """The template is written in MJML."""
    return source.lstrip()[:5].lower() == "<mjml"


@lru_cache(maxsize=512)
def prepared(source: str) -> str:
    """The template as HTML, its tags untouched; TemplateProblemError for MJML that is broken.

    The MJML library ends the whole process on deep nesting, so size and depth are checked first.
    """
    if not is_mjml(source):
        return source
    if len(source) > MAX_MJML or nesting(source) > MAX_NESTING:
        raise TemplateProblemError(
            f"MJML may have {MAX_MJML:,} characters and {MAX_NESTING} levels at most.", 1
        )
    try:
        return str(mrml.to_html(source).content)
    except OSError as error:
        raise TemplateProblemError(f"The MJML cannot be read: {error}.", 1) from error


def inlined(page: str) -> str:
    """Styles moved into the elements, for readers that drop the head; media queries stay too.

    The inlining library ends the whole process on deep nesting, so depth is checked first.
    """
    if "<style" not in page:
        return page
    if nesting(page) > MAX_PAGE_NESTING:
        raise TemplateProblemError(
            f"The page nests deeper than {MAX_PAGE_NESTING} levels; are tags left open?", 1
        )
    if page.count("{") * page.count("<") > MAX_STYLING:
        raise TemplateProblemError("The page has too many styles for its many elements.", 1)
    return str(css_inline.inline(page, keep_style_tags=True, load_remote_stylesheets=False))


def nesting(page: str) -> int:
    """The most elements open at once; an end tag counts only where its element is open."""
    depth = deepest = 0
    opened: dict[str, int] = {}
    for piece in pieces(page):
        if isinstance(piece, str) or piece.empty:
            continue
        if not piece.closing:
            opened[piece.name] = opened.get(piece.name, 0) + 1
            depth += 1
            deepest = max(deepest, depth)
        elif opened.get(piece.name):
            opened[piece.name] -= 1
            depth -= 1
    return deepest


def with_preheader(page: str, preview_text: str) -> str:
    """The preview text hidden at the top, where inboxes look for it."""
    if not preview_text:
        return page
    hidden = _HIDDEN.format(escape(preview_text))
    start = _BODY.search(page)
    place = start.end() if start else 0
    return f"{page[:place]}{hidden}{page[place:]}"


def tracked(page: str, params: tuple[UtmParam, ...], *, but: tuple[str, ...]) -> str:
    """Every web link with the parameters it has not; links that begin as in `but` stay."""
    if not params:
        return page

    def one(match: re.Match[str]) -> str:
        before, link, after = match.groups()
        plain = unescape(link)
        if plain.startswith(but):
            return match.group()
        return f"{before}{escape(track(plain, params))}{after}"

    return _LINK.sub(one, page)


def track(link: str, params: tuple[UtmParam, ...]) -> str:
    """One link with the parameters; what it has already is kept as it is."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return link
    known = {name for name, _ in parse_qsl(parts.query, keep_blank_values=True)}
    more = urlencode(
        [(param.param, param.value) for param in params if param.param not in known],
        quote_via=quote,
    )
    query = "&".join(piece for piece in (parts.query, more) if piece)
    return urlunsplit(parts._replace(query=query))
