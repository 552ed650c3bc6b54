"""Hand many messages to a channel, each written in a ledger before and after.

A crash can then lose or double nothing in silence: what was in flight stands as reserved.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal, Protocol

from simulator.channels.base import Channel, Receipt
from simulator.channels.outgoing import OutgoingEmail


class Reserved(Protocol):
    """The answer to a claim."""

    @property
    def fresh(self) -> bool:
        """This claim is the first, so the message may be handed over."""
        ...


class Ledger(Protocol):
    """What has been handed over, by Message-ID; called in a thread, safe among many."""

    def reserve(self, message_id: str, *, channel: str, run_id: str) -> Reserved:
        """Claim a message before its hand-over."""
        ...

    def settle(
        self, message_id: str, state: Literal["sent", "failed", "unknown"], answer: str
    ) -> None:
        """Write down what became of it."""
        ...


@dataclass(frozen=True, slots=True)
class Delivery:
    """How far a delivery has come. `known` counts messages that an earlier one had claimed."""

    sent: int = 0
    failed: int = 0
    unknown: int = 0
    known: int = 0
    cancelled: bool = False

    @property
    def done(self) -> int:
        """Messages that are settled, one way or another."""
        return self.sent + self.failed + self.unknown + self.known

    def counting(self, state: Literal["sent", "failed", "unknown", "known"]) -> Delivery:
        """The same with one message more in that state."""
        return replace(self, **{state: getattr(self, state) + 1})


Watch = Callable[[Delivery, Receipt | None], None]
"""Told after each message; the receipt is None for one that had been claimed before."""


class Deliverer:
    """A delivery through one channel; `cancel` ends it after the messages in flight."""

    def __init__(self, channel: Channel, ledger: Ledger, *, at_once: int = 4) -> None:
        self._channel = channel
        self._ledger = ledger
        self._at_once = at_once
        self._cancelled = False
        self._delivery = Delivery()

    def cancel(self) -> None:
        """Take no more messages."""
        self._cancelled = True

    async def run(self, messages: Iterable[OutgoingEmail], watch: Watch | None = None) -> Delivery:
        """Deliver them all, taken one by one as there is room, and close the channel."""
        self._delivery = Delivery()
        self._cancelled = False
        queue = iter(messages)
        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(self._at_once):
                    group.create_task(self._work(queue, watch))
        finally:
            await self._channel.close()
        return replace(self._delivery, cancelled=self._cancelled)

    async def _work(self, queue: Iterator[OutgoingEmail], watch: Watch | None) -> None:
        for message in queue:
            receipt = await self._one(message)
            self._delivery = self._delivery.counting(receipt.state if receipt else "known")
            if watch:
                watch(self._delivery, receipt)
            if self._cancelled:
                return

    async def _one(self, message: OutgoingEmail) -> Receipt | None:
        """Claim, hand over, settle; None where somebody else had claimed it."""
        claim = await asyncio.to_thread(
            self._ledger.reserve,
            message.message_id,
            channel=self._channel.name,
            run_id=message.mark.run,
        )
        if not claim.fresh:
            return None
        receipt = await self._channel.send(message)
        await asyncio.to_thread(
            self._ledger.settle, message.message_id, receipt.state, str(receipt)
        )
        return receipt


async def deliver(
    messages: Iterable[OutgoingEmail],
    channel: Channel,
    ledger: Ledger,
    on_progress: Watch | None = None,
) -> Delivery:
    """Deliver the messages with four at once."""
    return await Deliverer(channel, ledger).run(messages, on_progress)


class MemoryLedger:
    """A ledger that lasts as long as the process."""

    @dataclass(frozen=True, slots=True)
    class Claim:
        """The answer to a claim."""

        fresh: bool

    def __init__(self) -> None:
        self.states: dict[str, str] = {}
        """By Message-ID: reserved, sent, failed or unknown."""
        self.answers: dict[str, str] = {}

    def reserve(self, message_id: str, *, channel: str, run_id: str) -> MemoryLedger.Claim:
        """The first claim wins."""
        fresh = message_id not in self.states
        self.states.setdefault(message_id, "reserved")
        return self.Claim(fresh)

    def settle(
        self, message_id: str, state: Literal["sent", "failed", "unknown"], answer: str
    ) -> None:
        """Write the state and the answer over the claim."""
        self.states[message_id] = state
        self.answers[message_id] = answer
