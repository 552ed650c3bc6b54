"""Generated messages of every channel, some of them not filled in or not readable."""

from __future__ import annotations

from random import Random

from tests.reference.generate_filters import Asker
from tests.reference.words import Json, maybe

BROKEN = "{% if"


class Messages:
    """Writes messages for the steps of one flow."""

    def __init__(self, random: Random, ask: Asker) -> None:
        self.random, self.ask = random, ask

    def _marketing(self) -> Json:
        return {
            "smart_sending_enabled": self.random.random() < 0.6,
            "additional_filters": maybe(self.random, 0.2, self.ask.question()),
        }

    def _either(self) -> Json:
        """A message that may be transactional, which only events start."""
        transactional = self.ask.metric is not None and self.random.random() < 0.2
        return self._marketing() | {"transactional": transactional}

    def _text(self, text: str) -> str:
        return maybe(self.random, 0.05, BROKEN, text)

    def email(self, name: str) -> Json | None:
        """An email."""
        message: Json = {
            "subject_line": self._text(name),
            "from_email": maybe(self.random, 0.95, "shop@example.com", "nobody"),
            "template_id": maybe(self.random, 0.95, "t"),
        }
        return maybe(self.random, 0.97, message | self._either())

    def sms(self, name: str) -> Json | None:
        """A text message."""
        message: Json = {"body": maybe(self.random, 0.95, self._text(name), "")}
        chosen = self.random.random()
        if chosen < 0.8:
            message["sms_quiet_hours_enabled"] = chosen < 0.5
        return maybe(self.random, 0.97, message | self._either())

    def mobile_push(self, name: str) -> Json | None:
        """A notification."""
        message: Json = {
            "title": maybe(self.random, 0.8, name),
            "body": maybe(self.random, 0.95, self._text(name), ""),
        }
        message["push_type"] = self.random.choice(("standard", "standard", "silent"))
        return maybe(self.random, 0.97, message | self._marketing())

    def whatsapp(self, _: str) -> Json | None:
        """A WhatsApp message."""
        message: Json = {"vendor_id": maybe(self.random, 0.95, "v")}
        return maybe(self.random, 0.97, message | self._either())

    def internal_alert(self, name: str) -> Json:
        """An alert."""
        to = self.random.choice((["boss@example.com"], ["team@example.com", "boss@example.com"]))
        to = self.random.choice((to, to, to, ["team@example.com"], []))
        head = {"from_email": "shop@example.com", "from_label": "Shop", "subject_line": name}
        return head | {"to_emails": to}

    def webhook(self, _: str) -> Json:
        """A call."""
        url = maybe(self.random, 0.95, "https://example.com/")
        return {"url": url, "headers": {}, "body": "{}"}
