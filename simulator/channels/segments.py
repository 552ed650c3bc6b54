"""How many parts a text message takes (3GPP TS 23.038: 160/153 in GSM-7, 70/67 in UCS-2)."""

from __future__ import annotations

from typing import Literal

Encoding = Literal["GSM-7", "UCS-2"]
_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("\f^{}\\[~]|€")
"""These take two places."""


def segments(body: str) -> tuple[Encoding, int]:
    """The encoding and the number of parts; an empty text takes one."""
    if all(letter in _BASIC or letter in _EXTENDED for letter in body):
        return "GSM-7", _parts([2 if letter in _EXTENDED else 1 for letter in body], 160, 153)
    return "UCS-2", _parts([2 if ord(letter) > 0xFFFF else 1 for letter in body], 70, 67)


def _parts(sizes: list[int], alone: int, joined: int) -> int:
    """Parts for letters of these sizes; a letter of two places is never torn apart."""
    if sum(sizes) <= alone:
        return 1
    parts, used = 1, 0
    for size in sizes:
        if used + size > joined:
            parts, used = parts + 1, 0
        used += size
    return parts
