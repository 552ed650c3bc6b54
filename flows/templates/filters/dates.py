"""Filters over dates: text to date, and days from one."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

_LIKELY = re.compile(r"(?=.*\d{4}).{8,40}")
"""What may be a date; anything else is not tried."""
_FORMS = ("%Y-%m-%d", "%m-%d-%Y", "%m/%d/%Y", "%d %B %Y", "%B %d, %Y")


def moment(value: Any) -> datetime | None:
    """The date that a text or date names, on the clock of its own zone; None for none."""
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)
    text = value.strip() if isinstance(value, str) else ""
    if not _LIKELY.fullmatch(text):
        return None
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return _by_form(text)


def _by_form(text: str) -> datetime | None:
    for form in _FORMS:
        try:
            return datetime.strptime(text, form)
        except ValueError:
            continue
    return None


def days_later(value: Any, days: Any) -> str:
    """The date so many days after, as ISO text; nothing where there is no date."""
    start = moment(value)
    if start is None:
        return ""
    later = start + timedelta(days=int(days))
    return later.date().isoformat() if later.time() == datetime.min.time() else later.isoformat()


def format_date_string(value: Any) -> datetime | str:
    """The date that ISO text names, for `date` to write out; nothing where there is none."""
    return moment(value) or ""


FILTERS: dict[str, Callable[..., Any]] = {
    "datetime_from_string": format_date_string,
    "days_later": days_later,
    "format_date_string": format_date_string,
}
