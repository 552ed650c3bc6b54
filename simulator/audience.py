"""Synthetic people and their histories, of any size and seed, a shard at a time."""

from __future__ import annotations

from simulator.audience_settings import AudienceSettings

__all__ = ["AudienceSettings"]
