"""Files of people as a test writes them, and people as plain values."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from flows.people import Profiles
from storage.exchange import Given


def csv(folder: Path, text: str | bytes, name: str = "people.csv") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def jsonl(folder: Path, *rows: object) -> Path:
    return csv(folder, "".join(json.dumps(row) + "\n" for row in rows), "people.jsonl")


def parquet(folder: Path, **columns: object) -> Path:
    path = folder / "people.parquet"
    pq.write_table(pa.table(columns), path)
    return path


def ids(given: Given) -> list[str]:
    return list(given.profiles.ids)


def values(profiles: Profiles) -> dict[str, list[object]]:
    return {name: list(column.values()) for name, column in profiles.properties.items()}
