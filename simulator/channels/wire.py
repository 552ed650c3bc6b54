"""An email as bytes, written directly: a library's message object costs sixty times as much.

Headers follow RFC 5322 and RFC 2047, bodies are quoted-printable (RFC 2045).
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable
from datetime import datetime
from email.utils import format_datetime

from simulator.channels.addresses import Address
from simulator.channels.errors import HeaderInjectionError

Value = str | datetime | Address
_BREAKS = re.compile(r"[\r\n\0\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]+")
_WIDTH = 76
_LONG = 900
"""A word that could not stand on a line of 998 characters with the header's name."""
_WORD = 45
"""Bytes of UTF-8 in an encoded word: 60 characters of Base64 and 12 around them."""


def email_bytes(headers: Iterable[tuple[str, Value]], text: str, html: str) -> bytes:
    """The whole message. HeaderInjectionError for a header with a line break in it."""
    lines = [_header(name, value) for name, value in headers]
    lines.append("MIME-Version: 1.0")
    if not html:
        return _joined([*lines, *_PART["plain"], ""]) + _quoted(text)
    mark = hashlib.blake2b(f"{text}\0{html}".encode(), digest_size=12).hexdigest()
    lines.append(f'Content-Type: multipart/alternative; boundary="={mark}"')
    return b"".join(
        (
            _joined([*lines, "", f"--={mark}", *_PART["plain"], ""]),
            _quoted(text),
            _joined(["", f"--={mark}", *_PART["html"], ""]),
            _quoted(html),
            _joined(["", f"--={mark}--"]),
        )
    )


_PART = {
    kind: (
        f"Content-Type: text/{kind}; charset=utf-8",
        "Content-Transfer-Encoding: quoted-printable",
    )
    for kind in ("plain", "html")
}


def _joined(lines: Iterable[str]) -> bytes:
    return "".join(f"{line}\r\n" for line in lines).encode()


def _quoted(text: str) -> bytes:
    """Quoted-printable; a "=" in the boundary can so never stand at the start of a line."""
    unix = text.replace("\r\n", "\n").replace("\r", "\n")
    coded = binascii.b2a_qp(unix.encode("utf-8", "replace"), quotetabs=False, istext=True)
    return coded.replace(b"\n", b"\r\n")


def _header(name: str, value: Value) -> str:
    if isinstance(value, Address):
        return _mailbox(name, value)
    written = format_datetime(value) if isinstance(value, datetime) else value
    check_header(name, written)
    if (
        written.isascii()
        and "=?" not in written
        and max(map(len, written.split()), default=0) < _LONG
    ):
        return _folded(name, written)
    return f"{name}: {encoded(written)}"


def check_header(name: str, text: str) -> None:
    """Raises HeaderInjectionError where the text could end the header."""
    if _BREAKS.search(text):
        raise HeaderInjectionError(name)


def _mailbox(name: str, who: Address) -> str:
    check_header(name, who.name + who.spec)
    if not who.name:
        return f"{name}: {who.spec}"
    if not who.name.isascii() or "=?" in who.name:
        return f"{name}: {encoded(who.name)}\r\n <{who.spec}>"
    if _ATOMS.fullmatch(who.name) and who.name == who.name.strip():
        return f"{name}: {who.name} <{who.spec}>"
    escaped = who.name.replace("\\", "\\\\").replace('"', '\\"')
    return f'{name}: "{escaped}" <{who.spec}>'


def encoded(text: str) -> str:
    """RFC 2047 words, one a line; no letter is torn apart."""
    words, held = [], b""
    for letter in text:
        coded = letter.encode("utf-8", "replace")
        if len(held) + len(coded) > _WORD:
            words.append(held)
            held = b""
        held += coded
    words.append(held)
    return "\r\n ".join(f"=?utf-8?b?{base64.b64encode(word).decode()}?=" for word in words)


def _folded(name: str, text: str) -> str:
    """Lines of at most 76 characters where spaces allow; a run of spaces stays as it is."""
    lines, line = [], f"{name}:"
    for piece in re.findall(r"\s*\S+|\s+$", f" {text}"):
        if (
            len(line) + len(piece) > _WIDTH
            and line.strip()
            and piece.strip()
            and line != f"{name}:"
        ):
            lines.append(line)
            line = piece
        else:
            line += piece
    return "\r\n".join([*lines, line])
