"""Delivering many messages: each once, each accounted for."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from simulator.channels.base import Receipt
from simulator.channels.deliver import Deliverer, Delivery, MemoryLedger, deliver
from simulator.channels.email import EmailChannel
from simulator.channels.inbox import InboxServer, MemoryMailbox
from simulator.channels.outgoing import OutgoingEmail

if TYPE_CHECKING:
    from tests.simulator.channels.conftest import MessageMaker, ServerMaker


class ScriptedChannel:
    """A channel that answers by the number of the message."""

    name = "email"

    def __init__(self, ledger: MemoryLedger) -> None:
        self.ledger = ledger
        self.states_at_hand_over: list[str] = []
        self.closed = 0

    async def send(self, message: OutgoingEmail) -> Receipt:
        self.states_at_hand_over.append(self.ledger.states[message.message_id])
        number = int(message.message_id.strip("<").split("@")[0])
        state = ("sent", "failed", "unknown")[number % 3]
        return Receipt(message_id=message.message_id, state=state, phase="dot")  # type: ignore[arg-type]

    async def close(self) -> None:
        self.closed += 1


async def test_each_message_is_claimed_before_and_settled_after_its_hand_over(
    make_message: MessageMaker,
) -> None:
    ledger = MemoryLedger()
    channel = ScriptedChannel(ledger)
    seen: list[int] = []
    delivery = await deliver(
        (make_message(n) for n in range(6)),
        channel,
        ledger,
        lambda so_far, _: seen.append(so_far.done),
    )
    assert delivery == Delivery(sent=2, failed=2, unknown=2)
    assert channel.states_at_hand_over == ["reserved"] * 6
    assert sorted(ledger.states.values()) == [
        "failed",
        "failed",
        "sent",
        "sent",
        "unknown",
        "unknown",
    ]
    assert seen == [1, 2, 3, 4, 5, 6]
    assert channel.closed == 1


async def test_what_was_claimed_before_is_not_handed_over_again(make_message: MessageMaker) -> None:
    ledger = MemoryLedger()
    channel = ScriptedChannel(ledger)
    messages = [make_message(n) for n in range(6)]
    await deliver(messages, channel, ledger)
    again = await deliver(messages, channel, ledger)
    assert again == Delivery(known=6)
    assert len(channel.states_at_hand_over) == 6


async def test_a_cancelled_delivery_ends_after_what_is_in_flight(
    make_message: MessageMaker,
) -> None:
    ledger = MemoryLedger()
    deliverer = Deliverer(ScriptedChannel(ledger), ledger, at_once=1)

    def stop_after_two(so_far: Delivery, _: Receipt | None) -> None:
        if so_far.done == 2:
            deliverer.cancel()

    delivery = await deliverer.run((make_message(n) for n in range(100)), stop_after_two)
    assert delivery == Delivery(sent=1, failed=1, cancelled=True)
    assert "reserved" not in ledger.states.values()


async def test_a_message_cut_off_in_flight_stays_claimed(
    make_message: MessageMaker, fault_server: ServerMaker
) -> None:
    server = await fault_server("dot", "silence")
    ledger = MemoryLedger()
    task = asyncio.create_task(deliver([make_message()], EmailChannel(server.settings()), ledger))
    await server.fell_silent.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert ledger.states == {"<1@shop.example>": "reserved"}


async def test_hundreds_of_messages_reach_the_inbox_each_once(make_message: MessageMaker) -> None:
    mailbox = MemoryMailbox()
    async with InboxServer(mailbox) as inbox:
        messages = (make_message(n) for n in range(200))
        delivery = await deliver(messages, EmailChannel(inbox.settings), MemoryLedger())
    assert delivery == Delivery(sent=200)
    assert sorted(kept.recipients for kept in mailbox.messages) == sorted(
        (f"p{n}@example.com",) for n in range(200)
    )
