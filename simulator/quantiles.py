"""Distributions as tables of quantiles: one look-up turns a share in [0, 1) into a number.

Only the tables are computed with logarithms and exponentials, and they are rounded to 40 bits, so
draws are sums and products that come out alike on every machine and for every length of array.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import log
from statistics import NormalDist

import numpy as np

from flows.columns import Floats, Ints

CELLS = 1 << 14
_EDGE = 2.0**-24
_BITS = 2.0**40


@dataclass(frozen=True, slots=True, eq=False)
class Quantiles:
    """`table[i]` is the quantile at i / CELLS, CELLS + 1 of them, linear in between."""

    table: Floats

    def at(self, shares: Floats) -> Floats:
        """The quantile at each share."""
        place = shares * CELLS
        cell = place.astype(np.int64)
        low = self.table[cell]
        found: Floats = low + (self.table[cell + 1] - low) * (place - cell)
        return found


def settled(table: Floats) -> Floats:
    """The same numbers to 40 bits: the last bits differ between mathematics libraries."""
    mantissa, exponent = np.frexp(table)
    rounded: Floats = np.ldexp(np.round(mantissa * _BITS) / _BITS, exponent)
    return rounded


def _nodes() -> Floats:
    return np.clip(np.arange(CELLS + 1) / CELLS, _EDGE, 1 - _EDGE)


@lru_cache(maxsize=1)
def normal_scores() -> Floats:
    """The standard normal quantile at every node of a table."""
    inverse = NormalDist().inv_cdf
    return settled(np.array([inverse(share) for share in _nodes().tolist()]))


@lru_cache(maxsize=64)
def lognormal(median: float, sigma: float) -> Quantiles:
    """A number whose logarithm is normal."""
    return Quantiles(settled(np.exp(log(median) + sigma * normal_scores())))


@lru_cache(maxsize=1)
def exponential() -> Quantiles:
    """Waiting times of mean 1."""
    return Quantiles(settled(-np.log1p(-_nodes())))


@lru_cache(maxsize=16)
def gamma(shape: float) -> Quantiles:
    """A gamma variable of rate 1, by the integral of its density over the logarithm."""
    logs = np.linspace(-30 / min(shape, 1.0) - 5, log(60 + 12 * shape), 40_000)
    return _integrated(np.exp(logs), shape * logs - np.exp(logs))


@lru_cache(maxsize=16)
def beta(a: float, b: float) -> Quantiles:
    """A beta variable, by the integral of its density over the logit."""
    logits = np.linspace(-30 / min(a, 1.0) - 5, 30 / min(b, 1.0) + 5, 40_000)
    log_share, log_rest = -np.logaddexp(0, -logits), -np.logaddexp(0, logits)
    return _integrated(np.exp(log_share), a * log_share + b * log_rest)


def _integrated(values: Floats, log_density: Floats) -> Quantiles:
    density = np.exp(log_density - log_density.max())
    total = np.concatenate(([0.0], np.cumsum((density[1:] + density[:-1]) / 2)))
    return Quantiles(settled(np.interp(_nodes(), total / total[-1], values)))


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """Poisson numbers for several means at once: `steps` holds mean index + cumulative share."""

    steps: Floats
    starts: Ints

    def at(self, shares: Floats, which: Ints) -> Ints:
        """The number at each share, of the mean with index `which`."""
        found = np.searchsorted(self.steps, which + shares, side="right")
        return (found - self.starts[which]).astype(np.int64)


@lru_cache(maxsize=256)
def poisson(means: tuple[float, ...]) -> Counts:
    """Poisson numbers for these means, each cut at the last 2⁻²⁴."""
    tables = [_poisson_shares(mean) for mean in means]
    lengths = [len(table) for table in tables]
    steps = np.concatenate([index + table for index, table in enumerate(tables)])
    return Counts(steps, np.concatenate(([0], np.cumsum(lengths)))[:-1].astype(np.int64))


def _poisson_shares(mean: float) -> Floats:
    top = int(mean + 12 * mean**0.5 + 12)
    numbers = np.arange(1, top + 1)
    logs = np.concatenate(([0.0], np.cumsum(np.log(max(mean, 1e-300) / numbers)))) - mean
    shares = settled(np.cumsum(np.exp(logs)))
    below = shares[shares < 1 - _EDGE]
    return np.concatenate((below, [1.0]))
