"""Columns about people that mean more than their name: predictions, details of consent, places.

They stand under dotted names (`predictive_analytics.churn_probability`), or as objects in each
other (`predictive_analytics`: {`churn_probability`: 0.3}); both are read alike.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from flows.columns import UNSET, Column, Value
from flows.scene import PERMISSIONS, STATUSES
from storage.exchange.cells import BOOLEANS, Gatherer, is_number, number, plain, with_pool
from storage.exchange.instants import lenient, texts_of
from storage.exchange.objects import held_object
from storage.exchange.sheet import Sheet

NESTED = ("predictive_analytics", "consent", "suppression", "permission")
"""Object columns whose keys are reserved."""
GENDERS = ("likely_female", "likely_male", "uncertain")
RANKS = ("high", "medium", "low")
REACHED = (*PERMISSIONS, "implicitly_reachable")
Change = Callable[[str, Value], Value]
"""From the name of a column and one of its values to what is meant; ValueError with a reason."""


def _number(name: str, value: Value) -> Value:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and is_number(value):
        return number(value)
    raise ValueError(f"`{name}` is no number: “{value}”.")


def _flag(name: str, value: Value) -> Value:
    written = str(value).strip().lower()
    if written not in BOOLEANS:
        raise ValueError(f"`{name}` is “{value}”, not true or false.")
    return BOOLEANS[written]


def _one_of(*known: str) -> Change:
    def check(name: str, value: Value) -> Value:
        written = str(value).strip().lower().replace(" ", "_")
        if written not in known:
            raise ValueError(f"`{name}` is “{value}”, not one of {', '.join(known)}.")
        return written

    return check


def _day(name: str, value: Value) -> Value:
    """A date stays as it is written, so that one without a time names the whole day."""
    try:
        time = lenient(str(value))
    except (ValueError, OverflowError):
        raise ValueError(f"`{name}` is no time: “{value}”.") from None
    if re.fullmatch(r"\d{4}-\d\d-\d\d.*", str(value)):
        return value
    return str(texts_of(np.array([time], dtype=np.int64))[0].as_py())


_NUMBERS = (
    *("average_days_between_orders", "average_order_value", "churn_probability", "historic_clv"),
    *("historic_number_of_orders", "predicted_clv", "predicted_number_of_orders", "total_clv"),
)
_KINDS: tuple[tuple[str, Change], ...] = (
    (r"latitude|longitude", _number),
    (rf"predictive_analytics\.({'|'.join(_NUMBERS)})", _number),
    (r"predictive_analytics\.expected_date_of_next_purchase", _day),
    (r"predictive_analytics\.predicted_gender", _one_of(*GENDERS)),
    (r"predictive_analytics\.channel_affinity\.\w+\.priority", _number),
    (r"predictive_analytics\.channel_affinity\.\w+\.rank", _one_of(*RANKS)),
    (r"consent\.\w+\.(double_opt_in|rcs_capable)", _flag),
    (r"consent\.(sms|whatsapp)_transactional", _one_of(*STATUSES)),
    (r"suppression\.email\.(bounced_at|invalid_at|spam_at|manual_at)", _day),
    (r"permission\.whatsapp_(marketing|transactional)", _one_of(*REACHED)),
    (r"permission\.whatsapp_\w+\.(effective|recorded)_date", _day),
)


def is_reserved(name: str) -> bool:
    """Whether a column of this name is one of these."""
    return _change(name) is not None


def unfold(sheet: Sheet) -> None:
    """Take nested objects apart into dotted columns; what is no object stays a column as it is."""
    for name in NESTED:
        column = sheet.columns.get(name)
        if column is None:
            continue
        objects = [held_object(value) for value in column.pool]
        gatherer = Gatherer()
        for row, code in enumerate(column.codes.tolist()):
            for key, value in _leaves(name, objects[code]) if code != UNSET else ():
                gatherer.put(row, key, value)
        rest = [v if held is None else None for v, held in zip(column.pool, objects, strict=True)]
        del sheet.columns[name]
        if any(value is not None for value in rest):
            sheet.columns[name] = with_pool(column, rest)
        for key, found in gatherer.columns(sheet.size).items():
            sheet.columns[key] = _over(sheet.columns.get(key), found)


def _over(outer: Column | None, inner: Column) -> Column:
    """Where a row has both, its own column holds."""
    if outer is None:
        return inner
    rows = np.flatnonzero(outer.is_set())
    return inner.put(rows, outer.take(rows))


def converted(sheet: Sheet) -> dict[str, Column]:
    """Every reserved column of the sheet with its values as they are meant."""
    found = ((name, _change(name)) for name in sheet.columns)
    return {name: _meant(sheet, name, change) for name, change in found if change}


def _meant(sheet: Sheet, name: str, change: Change) -> Column:
    return sheet.converted(name, lambda value: None if value == "" else change(name, value))


def _change(name: str) -> Change | None:
    return next((change for form, change in _KINDS if re.fullmatch(form, name)), None)


def _leaves(name: str, held: dict[str, Any] | None) -> Iterator[tuple[str, Value]]:
    for key, value in (held or {}).items():
        if isinstance(value, dict):
            yield from _leaves(f"{name}.{key}", value)
        else:
            yield f"{name}.{key}", plain(value)
