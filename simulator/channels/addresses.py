"""Email addresses: read, checked, and written as headers and SMTP want them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from simulator.channels.errors import InvalidAddressError

_LOCAL = re.compile(r"[^\s@<>()\[\]\\,;:\"\x00-\x20\x7f]+")
_HOST = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)(\.(?!-)[a-z0-9-]{1,63}(?<!-))*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Address:
    """A mailbox, perhaps with the name of its owner. `domain` is in its ASCII form."""

    local: str
    domain: str
    name: str = ""

    @property
    def spec(self) -> str:
        """`local@domain`."""
        return f"{self.local}@{self.domain}"

    @property
    def needs_utf8(self) -> bool:
        """The local part is beyond ASCII, so the receiver must know SMTPUTF8."""
        return not self.local.isascii()


def address(text: str, name: str = "") -> Address:
    """The address that a text names, else InvalidAddressError; quoted local parts are refused."""
    local, at, domain = text.strip().rpartition("@")
    ascii_domain = _ascii(domain)
    if not at or len(local.encode()) > 64 or not _LOCAL.fullmatch(local):
        raise InvalidAddressError(text)
    if ascii_domain is None or local.startswith(".") or local.endswith(".") or ".." in local:
        raise InvalidAddressError(text)
    return Address(local, ascii_domain, name)


@lru_cache(maxsize=4096)
def _ascii(domain: str) -> str | None:
    """The domain in the form that DNS knows; None for what cannot be one."""
    try:
        coded = domain.encode("idna").decode() if not domain.isascii() else domain
    except UnicodeError:
        return None
    return coded.lower() if len(coded) <= 253 and _HOST.fullmatch(coded) else None
