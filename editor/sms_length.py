"""How many parts a text message is sent in: the GSM 03.38 alphabet, else UCS-2."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("^{}\\[~]|€\f")
"""Characters that count twice."""


@dataclass(frozen=True, slots=True)
class SmsLength:
    """A text's length in its alphabet's units, and the parts that makes."""

    alphabet: Literal["GSM", "Unicode"]
    units: int
    parts: int
    left: int
    """Units that still fit into the last part."""


def sms_length(text: str) -> SmsLength:
    """160 units fit into a single GSM part and 153 into each of several; 70 and 67 in Unicode."""
    if all(character in _BASIC or character in _EXTENDED for character in text):
        units = sum(2 if character in _EXTENDED else 1 for character in text)
        return _counted("GSM", units, 160, 153)
    return _counted("Unicode", len(text.encode("utf-16-le")) // 2, 70, 67)


def _counted(
    alphabet: Literal["GSM", "Unicode"], units: int, single: int, several: int
) -> SmsLength:
    if units <= single:
        return SmsLength(alphabet, units, 1 if units else 0, single - units)
    parts = -(-units // several)
    return SmsLength(alphabet, units, parts, parts * several - units)
