"""Email by SMTP: a small pool of connections that are used again, and safe further attempts."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import replace

from simulator.channels.base import Receipt
from simulator.channels.outgoing import OutgoingEmail
from simulator.channels.smtp_session import SmtpSession
from simulator.channels.smtp_settings import SmtpSettings

Pause = Callable[[float], Awaitable[None]]
FIRST_PAUSE = 1.0
LONGEST_PAUSE = 30.0


class EmailChannel:
    """The channel to one mail server.

    Raises at once for settings that are not safe; `pause` waits between attempts.
    """

    name = "email"

    def __init__(self, settings: SmtpSettings, *, pause: Pause = asyncio.sleep) -> None:
        settings.check()
        self._settings = settings
        self._tls = settings.tls()
        self._pause = pause
        self._places = asyncio.Semaphore(settings.connections)
        self._idle: list[SmtpSession] = []

    async def send(self, message: OutgoingEmail) -> Receipt:
        """Hand over, again after a pause where the first attempt failed for now.

        Where nobody knows whether the message was taken it is not tried again.
        """
        receipt = await self._once(message)
        for attempt in range(1, self._settings.attempts):
            if not receipt.retryable:
                break
            await self._pause(_back_off(attempt, message.message_id))
            receipt = replace(await self._once(message), attempts=attempt + 1)
        return receipt

    async def close(self) -> None:
        """Take leave of the server on every idle connection."""
        idle, self._idle = self._idle, []
        await asyncio.gather(*(session.quit() for session in idle))

    async def _once(self, message: OutgoingEmail) -> Receipt:
        async with self._places:
            session, kept = self._session()
            receipt = await session.send(message)
            if kept and receipt.retryable and receipt.code is None:
                session = SmtpSession(self._settings, self._tls)
                receipt = await session.send(message)
            if session.usable:
                self._idle.append(session)
            return receipt

    def _session(self) -> tuple[SmtpSession, bool]:
        """An idle connection that still stands, else a new one; servers drop idle ones."""
        while self._idle:
            session = self._idle.pop()
            if session.usable:
                return session, True
        return SmtpSession(self._settings, self._tls), False


def _back_off(attempt: int, message_id: str) -> float:
    """Seconds: twice as long each time, spread by message so that many do not come back at once."""
    longest = min(FIRST_PAUSE * 2.0 ** (attempt - 1), LONGEST_PAUSE)
    spread = hashlib.blake2b(message_id.encode(), digest_size=1).digest()[0] / 255
    return longest * (0.5 + spread / 2)
