"""What every hand-over comes to, whatever the server or the network does."""

from __future__ import annotations

import asyncio
import ssl
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from simulator.channels.addresses import address
from simulator.channels.base import Channel, Receipt
from simulator.channels.email import EmailChannel
from simulator.channels.errors import PasswordWithoutTlsError, PlainBeyondLoopbackError
from simulator.channels.inbox import InboxServer, MemoryMailbox
from simulator.channels.smtp_settings import SmtpSettings

if TYPE_CHECKING:
    from tests.simulator.channels.conftest import MessageMaker, Pauses, ServerMaker


async def first(channel: Channel, make_message: MessageMaker) -> Receipt:
    try:
        return await channel.send(make_message())
    finally:
        await channel.close()


async def test_a_server_that_takes_the_message_gives_sent(make_message: MessageMaker) -> None:
    mailbox = MemoryMailbox()
    async with InboxServer(mailbox) as inbox:
        receipt = await first(EmailChannel(inbox.settings), make_message)
    assert receipt == Receipt(
        message_id="<1@shop.example>", state="sent", phase="done", code=250, text="Kept"
    )
    assert [(kept.sender, kept.recipients) for kept in mailbox.messages] == [
        ("shop@shop.example", ("p1@example.com",))
    ]


async def test_many_messages_share_few_connections(
    fault_server: ServerMaker, make_message: MessageMaker
) -> None:
    server = await fault_server()
    channel = EmailChannel(server.settings(connections=2))
    receipts = await asyncio.gather(*(channel.send(make_message(n)) for n in range(20)))
    await channel.close()
    assert {receipt.state for receipt in receipts} == {"sent"}
    assert len(server.taken) == 20
    assert server.connections <= 2


OUTCOMES = [
    # fault at, what the server does, state, phase, code, attempts
    ("greeting", "drop", "failed", "connect", None, 3),
    ("greeting", "421 busy", "failed", "connect", 421, 3),
    ("greeting", "554 go away", "failed", "connect", 554, 1),
    ("ehlo", "drop", "failed", "connect", None, 3),
    ("mail", "drop", "failed", "mail", None, 3),
    ("mail", "451 not now", "failed", "mail", 451, 3),
    ("mail", "550 not you", "failed", "mail", 550, 1),
    ("rcpt", "drop", "failed", "rcpt", None, 3),
    ("rcpt", "450 mailbox busy", "failed", "rcpt", 450, 3),
    ("rcpt", "550 no such mailbox", "failed", "rcpt", 550, 1),
    ("data", "drop", "failed", "data", None, 3),
    ("data", "452 disk full", "failed", "data", 452, 3),
    ("dot", "452 disk full", "failed", "dot", 452, 3),
    ("dot", "554 spam", "failed", "dot", 554, 1),
    ("dot", "drop", "unknown", "dot", None, 1),
    ("dot", "nonsense", "unknown", "dot", -1, 1),
    ("dot", "421 shutting down", "failed", "dot", 421, 3),
]


@pytest.mark.parametrize("outcome", OUTCOMES, ids=lambda outcome: f"{outcome[0]}: {outcome[1]}")
async def test_each_fault_has_its_outcome(
    outcome: tuple[str, str, str, str, int | None, int],
    fault_server: ServerMaker,
    make_message: MessageMaker,
    pauses: Pauses,
) -> None:
    at, do, *expected = outcome
    server = await fault_server(at, do)
    receipt = await first(EmailChannel(server.settings(), pause=pauses), make_message)
    assert [receipt.state, receipt.phase, receipt.code, receipt.attempts] == expected
    assert len(pauses.seconds) == receipt.attempts - 1


@pytest.mark.parametrize(("at", "state"), [("mail", "failed"), ("dot", "unknown")])
async def test_a_server_that_falls_silent_is_left_after_a_while(
    at: str, state: str, *, fault_server: ServerMaker, make_message: MessageMaker
) -> None:
    server = await fault_server(at, "silence")
    settings = server.settings(timeout_seconds=0.1, attempts=1)
    receipt = await first(EmailChannel(settings), make_message)
    assert (receipt.state, receipt.phase) == (state, at)


async def test_a_message_that_may_have_been_taken_is_not_sent_again(
    fault_server: ServerMaker, make_message: MessageMaker, pauses: Pauses
) -> None:
    server = await fault_server("dot", "drop", times=1)
    receipt = await first(EmailChannel(server.settings(), pause=pauses), make_message)
    assert receipt.state == "unknown"
    assert len(server.taken) == 1


