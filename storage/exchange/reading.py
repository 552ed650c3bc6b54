"""A file of any known form as a sheet, or a FileError that says what is wrong with all of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from storage.errors import FileError
from storage.exchange.read_csv import read_csv
from storage.exchange.read_jsonl import read_jsonl
from storage.exchange.read_parquet import read_parquet
from storage.exchange.sheet import Sheet

FORMS: dict[str, Callable[[Path, Sequence[str]], Sheet]] = {
    ".csv": read_csv,
    ".jsonl": read_jsonl,
    ".ndjson": read_jsonl,
    ".parquet": read_parquet,
}


def read_sheet(path: Path, *, required: Sequence[str], objects: Sequence[str]) -> Sheet:
    """The rows of the file; the required columns are there, if perhaps empty in places."""
    form = FORMS.get(path.suffix.lower())
    if form is None:
        raise FileError(path, "The form of the file is unknown; use .csv, .jsonl or .parquet.")
    try:
        if not path.is_file():
            raise FileError(path, "There is no such file.")
        if path.stat().st_size == 0:
            raise FileError(path, "The file is empty.")
        sheet = form(path, objects)
    except UnicodeDecodeError:
        raise FileError(path, "The file is not UTF-8 from here on.", _first_bad(path)) from None
    except OSError as error:
        raise FileError(path, f"The file cannot be read: {error.strerror}.") from None
    if missing := [name for name in required if name not in sheet.columns]:
        raise FileError(path, _missing(missing, sheet), 1 if sheet.only_text else None)
    return sheet


def _missing(missing: Sequence[str], sheet: Sheet) -> str:
    names = ", ".join(f"“{name}”" for name in missing)
    found = ", ".join(f"“{name}”" for name in sheet.columns) or "none"
    hint = " Use commas between the columns." if ";" in found and "," not in sheet.columns else ""
    return f"The column {names} is missing; there are {found}.{hint}"


def _first_bad(path: Path) -> int:
    with path.open("rb") as file:
        for line, raw in enumerate(file, 1):
            try:
                raw.decode()
            except UnicodeDecodeError:
                return line
    return 1
