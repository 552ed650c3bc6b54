"""Property values that reach every branch: those conditions compare with, and their neighbours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import numpy as np

from flows.columns import UNSET, Column, Keys, Scalar, Value
from simulator import chance
from simulator.synthetic.wanted import Compared

_OTHERS = ("Something else", "Another", "Other")


@dataclass(frozen=True, slots=True)
class Span:
    """The days of a run with its history, for dates: `first` and `last` included."""

    first: date
    last: date

    @classmethod
    def of(cls, start: int, stop: int) -> Span:
        """The days between two times in microseconds."""
        return cls(_day(start), _day(stop))

    def days(self, before: int = 0, after: int = 0) -> list[Value]:
        """Every day as ISO text, from `before` days ahead of the span to `after` days behind."""
        count = (self.last - self.first).days + 1 + before + after
        opening = self.first - timedelta(days=before)
        return [(opening + timedelta(days=number)).isoformat() for number in range(count)]


def day_text(day: int) -> str:
    """A day since 1970 as ISO text."""
    return (date(1970, 1, 1) + timedelta(days=day)).isoformat()


def _day(time: int) -> date:
    return datetime.fromtimestamp(time / 1e6, UTC).date()


def draw(compared: Compared, keys: Keys, share: float, span: Span) -> Column:
    """One value per key: with `share` one that is compared with, else one beside those."""
    first, second = choices(compared, span)
    if not first:
        first, share = second, 1.0
    drawn = chance.uniform(keys, chance.name_key("value"))
    chosen = drawn < share
    scaled = np.where(chosen, drawn / max(share, 1e-12), (drawn - share) / max(1 - share, 1e-12))
    place = np.where(
        chosen, scaled * len(first), len(first) + np.minimum(scaled, 1 - 2**-53) * len(second)
    ).astype(np.int32)
    column = Column.of([*first, *second])
    codes = column.codes[np.minimum(place, len(column.codes) - 1)]
    return Column(codes, column.pool)


def choices(compared: Compared, span: Span) -> tuple[list[Value], list[Value]]:
    """The values that conditions compare with, and others; None among them is unset."""
    match compared.kind:
        case "numeric":
            return _numbers(compared.values)
        case "boolean":
            wanted = [v for v in compared.values if isinstance(v, bool)] or [True]
            return list(wanted), [v for v in (True, False) if v not in wanted] or [None]
        case "date":
            return _dates(compared.values, span)
        case "list":
            return _lists(compared.values)
        case "existence":
            return ["yes"], [None]
        case _:
            return list(compared.values), [*_OTHERS, None]


def _numbers(values: tuple[Scalar, ...]) -> tuple[list[Value], list[Value]]:
    """The numbers; below, between and above them by a little and by much, as whole as they are."""
    numbers = sorted(v for v in values if isinstance(v, int | float) and not isinstance(v, bool))
    if not numbers:
        return [], [0, 1, 2, 5, 10, 50, 100, 500, None]
    whole = all(isinstance(n, int) or n.is_integer() for n in numbers)
    low, high = numbers[0], numbers[-1]
    step = max(abs(high), abs(low), 2) / 4
    around = [low - 2 * step, low - step, high + step, high + 4 * step]
    around += [low - 1, high + 1] if whole else []
    around += [(a + b) / 2 for a, b in pairwise(numbers)]
    positive = [n for n in around if n >= 0 or low < 0]
    others = [round(n) if whole else round(n, 2) for n in positive]
    return list(numbers), [*(n for n in dict.fromkeys(others) if n not in numbers), None]


def _dates(values: tuple[Scalar, ...], span: Span) -> tuple[list[Value], list[Value]]:
    """The dates with the days beside them; days spread over the history, the run and a year on."""
    beside: list[Value] = []
    for value in values:
        day = _parsed(value)
        number = day.toordinal() if day else 0
        near = range(max(number - 1, 1), min(number + 1, date.max.toordinal()) + 1)
        beside += [date.fromordinal(n).isoformat() for n in near] if day else []
    return beside, span.days(after=365)


def _parsed(value: Scalar) -> date | None:
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def _lists(values: tuple[Scalar, ...]) -> tuple[list[Value], list[Value]]:
    """Lists that hold the items, alone, with another and all together, or have compared lengths."""
    items = list(values)
    lengths = [int(v) for v in values if isinstance(v, int | float) and v < 100]
    holding: list[Value] = [(item,) for item in items]
    holding += [(item, _OTHERS[place % 2]) for place, item in enumerate(items)]
    holding += [tuple(items)] if len(items) > 1 else []
    sized: list[Value] = []
    for length in lengths:
        sized += [tuple(f"Item {i + 1}" for i in range(n)) for n in (length, length + 1)]
    others: list[Value] = [(_OTHERS[0],), (_OTHERS[0], _OTHERS[1]), None]
    return [*holding, *sized], others


def put_some(base: Column, wanted: Column) -> Column:
    """`wanted` where it has a value, `base` elsewhere."""
    shift = len(base.pool)
    merged = Column.of([*base.pool, *wanted.pool])
    codes = np.where(wanted.codes >= 0, wanted.codes + shift, base.codes)
    lookup = np.append(merged.codes, np.int32(UNSET))
    return Column(lookup[codes].astype(np.int32), merged.pool)
