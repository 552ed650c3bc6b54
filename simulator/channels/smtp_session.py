"""One connection to a mail server, used for message after message, that knows its phase.

The library raises the same exception for a drop in DATA, after the final dot and after acceptance;
so the commands are given one by one here and the phase is kept beside them.
"""

from __future__ import annotations

import asyncio
import re
import ssl

import aiosmtplib
from aiosmtplib import SMTPException, SMTPResponse, SMTPResponseException

from simulator.channels.base import Phase, Receipt
from simulator.channels.outgoing import OutgoingEmail
from simulator.channels.smtp_settings import SmtpSettings

_LINE = re.compile(rb"\r\n|\r|\n")
_DOT = re.compile(rb"^\.", re.MULTILINE)
_BUSY = 421
"""The server closes the connection."""
_FOR_NOW = 400
_FOR_GOOD = 500


class SmtpSession:
    """A connection and how far the message in hand has come."""

    def __init__(self, settings: SmtpSettings, tls: ssl.SSLContext | None) -> None:
        self._settings = settings
        self._client = aiosmtplib.SMTP(
            hostname=settings.host,
            port=settings.port,
            timeout=settings.timeout_seconds,
            use_tls=settings.security == "implicit",
            start_tls=False,
            tls_context=tls,
            local_hostname="localhost",
        )
        self._phase: Phase = "connect"

    @property
    def usable(self) -> bool:
        """The connection stands and can take another message."""
        return self._client.is_connected

    async def send(self, message: OutgoingEmail) -> Receipt:
        """One attempt at one message; whatever happens is in the receipt."""
        try:
            if not self.usable:
                await self._open()
            return await self._transact(message)
        except SMTPResponseException as refusal:
            await self._after_refusal(refusal.code)
            return self._refused(message, refusal.code, refusal.message)
        except (SMTPException, OSError, TimeoutError, EOFError) as drop:
            self.close()
            return self._dropped(message, drop)
        except BaseException:
            self.close()
            raise

    async def quit(self) -> None:
        """Take leave; a server that is gone already is none the wiser."""
        try:
            if self.usable:
                await self._client.quit()
        except (SMTPException, OSError):
            self.close()

    def close(self) -> None:
        """Drop the connection."""
        self._client.close()

    async def _open(self) -> None:
        self._phase = "connect"
        await self._client.connect()
        if self._settings.security == "starttls":
            self._phase = "tls"
            await self._client.starttls()
        await self._client.ehlo()
        self._phase = "auth"
        if self._settings.username:
            await self._client.login(self._settings.username, self._settings.password)

    async def _transact(self, message: OutgoingEmail) -> Receipt:
        self._phase = "mail"
        options = ["SMTPUTF8", "BODY=8BITMIME"] if message.needs_utf8 else []
        if options and not self._client.supports_extension("smtputf8"):
            return self._refused(message, 553, "The server takes ASCII addresses only")
        await self._client.mail(message.sender.spec, options=options, encoding="utf-8")
        self._phase = "rcpt"
        for recipient in message.recipients:
            await self._client.rcpt(recipient.spec, encoding="utf-8")
        self._phase = "data"
        answer = await self._client.execute_command(b"DATA")
        _expect(answer, 354)
        return await self._hand_over(message)

    async def _hand_over(self, message: OutgoingEmail) -> Receipt:
        """The text and the final dot; from there on an answer is the only way to know."""
        protocol = self._client.protocol
        if protocol is None:
            raise aiosmtplib.SMTPServerDisconnected("Connection lost")
        self._phase = "body"
        body = _DOT.sub(b"..", _LINE.sub(b"\r\n", message.raw))
        protocol.write(body if body.endswith(b"\r\n") else body + b"\r\n")
        await asyncio.sleep(0)
        if not self._client.is_connected:
            raise aiosmtplib.SMTPServerDisconnected("Connection lost")
        self._phase = "dot"
        protocol.write(b".\r\n")
        answer = await protocol.read_response(timeout=self._settings.timeout_seconds)
        _expect(answer, 250)
        self._phase = "done"
        return Receipt(
            message_id=message.message_id,
            state="sent",
            phase="done",
            code=answer.code,
            text=answer.message,
        )

    def _refused(self, message: OutgoingEmail, code: int, text: str) -> Receipt:
        """The server said no, for good with 5xx; nonsense after the final dot says nothing."""
        known = self._phase != "dot" or code >= _FOR_NOW
        return Receipt(
            message_id=message.message_id,
            state="failed" if known else "unknown",
            phase=self._phase,
            code=code,
            text=text,
            retryable=known and code < _FOR_GOOD,
        )

    def _dropped(self, message: OutgoingEmail, drop: Exception) -> Receipt:
        """The connection went away or fell silent: unknown once the final dot was on its way."""
        known = self._phase != "dot"
        if self._phase == "tls" and type(drop) is SMTPException:
            return self._refused(message, 530, "The server does not offer STARTTLS")
        causes = (drop, drop.__cause__, drop.__context__)
        certificate = any(isinstance(cause, ssl.SSLCertVerificationError) for cause in causes)
        return Receipt(
            message_id=message.message_id,
            state="failed" if known else "unknown",
            phase=self._phase,
            text=str(drop) or type(drop).__name__,
            retryable=known and not certificate,
        )

    async def _after_refusal(self, code: int) -> None:
        """Make the connection ready for the next message, or let go of it."""
        if code == _BUSY or self._phase in {"connect", "tls", "auth"}:
            self.close()
            return
        try:
            await self._client.rset()
        except (SMTPException, OSError, TimeoutError):
            self.close()


def _expect(answer: SMTPResponse, code: int) -> None:
    if answer.code != code:
        raise SMTPResponseException(answer.code, answer.message)
