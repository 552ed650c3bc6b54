"""The files of a run: written part by part, named when all is done."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from simulator.errors import writing
from simulator.parts import TABLES

INPUTS = "run.json"
SUMMARY = "summary.json"
PARTS = ".parts"


def clear(out: Path) -> Path:
    """Make the folder ready, without what an earlier run left there; where parts go."""
    parts = out / PARTS
    shutil.rmtree(parts, ignore_errors=True)
    parts.mkdir(parents=True)
    (out / SUMMARY).unlink(missing_ok=True)
    for name in TABLES["all"]:
        (out / f"{name}.parquet").unlink(missing_ok=True)
    return parts


def write_json(path: Path, value: object) -> None:
    """Write a file whole or not at all."""
    draft = path.with_suffix(".tmp")
    draft.write_text(json.dumps(value, indent=2, ensure_ascii=False) + "\n", "utf-8")
    draft.replace(path)


class Tables:
    """The Parquet files of a pass; what is not kept goes."""

    def __init__(self, out: Path) -> None:
        self._out = out
        self._writers: dict[str, pq.ParquetWriter] = {}
        self._kept = False

    def __enter__(self) -> Tables:
        return self

    def take(self, tables: Iterable[tuple[str, pa.Table]]) -> None:
        """Append one part's tables."""
        with writing(self._out):
            for name, table in tables:
                self._writer(name, table.schema).write_table(table, row_group_size=1 << 20)

    def keep(self) -> None:
        """The pass was the last: its files get their names when it is left."""
        self._kept = True

    def _writer(self, name: str, schema: pa.Schema) -> pq.ParquetWriter:
        if name not in self._writers:
            words = [f.name for f in schema if pa.types.is_dictionary(f.type)]
            self._writers[name] = pq.ParquetWriter(
                self._draft(name),
                schema,
                compression="snappy",
                use_dictionary=words,  # type: ignore[arg-type]  # the stubs know only bool
                store_schema=False,
                write_statistics=False,
            )
        return self._writers[name]

    def _draft(self, name: str) -> Path:
        return self._out / f"{name}.parquet.part"

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        kept = self._kept and kind is None
        with writing(self._out):
            for name, writer in self._writers.items():
                try:
                    writer.close()
                finally:
                    if not kept:
                        self._draft(name).unlink(missing_ok=True)
                if kept:
                    self._draft(name).replace(self._out / f"{name}.parquet")
