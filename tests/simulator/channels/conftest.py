"""A mail server that fails on purpose, messages to send it, and certificates for TLS."""

from __future__ import annotations

import asyncio
import shutil
import ssl
import subprocess
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from simulator.channels.addresses import address
from simulator.channels.outgoing import Mark, OutgoingEmail
from simulator.channels.smtp_settings import SmtpSettings

MessageMaker = Callable[..., OutgoingEmail]
ServerMaker = Callable[..., Awaitable["FaultServer"]]


@dataclass
class Fault:
    """At one step: a reply of one's own, `drop` or `silence`; so many times, then all is well."""

    at: str
    do: str
    times: int


@dataclass
class FaultServer:
    """A small mail server of its own, with faults; keeps every message whose dot it saw."""

    fault: Fault | None = field(default=None, init=False)
    extensions: tuple[str, ...] = ("SIZE 1000000", "SMTPUTF8", "8BITMIME")
    tls: ssl.SSLContext | None = None
    implicit: bool = False
    taken: list[bytes] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)
    connections: int = 0
    fell_silent: asyncio.Event = field(default_factory=asyncio.Event)
    _server: asyncio.Server | None = None

    def fail(self, at: str, do: str, *, times: int = 1_000_000) -> None:
        self.fault = Fault(at, do, times)

    async def start(self) -> None:
        context = self.tls if self.implicit else None
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, ssl=context)

    async def stop(self) -> None:
        assert self._server
        self._server.close()

    def settings(self, **more: object) -> SmtpSettings:
        assert self._server
        port = self._server.sockets[0].getsockname()[1]
        fast = {"timeout_seconds": 2.0, "attempts": 3, "connections": 1}
        return SmtpSettings.model_validate({"host": "127.0.0.1", "port": port, **fast, **more})

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            if await self._answer(writer, "greeting", "220 ready"):
                while await self._turn(reader, writer):
                    pass
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    async def _turn(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        line = (await reader.readline()).decode()
        self.heard.append(line.strip())
        verb = line.split(" ", 1)[0].strip().upper()
        if verb in {"", "QUIT"}:
            return False
        if verb == "EHLO":
            offered = [*self.extensions, *(["STARTTLS"] if self.tls and not self.implicit else [])]
            lines = ["localhost", *offered]
            text = "\r\n".join(
                f"250{'-' if i < len(lines) - 1 else ' '}{word}" for i, word in enumerate(lines)
            )
            return await self._answer(writer, "ehlo", text)
        if verb == "STARTTLS":
            if not await self._answer(writer, "starttls", "220 go"):
                return False
            await writer.start_tls(self.tls)  # type: ignore[arg-type]
            return True
        if verb == "DATA":
            return await self._data(reader, writer)
        reply = "235 fine" if verb == "AUTH" else "250 fine"
        return await self._answer(writer, verb.lower(), reply)

    async def _data(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        if not await self._answer(writer, "data", "354 go on"):
            return False
        if self.fault is None or self.fault.at != "data":
            self.taken.append(await reader.readuntil(b"\r\n.\r\n"))
        return await self._answer(writer, "dot", "250 taken")

    async def _answer(self, writer: asyncio.StreamWriter, at: str, usual: str) -> bool:
        """Answer as usual or as the fault says; False where the connection ends."""
        reply, fault = usual, self.fault
        if fault and fault.at == at and fault.times > 0:
            fault.times -= 1
            reply = fault.do
        if reply == "silence":
            self.fell_silent.set()
            await asyncio.Event().wait()
        if reply == "drop":
            return False
        writer.write(f"{reply}\r\n".encode())
        await writer.drain()
        return not reply.startswith("421")


@pytest.fixture
async def fault_server() -> AsyncIterator[ServerMaker]:
    """Starts servers and stops them at the end."""
    started: list[FaultServer] = []

    async def make(
        at: str = "", do: str = "", *, times: int = 1_000_000, **more: object
    ) -> FaultServer:
        server = FaultServer(**more)  # type: ignore[arg-type]
        server.fail(at, do, times=times)
        await server.start()
        started.append(server)
        return server

    yield make
    for server in started:
        await server.stop()


@pytest.fixture
def make_message() -> MessageMaker:
    """An email; every field may be given."""

    def make(number: int = 1, **more: object) -> OutgoingEmail:
        fields: dict[str, object] = {
            "message_id": f"<{number}@shop.example>",
            "mark": Mark(run="r1", flow="f", action="a", profile=f"p{number}", visit=1),
            "sender": address("shop@shop.example", "The Shop"),
            "to": address(f"p{number}@example.com"),
            "date": datetime(2026, 1, 5, 9, 0, tzinfo=UTC),
            "subject": "A cup of tea",
            "html": "<p>Tea</p>",
            "text": "Tea\n",
        }
        return OutgoingEmail(**{**fields, **more})  # type: ignore[arg-type]

    return make


@dataclass
class Pauses:
    """Waits for nothing and remembers for how long it should have."""

    seconds: list[float] = field(default_factory=list)

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)


@pytest.fixture
def pauses() -> Pauses:
    return Pauses()


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for localhost and 127.0.0.1 with its key, signed by itself."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("openssl makes the certificate, and it is not installed")
    folder = tmp_path_factory.mktemp("tls")
    both = folder / "both.pem"
    subprocess.run(
        [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
         "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
         "-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem")],
        check=True, capture_output=True,
    )  # fmt: skip
    both.write_bytes((folder / "key.pem").read_bytes() + (folder / "cert.pem").read_bytes())
    return both


@pytest.fixture
def server_tls(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context
