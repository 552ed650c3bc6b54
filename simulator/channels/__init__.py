"""Channels: what messages are made into, and how they reach the world."""
