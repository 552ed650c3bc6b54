"""The reference pages of the language, rendered from the code that they describe."""

from flows.reference.pages import pages

__all__ = ["pages"]
