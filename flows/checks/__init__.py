"""Lint rules over flows."""
