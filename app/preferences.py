"""What an account decides once for all its flows and runs; kept as one document in the store."""

from __future__ import annotations

from pydantic import Field

from flows.part import Part
from flows.rules import Rules
from simulator.behaviour import Behaviour
from simulator.scenario import Scenario

NAME = "preferences"


class Preferences(Part):
    """The account's rules, who it is, how people answer, and where messages go."""

    rules: Rules = Field(default_factory=Rules)
    behaviour: Behaviour = Field(default_factory=Behaviour)
    profiles: int = 10_000
    days: int = 90

    def scenario(self) -> Scenario:
        """What a rehearsal begins with before anybody changes it."""
        return Scenario(
            rules=self.rules, behaviour=self.behaviour, profiles=self.profiles, days=self.days
        )
