"""What a file of people or events gave: the usable rows, and each refused row with its reason."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from flows.catalogue import Catalogue
from flows.people import Events, Objects, Profiles
from storage.exchange.replacing import replacing


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that cannot be used. `where` is `people.csv:17`; `row` is JSON, else the raw text."""

    where: str
    reason: str
    row: str


@dataclass(frozen=True, slots=True, eq=False)
class Given:
    """The people of a file, in its order, and what was refused."""

    profiles: Profiles
    rejected: tuple[Rejected, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class GivenEvents:
    """The events of a file by metric, and what was refused."""

    events: dict[str, Events]
    rejected: tuple[Rejected, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class GivenObjects:
    """The custom objects of a file by type, and what was refused."""

    objects: dict[str, Objects]
    rejected: tuple[Rejected, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class GivenCatalogue:
    """The items of a file with their changes, and what was refused."""

    catalogue: Catalogue
    rejected: tuple[Rejected, ...] = ()


def write_rejected(rejected: Iterable[Rejected], path: Path) -> None:
    """JSON Lines, one refused row each: `where`, `reason`, `row`."""
    with replacing(path) as part, part.open("w", encoding="utf-8") as file:
        for one in rejected:
            line = {"where": one.where, "reason": one.reason, "row": _object_or_text(one.row)}
            file.write(json.dumps(line, ensure_ascii=False) + "\n")


def _object_or_text(row: str) -> object:
    try:
        return json.loads(row)
    except ValueError:
        return row
