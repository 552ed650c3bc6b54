"""What the first digits of a phone number tell: its country and the clocks of its area.

Zones of areas and countries come from the phonenumbers package, the port of libphonenumber.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from phonenumbers.phonemetadata import PhoneMetadata
from phonenumbers.phonenumberutil import COUNTRY_CODE_TO_REGION_CODE
from phonenumbers.tzdata import TIMEZONE_DATA

from flows.columns import UNSET, Codes, Column, Value
from flows.filters.phones import country_of
from flows.memory import once
from flows.timing.zones import known_zone, to_local

DIGITS = 7
"""Enough for a calling code with an area code and an exchange."""
_AREA = 4
"""Digits of a North American area code with its calling code."""
_EASTERN = {
    "US": "America/New_York",
    "CA": "America/Toronto",
    "AU": "Australia/Sydney",
    "NZ": "Pacific/Auckland",
    "BR": "America/Sao_Paulo",
    "GB": "Europe/London",
}
"""Where the eastern zone is not the one furthest east, which is that of some islands."""
_TEXAN = """
210 214 254 281 325 346 361 409 430 432 469 512 682 713 726 737 806 817 830 832 903 915 936 940 945
956 972 979
"""
_MOMENT = np.array([1_767_225_600_000_000])
"""When zones are compared: the start of 2026."""


def first_digits(numbers: Column) -> Column:
    """The first seven digits of each number as text; unset where there is no “+” with so many."""
    lookup, distinct = once(numbers.pool, _split)
    return Column(lookup[numbers.codes], distinct)


def _split(pool: tuple[Value, ...]) -> tuple[Codes, tuple[Value, ...]]:
    """Where the first digits of each value of a pool, and of what is unset, stand among them."""
    texts = [value if isinstance(value, str) else "" for value in pool]
    signs = np.array([*texts, ""], dtype=f"U{DIGITS + 1}").view(np.uint32).reshape(-1, DIGITS + 1)
    digits = signs[:, 1:].astype(np.int64) - ord("0")
    is_number = (signs[:, 0] == ord("+")) & ((digits >= 0) & (digits <= 9)).all(axis=1)
    keys = np.where(is_number, digits @ _POWERS, UNSET)
    distinct, codes = np.unique(keys, return_inverse=True)
    shift = int(distinct[0] == UNSET)
    named = tuple(f"{number:0{DIGITS}d}" for number in distinct[shift:].tolist())
    return (codes - shift).astype(np.int32), named


_POWERS: NDArray[np.int64] = 10 ** np.arange(DIGITS - 1, -1, -1)


@lru_cache(maxsize=100_000)
def country(digits: object) -> str:
    """The ISO code of the country whose numbers begin so; nothing where there is none."""
    return country_of(f"+{digits}") or ""


@lru_cache(maxsize=1000)
def valid_numbers(countries: frozenset[str]) -> str:
    """What a number of one of these countries looks like in full, in RE2's syntax."""
    plans = (PhoneMetadata.metadata_for_region(name) for name in sorted(countries - {""}))
    shapes = [
        rf"\+{plan.country_code}(?:{plan.general_desc.national_number_pattern})"
        for plan in plans
        if plan is not None and plan.general_desc is not None
    ]
    return rf"\A(?:{'|'.join(shapes)})\z" if shapes else r"\A\z."


@lru_cache(maxsize=100_000)
def area_zones(digits: str) -> tuple[str, ...]:
    """The zones of a North American number by area code, or by exchange where an area has several.

    All of them where nobody says which exchange lies where; none for an area that is unknown.
    """
    if not digits.startswith("1"):
        return ()
    told = (TIMEZONE_DATA.get(digits[:length]) for length in range(DIGITS, _AREA - 1, -1))
    zones = next(filter(None, told), None) or _zones_within(digits[:_AREA])
    return tuple(zone for zone in zones if known_zone(zone))


def _zones_within(area: str) -> tuple[str, ...]:
    parts = (zones for prefix, zones in TIMEZONE_DATA.items() if prefix.startswith(area))
    return tuple(sorted({zone for zones in parts for zone in zones}))


@lru_cache(maxsize=1000)
def eastern_zone(digits: str) -> str | None:
    """The eastern zone of the country whose numbers begin so; None for a country unknown."""
    named = country(digits)
    if named in _EASTERN:
        return _EASTERN[named]
    lengths = [n for n in (1, 2, 3) if int(digits[:n]) in COUNTRY_CODE_TO_REGION_CODE]
    zones = area_zones(digits) or (TIMEZONE_DATA.get(digits[: lengths[0]], ()) if lengths else ())
    known = [zone for zone in zones if known_zone(zone)]
    return max(known, key=_offset) if named and known else None


def _offset(zone: str) -> int:
    return int(to_local(_MOMENT, Column.of([zone]))[0])


def is_texan(digits: str) -> bool:
    """Whether the area code is one of Texas."""
    return digits.startswith("1") and digits[1:_AREA] in _TEXAN.split()
