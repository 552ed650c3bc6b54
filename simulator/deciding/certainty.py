"""When the numbers of a test are certain enough: Beta posteriors, computed over a grid."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from flows.columns import Floats, Ints
from flows.rules import Certainty

_POINTS = 8_001
_SPREADS = 8.0
"""The grid reaches so many standard deviations beyond the outermost means."""


def certain(outcomes: Ints, recipients: Ints, rule: Certainty) -> int | None:
    """Which version is certainly the best, of as many as the arrays have entries; else None.

    Before the first message nothing is known of a version's rate: every rate is as likely.
    """
    if len(recipients) < 2 or int(recipients.min()) < max(rule.recipients, 1):
        return None
    best = int(np.argmax(outcomes / recipients))
    grid, density = _posteriors(outcomes, recipients)
    below = _cumulated(density)
    others = [place for place in range(len(recipients)) if place != best]
    wins = density[best] * np.prod(below[others], axis=0)
    if float(np.sum(wins)) < rule.probability:
        return None
    low, high = _intervals(grid, below, rule.interval)
    widest = max(_overlap(low[[best, other]], high[[best, other]]) for other in others)
    return best if widest < rule.overlap else None


def _posteriors(outcomes: Ints, recipients: Ints) -> tuple[Floats, Floats]:
    """Rates, and per version how likely each is; a row sums to 1."""
    a, b = outcomes + 1.0, recipients - outcomes + 1.0
    mean = a / (a + b)
    spread = _SPREADS * np.sqrt(mean * (1 - mean) / (a + b + 1))
    low = max(float((mean - spread).min()), 0.0)
    high = min(float((mean + spread).max()), 1.0)
    edges = np.linspace(low, high, _POINTS + 1)
    grid = (edges[1:] + edges[:-1]) / 2
    logs = np.log(grid) * (a - 1)[:, None] + np.log1p(-grid) * (b - 1)[:, None]
    density = np.exp(logs - logs.max(axis=1, keepdims=True))
    return grid, density / density.sum(axis=1, keepdims=True)


def _cumulated(density: Floats) -> Floats:
    """How likely a rate is no higher than that of each point, a point counted by half."""
    below: Floats = np.cumsum(density, axis=1) - density / 2
    return below


def _intervals(grid: Floats, below: Floats, share: float) -> tuple[Floats, Floats]:
    """Where the middle `share` of each version's rates begins and ends."""
    ends = (1 - share) / 2, (1 + share) / 2
    found = np.array([np.interp(ends, row, grid) for row in below])
    return found[:, 0], found[:, 1]


def _overlap(low: NDArray[np.float64], high: NDArray[np.float64]) -> float:
    """How much two intervals have in common, as a share of the shorter one."""
    common = float(high.min() - low.max())
    return max(common, 0.0) / float((high - low).min())
