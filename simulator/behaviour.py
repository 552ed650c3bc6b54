"""The simulated world: people answer messages by keyed chance, as the behaviour file says."""

from __future__ import annotations

from simulator.behaviour_settings import Behaviour

__all__ = ["Behaviour"]
