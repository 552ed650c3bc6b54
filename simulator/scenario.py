"""Everything a run depends on beside its flows and people: when, how long, which chance, rules."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Literal

from pydantic import Field

from flows.catalogue import Catalogue
from flows.part import Part
from flows.rules import Rules
from simulator.audience import AudienceSettings
from simulator.behaviour import Behaviour


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
    names: dict[str, str] = Field(default_factory=dict)
    """Canonical names of metric ids ("T9sNn9": "Placed Order"), beside those the flows give."""
