"""The built-in inbox: open to this machine, whole in what it keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from simulator.channels.email import EmailChannel
from simulator.channels.errors import BeyondLoopbackError, InboxPortError
from simulator.channels.inbox import InboxServer, MemoryMailbox

if TYPE_CHECKING:
    from tests.simulator.channels.conftest import MessageMaker


class BrokenMailbox:
    """A mailbox whose shelf is full."""

    def keep(self, raw: bytes, sender: str, recipients: list[str]) -> None:
        raise OSError("no space left")


async def test_what_is_kept_is_what_was_sent_byte_for_byte(make_message: MessageMaker) -> None:
    mailbox = MemoryMailbox()
    message = make_message()
    async with InboxServer(mailbox) as inbox:
        await EmailChannel(inbox.settings).send(message)
    assert [kept.raw for kept in mailbox.messages] == [message.raw]


async def test_a_message_that_cannot_be_kept_is_refused_for_now(make_message: MessageMaker) -> None:
    async with InboxServer(BrokenMailbox()) as inbox:
        settings = inbox.settings.model_copy(update={"attempts": 1})
        receipt = await EmailChannel(settings).send(make_message())
    assert (receipt.state, receipt.code, receipt.retryable) == ("failed", 451, True)


def test_it_does_not_listen_to_the_network() -> None:
    with pytest.raises(BeyondLoopbackError):
        InboxServer(MemoryMailbox(), host="0.0.0.0")


async def test_a_taken_port_is_named() -> None:
    async with InboxServer(MemoryMailbox()) as first:
        with pytest.raises(InboxPortError, match=str(first.port)):
            await InboxServer(MemoryMailbox(), port=first.port).start()


async def test_it_may_be_stopped_and_started_again(make_message: MessageMaker) -> None:
    mailbox = MemoryMailbox()
    inbox = InboxServer(mailbox)
    for number in (1, 2):
        await inbox.start()
        channel = EmailChannel(inbox.settings)
        await channel.send(make_message(number))
        await channel.close()
        await inbox.stop()
        assert inbox.port == 0
    assert len(mailbox.messages) == 2
