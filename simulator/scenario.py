"""Everything a run depends on beside its flows and people: when, how long, which chance, rules."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Literal

from pydantic import Field, field_serializer

from flows.catalogue import Catalogue
from flows.document import Flow
from flows.part import Part
from flows.rules import Rules
from simulator.audience import AudienceSettings
from simulator.behaviour import Behaviour


class Edit(Part):
    """A flow of the run is changed in the middle of it (semantics B.8)."""

    at: datetime
    flow: Flow
    """The whole flow as it stands from then on, by the same id and with the same trigger."""

    @field_serializer("flow")
    def _as_written(self, flow: Flow) -> dict[str, Any]:
        return flow.to_json()


class Scenario(Part):
    """The setting of a run; the same scenario, flows and people give the same bytes."""

    start: datetime = datetime(2026, 1, 5, tzinfo=UTC)
    days: int = 90
    seed: int = 1
    profiles: int = 10_000
    """How many synthetic people; unused where people are given."""
    rules: Rules = Field(default_factory=Rules)
    behaviour: Behaviour | None = Field(default_factory=Behaviour)
    """None: nobody opens, clicks or orders."""
    audience: AudienceSettings = Field(default_factory=AudienceSettings)
    catalogue: Catalogue | None = None
    """What the shop sells; None for the made-up shop of synthetic people."""
    add_past: dict[str, Literal["relative", "start"]] = Field(default_factory=dict)
    """By flow id, `*` for all: people with a history that would have started the flow come in
    too, where they would stand by now, or members of its list at the start (semantics B.1)."""
    edits: tuple[Edit, ...] = ()
    """Changes of flows in the middle of the run, in any order."""
    names: dict[str, str] = Field(default_factory=dict)
    """Canonical names of metric ids ("T9sNn9": "Placed Order"), beside those the flows give."""
