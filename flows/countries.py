"""Countries as profiles name them: by ISO code, or by an English name."""

from __future__ import annotations

EUROPEAN_UNION = {
    "AT": "Austria", "BE": "Belgium", "BG": "Bulgaria", "CY": "Cyprus", "CZ": "Czechia",
    "DE": "Germany", "DK": "Denmark", "EE": "Estonia", "ES": "Spain", "FI": "Finland",
    "FR": "France", "GR": "Greece", "HR": "Croatia", "HU": "Hungary", "IE": "Ireland",
    "IT": "Italy", "LT": "Lithuania", "LU": "Luxembourg", "LV": "Latvia", "MT": "Malta",
    "NL": "Netherlands", "PL": "Poland", "PT": "Portugal", "RO": "Romania", "SE": "Sweden",
    "SI": "Slovenia", "SK": "Slovakia",
}  # fmt: skip
"""The members, English name by ISO code."""
_NAMES = {name.upper(): code for code, name in EUROPEAN_UNION.items()} | {
    "CZECH REPUBLIC": "CZ",
    "THE NETHERLANDS": "NL",
    "USA": "US",
    "UNITED STATES": "US",
    "UNITED STATES OF AMERICA": "US",
}


def code_of(country: str) -> str:
    """The ISO code of a country that is known by its name; else what is written, in capitals."""
    written = country.strip().upper()
    return _NAMES.get(written, written)
