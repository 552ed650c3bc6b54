"""Messages that are ready to go: everything is rendered, nothing is left to decide."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from simulator.channels.addresses import Address
from simulator.channels.segments import Encoding, segments
from simulator.channels.wire import Value, email_bytes


@dataclass(frozen=True, kw_only=True)
class Mark:
    """What a message was sent for; together with nothing else it makes the Message-ID."""

    run: str
    flow: str
    action: str
    profile: str
    visit: int
    variation: str | None = None


@dataclass(frozen=True, kw_only=True)
class OutgoingEmail:
    """An email. Headers hold plain text; `raw` is what goes over the wire."""

    message_id: str
    """With angle brackets; the key that tells whether it was sent before."""
    mark: Mark
    sender: Address
    to: Address
    reply_to: Address | None = None
    copies: tuple[Address, ...] = ()
    blind_copies: tuple[Address, ...] = ()
    date: datetime
    subject: str
    preview_text: str = ""
    html: str = ""
    text: str = ""
    headers: tuple[tuple[str, str], ...] = field(default=())
    """Further headers in order, as plain text."""
    transactional: bool = False
    link_key: str = ""
    """The key under which its links are answered for."""

    @property
    def recipients(self) -> tuple[Address, ...]:
        """Everyone it goes to."""
        return (self.to, *self.copies, *self.blind_copies)

    @property
    def needs_utf8(self) -> bool:
        """An address can only be written with SMTPUTF8."""
        return any(who.needs_utf8 for who in (self.sender, *self.recipients))

    @cached_property
    def raw(self) -> bytes:
        """The message in RFC 5322's form, lines ended by CRLF; blind copies are not in it."""
        written: list[tuple[str, Value]] = [("From", self.sender), ("To", self.to)]
        written += [("Cc", copy) for copy in self.copies]
        written += [("Reply-To", self.reply_to)] if self.reply_to else []
        written += [("Subject", self.subject), ("Date", self.date), ("Message-ID", self.message_id)]
        written += self.headers
        return email_bytes(written, self.text, self.html)


@dataclass(frozen=True, kw_only=True)
class OutgoingSms:
    """A text message."""

    message_id: str
    mark: Mark
    to: str
    """In the form in which the profile holds it, E.164 as a rule."""
    date: datetime
    body: str

    @property
    def encoding(self) -> Encoding:
        """GSM-7, or UCS-2 where a character asks for it."""
        return segments(self.body)[0]

    @property
    def segments(self) -> int:
        """How many parts the operator counts and charges."""
        return segments(self.body)[1]
