"""JSON Lines: one object a line, each line on its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from flows.columns import Column
from storage.errors import FileError
from storage.exchange.cells import Gatherer, plain
from storage.exchange.objects import decoded, explode
from storage.exchange.sheet import Refusal, Sheet


class ObjectReader:
    """Gathers rows of objects into columns; the object columns asked for are exploded by key."""

    def __init__(self, objects: Iterable[str]) -> None:
        self.cells = Gatherer()
        self.inner = {name: Gatherer() for name in objects}

    def put(self, row: int, written: dict[str, Any]) -> None:
        """One row; ValueError with the reason where an object column holds something else."""
        for name, value in written.items():
            if name in self.inner:
                explode(self.inner[name], row, name, value)
            else:
                self.cells.put(row, name, plain(value))

    def objects(self, size: int) -> dict[str, dict[str, Column]]:
        """The exploded columns, by object column and key."""
        return {name: gatherer.columns(size) for name, gatherer in self.inner.items()}


def read_jsonl(path: Path, objects: Sequence[str]) -> Sheet:
    """The file as a sheet; a line that is no object is refused alone."""
    reader, starts, outside = ObjectReader(objects), list[int](), list[Refusal]()
    refused: dict[int, str] = {}
    with path.open(encoding="utf-8-sig") as file:
        first = file.readline()
        for line, text in enumerate(chain([first], file), 1):
            if not text.strip():
                continue
            try:
                written = _object(text)
            except ValueError as error:
                outside.append(Refusal(line, str(error), text.rstrip("\n")))
                continue
            starts.append(line)
            try:
                reader.put(len(starts) - 1, written)
            except ValueError as error:
                refused[len(starts) - 1] = str(error)
    if outside and not starts:
        raise FileError(path, f"No line is a JSON object. {outside[0].reason}", outside[0].line)
    return Sheet(
        path,
        len(starts),
        reader.cells.columns(len(starts)),
        reader.objects(len(starts)),
        lambda rows: [starts[row] for row in rows],
        outside,
        refused,
    )


def _object(text: str) -> dict[str, Any]:
    try:
        value = decoded(text)
    except ValueError as error:
        raise ValueError(f"The line is no JSON: {error}.") from None
    if not isinstance(value, dict):
        raise ValueError("The line is no JSON object; write one object a line.")
    return value
