"""The shares of an A/B test: percents that sum to 100, however the test writes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate, pairwise
from typing import Any

_FRACTIONS = 1.5
"""Allocations that sum to no more than this are fractions of one rather than percents."""


def percents(allocations: Mapping[str, Any] | None, ids: Sequence[str]) -> list[float]:
    """Each variation's share; equal ones where none are written (semantics E6)."""
    given = allocations or {}
    written = [_number(given.get(key, given.get(str(at)))) for at, key in enumerate(ids)]
    if not any(written):
        return [float(share) for share in equal(len(ids))]
    scale = 100 if sum(written) <= _FRACTIONS else 1
    return [round(share * scale, 4) for share in written]


def equal(count: int) -> list[int]:
    """Whole percents as alike as can be, the first ones larger."""
    each, rest = divmod(100, count) if count else (0, 0)
    return [each + (1 if at < rest else 0) for at in range(count)]


def moved(shares: Sequence[float], at: int, value: float) -> list[float]:
    """The shares with one set; the others keep their proportions and all sum to 100."""
    value = min(max(value, 0), 100) if len(shares) > 1 else 100
    others = [share for i, share in enumerate(shares) if i != at]
    weights = others if sum(others) else [1.0] * len(others)
    ends = [round((100 - value) * end / sum(weights)) for end in accumulate(weights)]
    filled = iter([float(end - start) for start, end in pairwise([0, *ends])])
    return [float(value) if i == at else next(filled) for i in range(len(shares))]


def allocations_of(shares: Sequence[float], ids: Sequence[str], old: Any) -> dict[str, float]:
    """The shares by id, as fractions where they were written so before."""
    numbers = [_number(value) for value in old.values()] if isinstance(old, Mapping) else []
    scale = 0.01 if any(numbers) and sum(numbers) <= _FRACTIONS else 1
    return {key: round(share * scale, 6) for key, share in zip(ids, shares, strict=True)}


def _number(value: Any) -> float:
    known = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if known else 0.0
