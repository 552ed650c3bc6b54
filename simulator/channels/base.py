"""The port to a channel: one message goes in, a receipt comes out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from simulator.channels.outgoing import OutgoingEmail

State = Literal["sent", "failed", "unknown"]
Phase = Literal["connect", "tls", "auth", "mail", "rcpt", "data", "body", "dot", "done"]
"""How far a hand-over came. After "dot" without an answer nobody knows whether it was taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What became of a hand-over."""

    message_id: str
    state: State
    phase: Phase
    code: int | None = None
    """The receiver's answer, where it gave one."""
    text: str = ""
    retryable: bool = False
    """Trying again later may help, and cannot send twice."""
    attempts: int = 1

    def __str__(self) -> str:
        code = f"{self.code} " if self.code else ""
        return f"{self.state} at {self.phase}: {code}{self.text}".rstrip(": ")


class Channel(Protocol):
    """A way out for messages. What a receiver or a network does is told, never raised."""

    name: str

    async def send(self, message: OutgoingEmail) -> Receipt:
        """Hand a message over, trying again where that is safe."""
        ...

    async def close(self) -> None:
        """Let go of connections; the channel may be used again."""
        ...
