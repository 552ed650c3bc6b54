"""Older formats of the native document, brought to the present one step at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flows.document import FORMAT
from flows.errors import FlowError

Document = dict[str, Any]
Step = Callable[[Document], Document]

STEPS: Mapping[int, Step] = {}
"""For each format the pure step to the next one; format 1 is the first there is."""


class UnknownFormatError(FlowError):
    """A document whose format number these steps do not lead from, with the number."""

    def __init__(self, number: Any, newest: int) -> None:
        newer = isinstance(number, int) and not isinstance(number, bool) and number > newest
        super().__init__(
            f"The document has format {number}, but this version reads formats up to {newest}."
            if newer
            else f"“rehearsal” must be the number of a known format, at most {newest}."
        )
        self.newer = newer


def upgrade(
    document: Document, *, steps: Mapping[int, Step] = STEPS, newest: int = FORMAT
) -> Document:
    """The same flow in the newest format; UnknownFormatError where no steps lead there."""
    number = document.get("rehearsal")
    if isinstance(number, bool) or not isinstance(number, int):
        raise UnknownFormatError(number, newest)
    for step in range(number, newest):
        if step not in steps:
            raise UnknownFormatError(number, newest)
        document = steps[step](document) | {"rehearsal": step + 1}
    if document["rehearsal"] != newest:
        raise UnknownFormatError(number, newest)
    return document
