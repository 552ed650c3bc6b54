"""Where people live on the map: near the places that flows measure from, or anywhere at home."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import cos, pi, radians

import numpy as np

from flows.columns import Bools, Column, Floats
from simulator.quantiles import settled
from simulator.synthetic.persons import Persons, without
from simulator.synthetic.predictions import of_numbers

_DEGREE = 111.195
"""Kilometres in a degree of latitude."""
_DIRECTIONS = 4096
_LAND: dict[str, tuple[float, float, float, float]] = {
    "US": (31.0, 46.0, -120.0, -79.0),
    "CA": (44.0, 53.0, -122.0, -66.0),
    "AU": (-37.0, -28.0, 117.0, 152.0),
    "GB": (51.0, 54.5, -3.0, 0.3),
    "DE": (48.2, 53.3, 8.0, 13.0),
    "FR": (44.0, 49.3, 0.0, 6.0),
    "IE": (52.0, 54.3, -9.0, -6.5),
    "SE": (56.0, 63.0, 13.0, 17.0),
}
"""By country, the southern, northern, western and eastern bounds of where people live."""


@dataclass(frozen=True, slots=True)
class Centre:
    """A place that a flow measures from, and the distance that it asks for, in kilometres."""

    country: str
    latitude: float
    longitude: float
    span: float


def coordinates(persons: Persons, centres: Sequence[Centre]) -> dict[str, Column]:
    """`latitude` and `longitude` of those whose city is known.

    Of the people of a country some live within twice the asked distance of the first centre
    there, as many of the others by the second, and so on.
    """
    latitudes, longitudes = _anywhere(persons)
    free = np.ones(len(persons.keys), dtype=np.bool_)
    for place, centre in enumerate(centres):
        chosen = free & _at_home(persons, centre.country)
        chosen &= persons.draws("near", str(place)) < persons.settings.living.near
        free &= ~chosen
        north, east = _around(persons, centre, str(place))
        latitudes = np.where(chosen, north, latitudes)
        longitudes = np.where(chosen, east, longitudes)
    hidden = persons.lacks("city")
    return {
        "latitude": without(of_numbers(np.round(latitudes, 4)), hidden),
        "longitude": without(of_numbers(np.round(longitudes, 4)), hidden),
    }


def _at_home(persons: Persons, country: str) -> Bools:
    countries = persons.places.countries
    here = np.array([held == country for held in countries.pool], dtype=np.bool_)
    found: Bools = here[countries.codes[persons.locale]]
    return found


def _anywhere(persons: Persons) -> tuple[Floats, Floats]:
    countries = persons.places.countries
    lands = np.array([_LAND[str(held)] for held in countries.pool])
    south, north, west, east = lands[countries.codes[persons.locale]].T
    return (
        south + persons.draws("latitude") * (north - south),
        west + persons.draws("longitude") * (east - west),
    )


def _around(persons: Persons, centre: Centre, purpose: str) -> tuple[Floats, Floats]:
    far = persons.draws("distance", purpose) * (2 * centre.span / _DEGREE)
    direction = (persons.draws("direction", purpose) * _DIRECTIONS).astype(np.int64)
    cosines, sines = _circle()
    stretched = max(cos(radians(centre.latitude)), 0.01)
    return (
        centre.latitude + far * cosines[direction],
        centre.longitude + far * sines[direction] / stretched,
    )


@lru_cache(maxsize=1)
def _circle() -> tuple[Floats, Floats]:
    angles = np.arange(_DIRECTIONS) * (2 * pi / _DIRECTIONS)
    return settled(np.cos(angles)), settled(np.sin(angles))
