"""The door keeper: refuses requests for a host, or from a page, that is not this app's own.

A page elsewhere on the web could otherwise reach an app on loopback: by a name that it points at
127.0.0.1, or by opening a websocket, which browsers allow from any origin.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.settings import EVERYWHERE

LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",
    "Content-Security-Policy": "frame-src 'self'; object-src 'none'",
}


@dataclass(frozen=True, slots=True)
class Allowed:
    """The hosts under which the app answers. `addresses`: any IP address too, but no other name."""

    names: frozenset[str]
    addresses: bool = False

    @classmethod
    def listening_on(cls, host: str, names: Iterable[str] = ()) -> Allowed:
        """What a server on `host` may be called: loopback, itself and the names it was given.

        A server that listens on every address is also reached by any of them as a number; a
        hostile name that leads to it still is a name.
        """
        known = LOOPBACK_NAMES | {host.lower()} | {name.lower() for name in names}
        return cls(known - EVERYWHERE, host in EVERYWHERE)

    def host(self, netloc: str) -> bool:
        """Whether a Host header names this app."""
        name = host_name(netloc)
        return name in self.names or (self.addresses and is_address(name))

    def origin(self, origin: str, netloc: str) -> bool:
        """Whether the page that sent the request was served by this app, on this very host."""
        parts = urlsplit(origin)
        served = parts.scheme in {"http", "https"} and parts.netloc.lower() == netloc.lower()
        return served and self.host(parts.netloc)


def host_name(netloc: str) -> str:
    """The name in `name:port` or `[v6]:port`, in small letters; empty where it is malformed."""
    try:
        return (urlsplit(f"//{netloc}").hostname or "").lower()
    except ValueError:
        return ""


def is_address(name: str) -> bool:
    """Whether the name is an IP address."""
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


class Guard:
    """ASGI middleware: what is allowed goes through, anything else gets 403 and a sentence."""

    def __init__(self, app: ASGIApp, allowed: Allowed) -> None:
        self._app = app
        self._allowed = allowed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
        elif reason := self._refusal(Headers(scope=scope)):
            await _refuse(reason, scope, receive, send)
        else:
            await self._app(scope, receive, _with_headers(send))

    def _refusal(self, headers: Headers) -> str | None:
        host, origin = headers.get("host", ""), headers.get("origin")
        if not self._allowed.host(host):
            return f"This app does not answer to the name “{host_name(host)}”."
        if origin is not None and not self._allowed.origin(origin, host):
            return "Requests from other sites are not accepted."
        return None


async def _refuse(reason: str, scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008, "reason": reason})
    else:
        await PlainTextResponse(reason, status_code=403)(scope, receive, send)


def _with_headers(send: Send) -> Send:
    async def send_with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return send_with_headers
