"""JSON text read and written so that numbers keep their form: 5.0 and 1e3 come back as such."""

from __future__ import annotations

import json
import math
from json.encoder import encode_basestring
from typing import Any


class Digits(float):
    """A number that Python would write otherwise, with the text that stood for it."""

    text: str

    def __new__(cls, text: str) -> Digits:
        """The number that a text stands for."""
        made = super().__new__(cls, text)
        made.text = text
        return made

    def __getnewargs__(self) -> tuple[str]:  # type: ignore[override]
        """What a copy is made of."""
        return (self.text,)


class Source:
    """One text being read, and what was striking about it."""

    def __init__(self) -> None:
        self.doubled: list[tuple[dict[str, Any], str]] = []
        """Objects, each with the first key that stands twice in it."""
        self.unbounded = False
        """Whether there is a number that is none, or that no computer holds."""

    def parse(self, text: str) -> Any:
        """The JSON of a text; errors as of `json.loads`, but no number is too long."""
        return json.loads(
            text,
            parse_float=self._float,
            parse_int=self._int,
            parse_constant=self._constant,
            object_pairs_hook=self._object,
        )

    def _float(self, text: str) -> float:
        number = float(text)
        if number.__repr__() == text:
            return number
        self.unbounded |= not math.isfinite(number)
        return Digits(text)

    def _int(self, text: str) -> int | float:
        try:
            return Digits(text) if text == "-0" else int(text)
        except ValueError:
            return self._constant(text)

    def _constant(self, text: str) -> float:
        self.unbounded = True
        return float(text)

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(pairs)
        if len(made) < len(pairs):
            seen: set[str] = set()
            twice = (key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
            self.doubled.append((made, next(twice)))
        return made


def write(document: Any) -> str:
    """JSON as readable text, two spaces a level, every number as it was read."""
    chunks: list[str] = []
    _write(document, "\n", chunks)
    return "".join(chunks)


def _write(value: Any, line: str, chunks: list[str]) -> None:
    if isinstance(value, str):
        chunks.append(encode_basestring(value))
    elif isinstance(value, dict) and value:
        inner, before = f"{line}  ", "{"
        for key, held in value.items():
            chunks.append(f"{before}{inner}{encode_basestring(key)}: ")
            _write(held, inner, chunks)
            before = ","
        chunks.append(f"{line}}}")
    elif isinstance(value, list) and value:
        inner, before = f"{line}  ", "["
        for held in value:
            chunks.append(f"{before}{inner}")
            _write(held, inner, chunks)
            before = ","
        chunks.append(f"{line}]")
    else:
        chunks.append(value.text if isinstance(value, Digits) else json.dumps(value))