@pytest.mark.parametrize("at", ["greeting", "ehlo", "mail", "rcpt", "data", "dot"])
async def test_a_passing_fault_is_overcome_by_another_attempt(
    at: str, fault_server: ServerMaker, make_message: MessageMaker, pauses: Pauses
) -> None:
    server = await fault_server(at, "421 later", times=1)
    receipt = await first(EmailChannel(server.settings(), pause=pauses), make_message)
    assert (receipt.state, receipt.attempts) == ("sent", 2)
    assert 0.5 <= pauses.seconds[0] <= 1.0


async def test_a_connection_that_went_stale_is_replaced_without_a_pause(
    fault_server: ServerMaker, make_message: MessageMaker, pauses: Pauses
) -> None:
    server = await fault_server()
    channel = EmailChannel(server.settings(), pause=pauses)
    assert (await channel.send(make_message(1))).state == "sent"
    server.fail("mail", "drop", times=1)
    receipt = await first(channel, make_message)
    assert (receipt.state, receipt.attempts, pauses.seconds) == ("sent", 1, [])


async def test_a_refused_recipient_leaves_the_connection_fit_for_the_next(
    fault_server: ServerMaker, make_message: MessageMaker
) -> None:
    server = await fault_server("rcpt", "550 no such mailbox", times=1)
    channel = EmailChannel(server.settings())
    states = [(await channel.send(make_message(n))).state for n in (1, 2)]
    await channel.close()
    assert states == ["failed", "sent"]
    assert server.connections == 1


async def test_nobody_listening_is_a_failure_that_may_pass(
    make_message: MessageMaker, pauses: Pauses
) -> None:
    async with InboxServer(MemoryMailbox()) as inbox:
        settings = inbox.settings
    receipt = await first(EmailChannel(settings, pause=pauses), make_message)
    assert (receipt.state, receipt.phase, receipt.retryable) == ("failed", "connect", True)


async def test_an_address_beyond_ascii_needs_a_server_that_knows_it(
    fault_server: ServerMaker, make_message: MessageMaker
) -> None:
    server = await fault_server(extensions=("SIZE 1000000",))
    message = make_message(to=address("zoë@example.com"))
    receipt = await EmailChannel(server.settings()).send(message)
    assert (receipt.state, receipt.code, receipt.attempts) == ("failed", 553, 1)


@pytest.mark.parametrize("security", ["implicit", "starttls"])
async def test_a_password_travels_over_tls(
    security: str, *, fault_server: ServerMaker, make_message: MessageMaker,
    server_tls: ssl.SSLContext, certificate: Path,
) -> None:  # fmt: skip
    server = await fault_server(
        tls=server_tls, implicit=security == "implicit", extensions=("AUTH PLAIN",)
    )
    settings = server.settings(
        host="localhost", security=security, username="u", password="p",
        authorities=str(certificate),
    )  # fmt: skip
    receipt = await first(EmailChannel(settings), make_message)
    assert receipt.state == "sent"
    assert any(line.startswith("AUTH PLAIN") for line in server.heard)


async def test_a_server_without_starttls_hears_neither_password_nor_message(
    fault_server: ServerMaker, make_message: MessageMaker
) -> None:
    server = await fault_server(extensions=("AUTH PLAIN",))
    settings = server.settings(security="starttls", username="u", password="p")
    receipt = await first(EmailChannel(settings), make_message)
    assert (receipt.state, receipt.phase, receipt.attempts) == ("failed", "tls", 1)
    assert not [line for line in server.heard if not line.startswith(("EHLO", "QUIT"))]


@pytest.mark.parametrize("security", ["implicit", "starttls"])
async def test_a_certificate_that_nobody_vouches_for_is_refused_at_once(
    security: str, *, fault_server: ServerMaker, make_message: MessageMaker,
    server_tls: ssl.SSLContext,
) -> None:  # fmt: skip
    server = await fault_server(tls=server_tls, implicit=security == "implicit")
    receipt = await first(EmailChannel(server.settings(security=security)), make_message)
    assert (receipt.state, receipt.attempts) == ("failed", 1)
    assert "certificate" in receipt.text.lower()
    assert server.taken == []


@pytest.mark.parametrize(
    ("settings", "error"),
    [
        ({"host": "mail.example.com"}, PlainBeyondLoopbackError),
        ({"host": "10.0.0.1"}, PlainBeyondLoopbackError),
        ({"host": "127.0.0.1", "username": "u"}, PasswordWithoutTlsError),
    ],
)
def test_settings_that_are_not_safe_are_refused_before_anything_travels(
    settings: dict[str, object], error: type[Exception]
) -> None:
    with pytest.raises(error):
        EmailChannel(SmtpSettings.model_validate(settings))
