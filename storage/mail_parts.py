"""A raw message taken apart: what the inbox shows of it. Nothing a sender writes raises here."""

from __future__ import annotations

from dataclasses import dataclass
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parsedate_to_datetime

from flows.moments import micros
from storage.words import storable

HEADERS = {
    "flow_id": "X-Rehearsal-Flow",
    "action_id": "X-Rehearsal-Action",
    "profile_id": "X-Rehearsal-Profile",
    "run_id": "X-Rehearsal-Run",
    "link_key": "X-Rehearsal-Link",
}
"""Where a message says what it was sent for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailParts:
    """Headers as text, and the first plain and the first HTML body; empty where there is none."""

    message_id: str
    sender: str
    recipients: str
    subject: str
    sent_at: int | None
    text: str
    html: str
    flow_id: str
    action_id: str
    profile_id: str
    run_id: str
    link_key: str


def take_apart(raw: bytes) -> MailParts:
    """The parts of a message in RFC 5322's form, or of what comes near."""
    message = message_from_bytes(raw)
    return MailParts(
        message_id=_header(message, "Message-ID"),
        sender=_header(message, "From"),
        recipients=_header(message, "To"),
        subject=_header(message, "Subject"),
        sent_at=_date(_header(message, "Date")),
        text=_body(message, "text/plain"),
        html=_body(message, "text/html"),
        **{field: _header(message, name) for field, name in HEADERS.items()},
    )


def _header(message: Message, name: str) -> str:
    raw = message.get(name, "")
    try:
        written = str(make_header(decode_header(raw)))
    except (HeaderParseError, LookupError, ValueError):
        written = str(raw)
    return storable(" ".join(written.split()))


def _date(text: str) -> int | None:
    try:
        return micros(parsedate_to_datetime(text))
    except (ValueError, OverflowError):
        return None


def _body(message: Message, kind: str) -> str:
    for part in message.walk():
        if part.get_content_type() == kind and part.get_content_disposition() != "attachment":
            return storable(_decoded(part))
    return ""


def _decoded(part: Message) -> str:
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return ""
    try:
        return payload.decode(part.get_content_charset("utf-8"), "replace")
    except LookupError:
        return payload.decode("utf-8", "replace")
