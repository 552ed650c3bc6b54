"""What an account decides once for all its flows and runs; kept as one document in the store."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from flows.part import Part
from flows.rules import Rules
from simulator.audience_settings import AudienceSettings
from simulator.behaviour import Behaviour
from simulator.channels.account import Account
from simulator.channels.smtp_settings import SmtpSettings
from simulator.scenario import Scenario

NAME = "preferences"


SHOP = Account(
    name="Juniper & Slate",
    url="https://www.juniperandslate.example",
    full_address="12 Orchard Row, Portland, OR 97205",
    from_email="hello@juniperandslate.example",
    from_label="Juniper & Slate",
)
"""The made-up tea shop of the sample flows, until the account says who it is."""


class Outgoing(Part):
    """Where messages are handed over: the embedded inbox, or a mail server."""

    kind: Literal["inbox", "smtp"] = "inbox"
    smtp: SmtpSettings = Field(default_factory=SmtpSettings)


class Preferences(Part):
    """The account's rules, who it is, how people answer, and where messages go."""

    rules: Rules = Field(default_factory=Rules)
    account: Account = Field(default_factory=lambda: SHOP)
    outgoing: Outgoing = Field(default_factory=Outgoing)
    behaviour: Behaviour = Field(default_factory=Behaviour)
    audience: AudienceSettings = Field(default_factory=AudienceSettings)
    profiles: int = 10_000
    days: int = 90

    def scenario(self) -> Scenario:
        """What a rehearsal begins with before anybody changes it."""
        return Scenario(
            rules=self.rules,
            behaviour=self.behaviour,
            audience=self.audience,
            profiles=self.profiles,
            days=self.days,
        )
