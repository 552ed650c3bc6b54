"""Filters over numbers; what is not a number counts as zero, as the public filters do."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any


def number(value: Any) -> float:
    """The value as a number; 0.0 for anything else."""
    try:
        made = float(value)
    except (TypeError, ValueError, OverflowError):
        return 0.0
    return made if math.isfinite(made) else 0.0


def _tidy(value: float) -> float:
    """Without the noise of binary fractions: 1.1 - 1 is 0.1."""
    return float(f"{value:.12g}")


def absolute(value: Any) -> Any:
    """Without the sign; an integer stays one."""
    return abs(value) if isinstance(value, int) else abs(number(value))


def at_least(value: Any, floor: Any) -> Any:
    """The larger of two."""
    return max(value, floor, key=number)


def at_most(value: Any, ceiling: Any) -> Any:
    """The smaller of two."""
    return min(value, ceiling, key=number)


def floatadd(value: Any, other: Any) -> float:
    """The sum with its decimals, which `add` would cut off."""
    return _tidy(number(value) + number(other))


def floatsub(value: Any, other: Any) -> float:
    """The difference with its decimals."""
    return _tidy(number(value) - number(other))


def multiply(value: Any, other: Any) -> float:
    """The product."""
    return _tidy(number(value) * number(other))


def divide(value: Any, other: Any) -> float:
    """The quotient; 0.0 where the divisor is zero."""
    divisor = number(other)
    return _tidy(number(value) / divisor) if divisor else 0.0


def remainder(value: Any, other: Any) -> float:
    """What is left after division; 0.0 where the divisor is zero."""
    divisor = number(other)
    return _tidy(number(value) % divisor) if divisor else 0.0


def _digits(value: Any) -> int:
    return max(0, min(int(number(value)), 12))


def ceil(value: Any) -> str:
    """Up to a whole number, as text."""
    return str(float(math.ceil(number(value))))


def floor(value: Any) -> str:
    """Down to a whole number, as text."""
    return str(float(math.floor(number(value))))


def round_up(value: Any, digits: Any = 0) -> str:
    """Up to so many digits, as text."""
    scale = 10 ** _digits(digits)
    return str(math.ceil(_tidy(number(value) * scale)) / scale)


def round_down(value: Any, digits: Any = 0) -> str:
    """Down to so many digits, as text."""
    scale = 10 ** _digits(digits)
    return str(math.floor(_tidy(number(value) * scale)) / scale)


def percentize(value: Any, digits: Any = 0) -> str:
    """A share as a percentage: .25 is 25%."""
    return f"{number(value) * 100:.{_digits(digits)}f}%"


def sum_list(values: Any) -> float:
    """The sum of a list."""
    return math.fsum(number(value) for value in values) if isinstance(values, list | tuple) else 0.0


FILTERS: dict[str, Callable[..., Any]] = {
    "abs": absolute,
    "at_least": at_least,
    "at_most": at_most,
    "ceil": ceil,
    "divide": divide,
    "divided_by": divide,
    "floatadd": floatadd,
    "floatsub": floatsub,
    "floor": floor,
    "gt": lambda value, other: number(value) > number(other),
    "gte": lambda value, other: number(value) >= number(other),
    "lt": lambda value, other: number(value) < number(other),
    "lte": lambda value, other: number(value) <= number(other),
    "minus": floatsub,
    "modulo": remainder,
    "multiply": multiply,
    "percentize": percentize,
    "plus": floatadd,
    "remainder": remainder,
    "round": round_up,
    "round_down": round_down,
    "round_up": round_up,
    "sum_list": sum_list,
    "times": multiply,
}
