"""How a mail server is reached, checked before anything travels."""

from __future__ import annotations

import ipaddress
import ssl
from typing import Literal

from flows.part import Part
from simulator.channels.errors import PasswordWithoutTlsError, PlainBeyondLoopbackError

Security = Literal["implicit", "starttls", "plain"]


class SmtpSettings(Part):
    """A mail server. TLS is chosen, never guessed: a guess sends passwords in clear."""

    host: str = "127.0.0.1"
    port: int = 25
    security: Security = "plain"
    """implicit: TLS from the first byte; starttls: required; plain: this machine only."""
    username: str = ""
    password: str = ""
    authorities: str = ""
    """A file with the certificates to trust instead of the system's."""
    connections: int = 4
    """Kept open and used again: more than twice as fast as one for each message."""
    timeout_seconds: float = 30.0
    attempts: int = 4
    """How often a message is tried, the first time included."""

    def check(self) -> None:
        """PlainBeyondLoopbackError or PasswordWithoutTlsError where a setting is not safe."""
        if self.security != "plain":
            return
        if not is_loopback(self.host):
            raise PlainBeyondLoopbackError(self.host)
        if self.username or self.password:
            raise PasswordWithoutTlsError

    def tls(self) -> ssl.SSLContext | None:
        """The TLS to speak, with names and certificates checked; None for plain."""
        if self.security == "plain":
            return None
        return ssl.create_default_context(cafile=self.authorities or None)


def is_loopback(host: str) -> bool:
    """The host is this machine and cannot be another."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
