"""What is wrong with an answer as it is typed, in one sentence; nothing said means it stands."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from editor.forms import FormField

_ADDRESS = re.compile(r"^[^@\s,;]+@[^@\s,;]+\.[^@\s,;.]{2,}$")
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_TIME = re.compile(r"^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$")


def fault(field: FormField, value: Any) -> str:
    """The sentence to show under the field, "" where the answer stands."""
    if value is None or value == "":
        return _missing(field)
    check = _BY_NAME.get(str(field.path[-1])) or _BY_KIND.get(field.kind)
    return check(value) if check else ""


def _missing(field: FormField) -> str:
    if field.needed:
        return f"{field.label} cannot be empty."
    if field.kind == "number" and not field.optional:
        return "Give a number."
    if field.path[-1] == "url":
        return "Without an address nothing is called."
    return ""


def is_address(written: str) -> bool:
    """Whether this is an email address, or a template that may give one."""
    return "{{" in written or bool(_ADDRESS.match(written))


def _address(value: Any) -> str:
    if is_address(str(value)):
        return ""
    return "This is not an email address, as in “hello@example.com”."


def _time(value: Any) -> str:
    return "" if _TIME.match(str(value)) else "Write the time as hours and minutes, as in “09:30”."


def _url(value: Any) -> str:
    parts = urlsplit(_TAG.sub("x", str(value)))
    if parts.scheme == "https" and parts.netloc:
        return ""
    return "The address must start with “https://”."


def _whole(value: Any) -> str:
    if not isinstance(value, int | float) or value != int(value):
        return "Give a whole number."
    return "" if value >= 0 else "The number cannot be below zero."


def _amount(value: Any) -> str:
    above = isinstance(value, int | float) and value > 0
    return "" if above else "Give a number above zero."


def _json(value: Any) -> str:
    """Tags are taken out first: they become text or numbers only when the message is rendered."""
    try:
        json.loads(_TAG.sub("0", str(value)))
    except json.JSONDecodeError as error:
        return f"Not JSON yet: line {error.lineno}, column {error.colno}: {error.msg.lower()}."
    return ""


_BY_NAME: dict[str, Callable[[Any], str]] = {
    "from_email": _address,
    "reply_to_email": _address,
    "cc_email": _address,
    "bcc_email": _address,
    "url": _url,
    "price_drop_amount_value": _amount,
}
_BY_KIND: dict[str, Callable[[Any], str]] = {"time": _time, "number": _whole, "json": _json}
