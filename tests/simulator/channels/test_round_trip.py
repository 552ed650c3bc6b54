"""From a flow to the inbox and back: what arrives is what was meant."""

from __future__ import annotations

from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import parseaddr
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from sample_flows import samples
from simulator.channels.account import Account
from simulator.channels.addresses import Address, address
from simulator.channels.compose import compose_email
from simulator.channels.deliver import MemoryLedger, deliver
from simulator.channels.email import EmailChannel
from simulator.channels.inbox import InboxServer, MemoryMailbox
from simulator.channels.outgoing import Mark, OutgoingEmail
from simulator.channels.wire import email_bytes
from simulator.contexts import MessageContext

if TYPE_CHECKING:
    from tests.simulator.channels.conftest import MessageMaker


def parsed(raw: bytes) -> EmailMessage:
    message = message_from_bytes(raw, policy=policy.default)
    assert isinstance(message, EmailMessage)
    assert not message.defects
    return message


def body(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


async def through_the_inbox(*messages: OutgoingEmail) -> list[EmailMessage]:
    mailbox = MemoryMailbox()
    async with InboxServer(mailbox) as inbox:
        await deliver(messages, EmailChannel(inbox.settings), MemoryLedger())
    return [parsed(kept.raw) for kept in mailbox.messages]


async def test_an_email_arrives_as_it_was_composed() -> None:
    flow = next(flow for flow in samples() if flow.id == "abandoned-checkout")
    context = MessageContext(
        flow_id=flow.id,
        action_id="email-1-still-here",
        variation=None,
        channel="email",
        at=datetime(2026, 1, 5, 14, tzinfo=UTC),
        visit=1,
        profile_id="p-1",
        person={"email": "zoe@exämple.com", "first_name": "Zoë", "last_name": "Ünal 🫖"},
        event={"$value": 96.5, "Items": ("Assam", "Smoke & Pine"), "ItemCount": 2},
    )
    sent = compose_email(flow, context, Account(), run="run-1")
    (got,) = await through_the_inbox(sent)
    assert {name: str(got[name]) for name in got if name not in {"Content-Type"}} == {
        "From": "Juniper & Slate <hello@juniperandslate.example>",
        "To": "Zoë Ünal 🫖 <zoe@xn--exmple-cua.com>",
        "Reply-To": "care@juniperandslate.example",
        "Subject": "You left something steeping, Zoë",
        "Date": "Mon, 05 Jan 2026 09:00:00 -0500",
        "Message-ID": sent.message_id,
        "List-Unsubscribe": sent.headers[0][1],
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "X-Rehearsal-Run": "run-1",
        "X-Rehearsal-Flow": "abandoned-checkout",
        "X-Rehearsal-Action": "email-1-still-here",
        "X-Rehearsal-Profile": "p-1",
        "X-Rehearsal-Link": sent.link_key,
        "MIME-Version": "1.0",
    }
    assert body(got, "html") == sent.html
    assert body(got, "plain") == sent.text
    assert "Smoke &amp; Pine" in sent.html
    assert "Smoke & Pine" in sent.text


async def test_lines_that_begin_with_a_dot_arrive_whole(make_message: MessageMaker) -> None:
    text = ".\n..\nfine\n.\n\n"
    html = "<p>a</p>\n.\n<p>b</p>"
    (got,) = await through_the_inbox(make_message(text=text, html=html))
    assert (body(got, "plain"), body(got, "html")) == (text, html)


LINE = st.text(st.characters(exclude_categories=("C", "Zl", "Zp")), max_size=200)
TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=400)


@given(subject=LINE, name=LINE)
def test_any_line_without_breaks_is_read_back_as_it_was(subject: str, name: str) -> None:
    subject = " ".join(subject.split())
    name = " ".join(name.split())
    who = Address("a", "example.com", name)
    raw = email_bytes([("From", who), ("Subject", subject)], "text\n", "")
    got = parsed(raw)
    assert got["Subject"] == subject
    coded, spec = parseaddr(message_from_bytes(raw)["From"])
    assert str(make_header(decode_header(coded))) == name
    assert spec == "a@example.com"
    assert max(map(len, raw.split(b"\r\n"))) <= 998


@given(text=TEXT, html=TEXT.filter(bool))
def test_any_body_is_read_back_as_it_was(text: str, html: str) -> None:
    raw = email_bytes([("From", address("a@example.com"))], text, html)
    got = parsed(raw)
    assert (body(got, "plain"), body(got, "html")) == (text, html)
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    assert b"\n" not in raw.replace(b"\r\n", b"")


def test_the_same_mark_always_gives_the_same_bytes(make_message: MessageMaker) -> None:
    assert make_message(3).raw == make_message(3).raw
    assert Mark(run="r", flow="f", action="a", profile="p", visit=1) == Mark(
        run="r", flow="f", action="a", profile="p", visit=1
    )
