"""What one shard, or several, have to say about all that a run may decide."""

from __future__ import annotations

from dataclasses import dataclass

from flows.decisions import Decision
from simulator.deciding.stocks import Asked, Uses
from simulator.deciding.votes import Tally, Votes
from simulator.journal import Journal
from simulator.people import People
from simulator.plan import Place, Plan
from simulator.world import Response, SentBatch


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """What one shard has counted, and no more."""

    tallies: dict[str, Tally]
    asked: dict[tuple[str, int], Asked]


class Settling:
    """Gathers what decisions hang on; a plan without any gathers nothing."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._votes, self._uses = Votes(plan), Uses(plan)

    def __len__(self) -> int:
        """How many matters are open."""
        return len(self._votes) + len(self._uses)

    def take(self, place: Place, sent: SentBatch, answers: list[Response]) -> None:
        """Messages that went out, with what people did."""
        self._votes.take(place, sent, answers)

    def evidence(self, journal: Journal, people: People) -> Evidence | None:
        """What a whole shard comes to; None where nothing is open."""
        if not self:
            return None
        self._uses.take(journal, people)
        return Evidence(self._votes.tallies, self._uses.asked)

    def add(self, other: Evidence | None) -> None:
        """Take a shard's counts in."""
        if other:
            self._votes.add(other.tallies)
            self._uses.add(other.asked)

    def known(self) -> list[Decision]:
        """What is decided before anybody runs: nothing but what no message can change."""
        return [one for one in self.found() if one.at <= self._plan.start] if self else []

    def found(self) -> list[Decision]:
        """What is decided by all that is known, the first one for sure, the others by now.

        In order of time; of several at one moment by kind and name.
        """
        rule = self._plan.scenario.rules.certainty
        found = [*self._votes.decided(rule), *self._uses.decided()]
        return sorted(found, key=lambda one: (one.at, one.kind, one.name))
