"""Sentences with blanks: how a filter or a span of time is read and changed, without a widget.

A phrase is a row of words and blanks. Filling a blank gives the JSON of the whole thing anew, so
whoever draws a phrase needs to know nothing about what stands behind it.
"""

from __future__ import annotations

from calendar import month_name
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

Json = dict[str, Any]
Lift = Callable[[Json], Json]
"""Puts a changed inner part back into the whole."""
BlankKind = Literal["choice", "text", "texts", "number", "date", "metric", "group", "property"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Blank:
    """A place to fill; `fill` takes the new value and gives the JSON of the whole."""

    label: str
    kind: BlankKind
    value: Any
    fill: Callable[[Any], Json]
    options: tuple[tuple[Any, str], ...] = ()


Phrase = tuple[str | Blank, ...]

SPANS: dict[str, str] = {
    "alltime": "over all time",
    "flow-start": "since starting this flow",
    "in-the-last": "in the last",
    "at-least": "at least … ago",
    "between": "between … ago",
    "after": "after",
    "before": "before",
    "between-static": "between dates",
    "in-the-next": "in the next",
    "anniversary": "is today (any year)",
    "anniversary-month": "is this month (any year)",
    "calendar-month": "is in the month",
    "anniversary-last": "had its day in the last",
    "anniversary-next": "has its day in the next",
}
"""Every date operator in words (semantics A.9)."""
JOINED_SPANS = ("in-the-last", "at-least", "in-the-next", "between", "after", "before",
                "between-static")  # fmt: skip
EVENT_SPANS = ("alltime", "flow-start", *JOINED_SPANS, "anniversary-last", "anniversary-next")
SHORT_SPANS = ("alltime", "in-the-last")
DATE_SPANS = tuple(key for key in SPANS if key not in {"alltime", "flow-start"})
UNITS = (("hour", "hours"), ("day", "days"), ("week", "weeks"))
MONTHS = {number: month_name[number] for number in range(1, 13)}
_QUANTITY = {"in-the-last", "at-least", "in-the-next", "anniversary-last", "anniversary-next"}
_FALLBACK = "2026-01-01T00:00:00+00:00"


def choice(
    label: str, value: Any, options: Mapping[Any, str], fill: Callable[[Any], Json]
) -> Blank:
    """A blank to choose from."""
    return Blank(label=label, kind="choice", value=value, options=tuple(options.items()), fill=fill)


def put(part: Json, key: str, lift: Lift) -> Callable[[Any], Json]:
    """Fills one key of a part and puts the part back."""
    return lambda value: lift({**part, key: value})


def span_phrase(span: Json, allowed: tuple[str, ...], lift: Lift) -> Phrase:
    """A span of time: its kind, then what the kind asks for."""
    operator = str(span.get("operator", ""))
    kinds = {key: SPANS[key] for key in (*allowed, operator) if key in SPANS}
    kind = choice("When", operator, kinds, lambda chosen: lift(span_of(chosen, span)))
    return (kind, *span_rest(span, operator, lift))


def span_rest(span: Json, operator: str, lift: Lift) -> Phrase:
    """What a span of time asks for behind its kind."""
    unit = choice("Unit", span.get("unit"), dict(UNITS), put(span, "unit", lift))
    if operator in _QUANTITY:
        return _number("Quantity", span, "quantity", lift), unit
    if operator == "between":
        least, most = (_number(key.capitalize(), span, key, lift) for key in ("start", "end"))
        return least, "and", most, unit
    if operator in {"after", "before"}:
        return (_date("Date", span, "date", lift),)
    if operator == "between-static":
        return _date("From", span, "start", lift), "and", _date("To", span, "end", lift)
    if operator == "calendar-month":
        return (choice("Month", span.get("value"), MONTHS, put(span, "value", lift)),)
    return ()


def span_of(operator: str, old: Json) -> Json:
    """A span of this kind that keeps what it can of the old one."""
    made: Json = {"type": "date", "operator": operator}
    unit = old.get("unit", "day")
    if operator in _QUANTITY:
        return made | {"unit": unit, "quantity": old.get("quantity", old.get("end", 30))}
    if operator == "between":
        return made | {"start": 0, "end": old.get("quantity", 30), "unit": unit}
    if operator in {"after", "before"}:
        return made | {"date": old.get("date", old.get("start", _FALLBACK))}
    if operator == "between-static":
        first = old.get("date", _FALLBACK)
        return made | {"start": first, "end": first}
    return made | {"value": 1} if operator == "calendar-month" else made


def _number(label: str, part: Json, key: str, lift: Lift) -> Blank:
    return Blank(label=label, kind="number", value=part.get(key), fill=put(part, key, lift))


def _date(label: str, part: Json, key: str, lift: Lift) -> Blank:
    """The day of a moment; the time of day stays as it was."""
    moment = str(part.get(key) or _FALLBACK)

    def fill(day: Any) -> Json:
        return lift({**part, key: str(day)[:10] + (moment[10:] or "T00:00:00+00:00")})

    return Blank(label=label, kind="date", value=moment[:10], fill=fill)
