"""Everything people choose from by where they live, laid out so that one look-up serves all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import TypeAlias
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from flows.columns import Codes, Floats, Ints, Times
from simulator.catalogue import Facet
from simulator.synthetic.places import Area, Country, Locale, countries
from simulator.synthetic.pools import Pool, plain, pool

Names: TypeAlias = NDArray[np.str_]


@dataclass(frozen=True, slots=True, eq=False)
class Shelves:
    """Choices by shelf, all in one row: `entries` of shelf s begin at `starts[s]`."""

    values: Facet
    """The text of every entry."""
    starts: Ints
    sizes: Ints

    @classmethod
    def of(cls, shelves: Iterable[Sequence[str]]) -> Shelves:
        """Shelves with these texts."""
        shelves = list(shelves)
        sizes = np.array([len(shelf) for shelf in shelves], dtype=np.int64)
        values = Facet.of([entry for shelf in shelves for entry in shelf])
        return cls(values, np.cumsum(sizes) - sizes, sizes)

    def pick(self, shelf: Codes, shares: Floats) -> Codes:
        """The place of one entry of each shelf, each as likely."""
        picked: Codes = (self.starts[shelf] + shares * self.sizes[shelf]).astype(np.int32)
        return picked


@dataclass(frozen=True, slots=True, eq=False)
class Weighted:
    """Choices by weight within a shelf: `steps` holds shelf + cumulative share."""

    steps: Floats

    @classmethod
    def of(cls, shelves: Iterable[Sequence[float]]) -> Weighted:
        """Shelves with choices of these weights, each shelf brought to one."""
        rows = [np.cumsum(np.asarray(shelf, dtype=np.float64)) for shelf in shelves]
        return cls(np.concatenate([i + _up_to_one(row) for i, row in enumerate(rows)]))

    def pick(self, shelf: Ints | int, shares: Floats) -> Codes:
        """The place of one choice of each shelf, over all shelves."""
        found = np.searchsorted(self.steps, shelf + shares, side="right")
        return np.minimum(found, len(self.steps) - 1).astype(np.int32)


def _up_to_one(cumulative: Floats) -> Floats:
    if not cumulative[-1] > 0:
        return np.linspace(0, 1, len(cumulative) + 1)[1:]
    shares: Floats = cumulative / cumulative[-1]
    return shares


@dataclass(frozen=True, slots=True, eq=False)
class Geography:
    """Places 0, 1, 2, ... are the locales; areas count over all of them."""

    locale_weights: Weighted
    area_weights: Weighted
    locales: Facet
    countries: Facet
    zones: Facet
    """By area."""
    offsets: Times
    """By area: distance from UTC in microseconds at the start of the run."""
    regions: Shelves
    numbers: Shelves
    first: Shelves
    last: Shelves
    towns: Shelves
    postcodes: Facet
    """At the places of the towns."""
    plain_first: Names
    plain_last: Names
    """As names stand in an email address, at the places of the names."""
    genders: Codes
    """At the places of the first names, see `Pool`."""


def geography(
    locales: Mapping[Locale, float], zones: Mapping[Locale, Mapping[str, float]], start: int
) -> Geography:
    """The places that the weights name; equal settings share one."""
    frozen = tuple(
        (name, weight, tuple(zones.get(name, {}).items())) for name, weight in locales.items()
    )
    return _geography(frozen, start)


@lru_cache(maxsize=8)
def _geography(
    chosen: tuple[tuple[Locale, float, tuple[tuple[str, float], ...]], ...], start: int
) -> Geography:
    known = countries()
    pools: list[Pool] = [pool(name) for name, _, _ in chosen]
    areas = [_areas(known[name], weights) for name, _, weights in chosen]
    flat = [area for row in areas for area in row]
    moment = datetime.fromtimestamp(start / 1e6, UTC)
    return Geography(
        locale_weights=Weighted.of([[weight for _, weight, _ in chosen]]),
        area_weights=Weighted.of([[area.weight for area in row] for row in areas]),
        locales=Facet.of([name.replace("_", "-") for name, _, _ in chosen]),
        countries=Facet.of([known[name].code for name, _, _ in chosen]),
        zones=Facet.of([area.zone for area in flat]),
        offsets=np.array([_offset(area.zone, moment) for area in flat], dtype=np.int64),
        regions=Shelves.of([area.regions for area in flat]),
        numbers=Shelves.of([area.numbers for area in flat]),
        first=Shelves.of([names.first for names in pools]),
        last=Shelves.of([names.last for names in pools]),
        towns=Shelves.of([names.towns for names in pools]),
        postcodes=Facet.of([code for names in pools for code in names.postcodes]),
        plain_first=np.array([plain(name) for names in pools for name in names.first]),
        plain_last=np.array([plain(name) for names in pools for name in names.last]),
        genders=np.array([one for names in pools for one in names.genders], dtype=np.int32),
    )


def _areas(country: Country, weights: tuple[tuple[str, float], ...]) -> list[Area]:
    """The country's areas with the weights asked for; a zone of no area borrows from the first."""
    known = {area.zone: area for area in country.areas}
    wanted = weights or tuple((area.zone, area.weight) for area in country.areas)
    return [
        Area(
            zone,
            weight,
            known.get(zone, country.areas[0]).regions,
            known.get(zone, country.areas[0]).numbers,
        )
        for zone, weight in wanted
    ]


def _offset(zone: str, moment: datetime) -> int:
    span = moment.astimezone(ZoneInfo(zone)).utcoffset()
    return 0 if span is None else round(span.total_seconds()) * 1_000_000
