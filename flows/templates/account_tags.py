"""What the tags about the account print: links, dates, prices, codes.

Each takes the occasion, the tag's values, and whether the message is HTML.
"""

from __future__ import annotations

import hashlib
from typing import Any
from urllib.parse import quote

from django.template.exceptions import TemplateSyntaxError
from django.utils import dateformat
from django.utils.html import escape

from flows.rules import Coupon
from flows.templates.filters.bounded import MAX_FORM
from flows.templates.filters.numbers import number
from flows.templates.occasion import Occasion

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Without those that are taken for one another."""


def _anchor(link: str, words: Any, *, html: bool) -> str:
    return f'<a href="{escape(link)}">{escape(words)}</a>' if html else f"{words}: {link}"


def unsubscribe(occasion: Occasion, words: Any = "Unsubscribe", *, html: bool) -> str:
    """A link to leave, with these words."""
    return _anchor(occasion.unsubscribe_link, words, html=html)


def unsubscribe_link(occasion: Occasion, *, html: bool) -> str:
    """The address at which this person leaves."""
    return escape(occasion.unsubscribe_link) if html else occasion.unsubscribe_link


def manage_preferences(occasion: Occasion, words: Any = "Manage Preferences", *, html: bool) -> str:
    """A link to what this person wants to get, with these words."""
    return _anchor(occasion.preferences_link, words, html=html)


def manage_preferences_link(occasion: Occasion, *, html: bool) -> str:
    """The address at which this person says what to send."""
    return escape(occasion.preferences_link) if html else occasion.preferences_link


def web_view(occasion: Occasion, words: Any = "View in Browser", *, html: bool) -> str:
    """A link to the message as a page, with these words."""
    return _anchor(occasion.web_view_link, words, html=html)


def web_view_link(occasion: Occasion, *, html: bool) -> str:
    """The address of the message as a page."""
    return escape(occasion.web_view_link) if html else occasion.web_view_link


def preview_text(occasion: Occasion, *, html: bool) -> str:
    """What inboxes show behind the subject."""
    return escape(occasion.preview_text) if html else occasion.preview_text


def update_property_link(
    occasion: Occasion, name: Any, value: Any, to: Any = "", *, html: bool
) -> str:
    """A link that would set a property; here it only carries what it would set."""
    link = f"{occasion.preferences_link}?set={quote(str(name))}&to={quote(str(value))}"
    link += f"&then={quote(str(to), safe='')}" if to else ""
    return escape(link) if html else link


def today(occasion: Occasion, form: Any = "%Y-%m-%d", *, html: bool) -> str:
    """Today in the letters that C's `strftime` uses."""
    return occasion.now.strftime(_form(form))


def now(occasion: Occasion, form: Any = "N j, Y", *, html: bool) -> str:
    """Now in the letters that Django's `date` uses."""
    return str(dateformat.format(occasion.now, _form(form)))


def _form(form: Any) -> str:
    text = str(form)
    if len(text) > MAX_FORM:
        raise TemplateSyntaxError(f"The form of a time has at most {MAX_FORM} characters")
    return text


def current_day(occasion: Occasion, *, html: bool) -> str:
    """The day of the month."""
    return str(occasion.now.day)


def current_month(occasion: Occasion, *, html: bool) -> str:
    """The number of the month."""
    return str(occasion.now.month)


def current_month_name(occasion: Occasion, *, html: bool) -> str:
    """The month in English."""
    return f"{occasion.now:%B}"


def current_weekday(occasion: Occasion, *, html: bool) -> str:
    """The day of the week in English."""
    return f"{occasion.now:%A}"


def current_year(occasion: Occasion, *, html: bool) -> str:
    """The year in four digits."""
    return str(occasion.now.year)


def currency_format(occasion: Occasion, value: Any, *, html: bool) -> str:
    """A number with the account's currency; what is no number is printed as it is."""
    if isinstance(value, int | float) or str(value).replace(".", "", 1).isdecimal():
        return f"{occasion.currency}{number(value):,.2f}"
    text = "" if value is None else str(value)
    return escape(text) if html else text


def coupon_code(occasion: Occasion, name: Any, *, html: bool) -> str:
    """The code of a static coupon; of another a made one, the same for the same recipient."""
    code = _code(occasion, str(name))
    return escape(code) if html else code


def _code(occasion: Occasion, name: str) -> str:
    coupon = Coupon() if occasion.coupons is None else occasion.coupons.get(name)
    if coupon is None:
        raise TemplateSyntaxError(f"There is no coupon “{name}”")
    if coupon.kind == "static":
        return coupon.code
    digest = hashlib.blake2b(f"{name}\x1f{occasion.recipient}".encode(), digest_size=6).digest()
    return f"{name}-{''.join(_LETTERS[byte % len(_LETTERS)] for byte in digest)}"


def barcode(occasion: Occasion, value: Any, *, html: bool) -> str:
    """A stand-in for the picture of a barcode."""
    text = f"[barcode {value}]"
    return escape(text) if html else text


def has_category(occasion: Occasion, item: Any, category: Any, *, html: bool) -> str:
    """Not empty where a category of the item contains the word."""
    held = item.get("categories", []) if isinstance(item, dict) else []
    return "True" if any(str(category) in str(name) for name in held) else ""


TAGS: dict[str, tuple[Any, int, int]] = {
    "barcode": (barcode, 1, 1),
    "coupon_code": (coupon_code, 1, 1),
    "currency_format": (currency_format, 1, 1),
    "current_day": (current_day, 0, 0),
    "current_month": (current_month, 0, 0),
    "current_month_name": (current_month_name, 0, 0),
    "current_weekday": (current_weekday, 0, 0),
    "current_year": (current_year, 0, 0),
    "has_category": (has_category, 2, 2),
    "manage_preferences": (manage_preferences, 0, 1),
    "manage_preferences_link": (manage_preferences_link, 0, 0),
    "now": (now, 0, 1),
    "today": (today, 0, 1),
    "unsubscribe": (unsubscribe, 0, 1),
    "unsubscribe_link": (unsubscribe_link, 0, 0),
    "update_property_link": (update_property_link, 2, 3),
    "web_view": (web_view, 0, 1),
    "web_view_link": (web_view_link, 0, 0),
}
"""Each tag's function and how many values it takes, least and most."""
