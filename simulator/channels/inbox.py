"""The built-in inbox: a mail server on this machine that keeps what it is sent."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from typing import Any, Protocol

from aiosmtpd.smtp import SMTP, Envelope

from simulator.channels.errors import BeyondLoopbackError, InboxPortError
from simulator.channels.smtp_settings import SmtpSettings, is_loopback

MAX_BYTES = 10 * 1024 * 1024
_log = logging.getLogger(__name__)


class Mailbox(Protocol):
    """Where captured messages go; called in a thread, so writing may take its time."""

    def keep(self, raw: bytes, sender: str, recipients: list[str]) -> object:
        """Keep a message as it came over the wire, with its envelope."""
        ...


@dataclass(frozen=True, slots=True)
class Kept:
    """One captured message."""

    raw: bytes
    sender: str
    recipients: tuple[str, ...]


class MemoryMailbox:
    """A mailbox that lasts as long as the process."""

    def __init__(self) -> None:
        self.messages: list[Kept] = []

    def keep(self, raw: bytes, sender: str, recipients: list[str]) -> None:
        """Add the message at the end."""
        self.messages.append(Kept(raw, sender, tuple(recipients)))


class InboxServer:
    """A mail server for this machine only; `async with` starts and stops it."""

    def __init__(self, mailbox: Mailbox, *, host: str = "127.0.0.1", port: int = 0) -> None:
        if not is_loopback(host):
            raise BeyondLoopbackError(host)
        self._mailbox = mailbox
        self._host = host
        self._port = port
        self._server: asyncio.Server | None = None
        self._open: set[SMTP] = set()

    @property
    def port(self) -> int:
        """Where it listens; a free port where 0 was asked for. 0 while it is stopped."""
        return int(self._server.sockets[0].getsockname()[1]) if self._server else 0

    @property
    def settings(self) -> SmtpSettings:
        """How a channel reaches this inbox."""
        return SmtpSettings(host=self._host, port=self.port, security="plain")

    async def start(self) -> None:
        """Listen; InboxPortError where the port is taken or not allowed."""
        try:
            self._server = await asyncio.get_running_loop().create_server(
                self._connection, self._host, self._port
            )
        except OSError as error:
            raise InboxPortError(self._host, self._port, error.strerror or str(error)) from error

    async def stop(self) -> None:
        """Stop listening and hang up."""
        server, self._server = self._server, None
        if server is None:
            return
        server.close()
        for connection in list(self._open):
            if connection.transport is not None:
                connection.transport.close()
        await server.wait_closed()

    async def __aenter__(self) -> InboxServer:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    def _connection(self) -> SMTP:
        connection = SMTP(
            _Handler(self._mailbox),
            hostname="localhost",
            ident="Rehearsal",
            data_size_limit=MAX_BYTES,
            enable_SMTPUTF8=True,
            loop=asyncio.get_running_loop(),
        )
        self._open.add(connection)
        self._open = {held for held in self._open if held.transport or held is connection}
        return connection


class _Handler:
    """What aiosmtpd asks when a message has come in."""

    def __init__(self, mailbox: Mailbox) -> None:
        self._mailbox = mailbox

    async def handle_DATA(self, _: SMTP, __: Any, envelope: Envelope) -> str:  # noqa: N802
        content = envelope.content or b""
        raw = content.encode() if isinstance(content, str) else content
        try:
            await asyncio.to_thread(
                self._mailbox.keep, raw, envelope.mail_from or "", list(envelope.rcpt_tos)
            )
        except Exception:
            _log.exception("The inbox could not keep a message")
            return "451 The message could not be kept, try again later"
        return "250 Kept"
