"""Where the links of a message lead: to leave, to choose what one gets, to the message as a page.

Each message has a key of its own. It is made of the message's key and a secret, so that nobody who
knows who was sent what can guess it.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass

HEADER = "X-Rehearsal-Link"
"""The header that carries the key, for whoever keeps the message."""
NOWHERE = "https://example.com"
"""Where links lead that belong to no app."""


@dataclass(frozen=True, slots=True)
class Links:
    """The place that answers for links, and the secret of their keys."""

    base: str = NOWHERE
    secret: bytes = b""

    def key(self, message: str) -> str:
        """The key of a message's links: 32 hex digits, the same for the same message."""
        return hmac.new(self.secret, message.encode(), hashlib.sha256).hexdigest()[:32]

    def unsubscribe(self, key: str) -> str:
        """Where a person leaves."""
        return self._at("unsubscribe", key)

    def preferences(self, key: str) -> str:
        """Where a person says what to send."""
        return self._at("preferences", key)

    def web_view(self, key: str) -> str:
        """Where the message stands as a page."""
        return self._at("view", key)

    def _at(self, page: str, key: str) -> str:
        return f"{self.base.rstrip('/')}/{page}/{key}"
