"""Where synthetic people live: zones, regions, and telephone numbers that belong to nobody.

Numbers come from the ranges that each country's regulator keeps for fiction, so none rings
anywhere; the ranges are small, so people share numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Locale = Literal["en_US", "en_GB", "en_CA", "en_AU", "de_DE", "fr_FR", "en_IE", "sv_SE"]


@dataclass(frozen=True, slots=True)
class Area:
    """A time zone of a country: its weight within the country, regions and telephone numbers."""

    zone: str
    weight: float
    regions: tuple[str, ...]
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Country:
    """A country by ISO 3166 code, with its areas."""

    code: str
    areas: tuple[Area, ...]


def _american(*codes: int) -> tuple[str, ...]:
    """555-0100 to 555-0199 in each area code (North American Numbering Plan)."""
    return tuple(f"+1{code}55501{last:02d}" for code in codes for last in range(100))


def _run(prefix: str, digits: int, first: int, last: int) -> tuple[str, ...]:
    return tuple(f"{prefix}{number:0{digits}d}" for number in range(first, last + 1))


_AUSTRALIAN = tuple(
    f"+61491{number}"
    for number in (
        *(570006, 570156, 570157, 570158, 570159, 570110, 570313, 570737, 571266, 571491),
        *(571804, 572549, 572665, 572983, 573770, 573087, 574118, 574632, 575254, 575789),
        *(576398, 576801, 577426, 577644, 578957, 578148, 578888, 579212, 579760, 579455),
    )
)


def _countries() -> Iterator[tuple[Locale, Country]]:
    yield "en_US", Country("US", _united_states())
    yield "en_CA", Country("CA", _canada())
    yield "en_AU", Country("AU", _australia())
    britain = ("England", "Scotland", "Wales")
    yield "en_GB", _single("GB", "Europe/London", britain, _run("+447700900", 3, 0, 999))
    yield (
        "de_DE",
        _single(
            "DE", "Europe/Berlin", ("Bayern", "Berlin", "Hessen"), _run("+4917139200", 2, 0, 99)
        ),
    )
    yield (
        "fr_FR",
        _single("FR", "Europe/Paris", ("Bretagne", "Occitanie"), _run("+336399800", 2, 0, 99)),
    )
    yield "en_IE", _single("IE", "Europe/Dublin", ("Leinster",), _run("+35320910", 4, 0, 999))
    yield "sv_SE", _single("SE", "Europe/Stockholm", ("Skåne",), _run("+467017406", 2, 5, 99))


def _single(code: str, zone: str, regions: tuple[str, ...], numbers: tuple[str, ...]) -> Country:
    return Country(code, (Area(zone, 1.0, regions, numbers),))


def _united_states() -> tuple[Area, ...]:
    return (
        Area("America/New_York", 0.47, ("New York", "Florida"), _american(212, 305, 404, 617, 716)),
        Area("America/Chicago", 0.29, ("Texas", "Illinois"), _american(214, 312, 512, 612, 713)),
        Area("America/Denver", 0.05, ("Colorado", "Utah"), _american(303, 505, 801)),
        Area("America/Phoenix", 0.02, ("Arizona",), _american(480, 602)),
        Area("America/Los_Angeles", 0.17, ("California", "Oregon"), _american(206, 213, 415, 503)),
    )


def _canada() -> tuple[Area, ...]:
    return (
        Area("America/Toronto", 0.66, ("Ontario", "Quebec"), _american(416, 514, 613)),
        Area("America/Edmonton", 0.16, ("Alberta",), _american(403, 780)),
        Area("America/Vancouver", 0.18, ("British Columbia",), _american(604, 250)),
    )


def _australia() -> tuple[Area, ...]:
    return (
        Area("Australia/Sydney", 0.62, ("New South Wales", "Victoria"), _AUSTRALIAN),
        Area("Australia/Brisbane", 0.27, ("Queensland",), _AUSTRALIAN),
        Area("Australia/Perth", 0.11, ("Western Australia",), _AUSTRALIAN),
    )


def countries() -> dict[Locale, Country]:
    """Every country we know, by the locale of its names."""
    return dict(_countries())


def zone_weights() -> dict[Locale, dict[str, float]]:
    """The zones of each locale with their weights, as the defaults of a setting."""
    return {
        locale: {area.zone: area.weight for area in country.areas}
        for locale, country in _countries()
    }
