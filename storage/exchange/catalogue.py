"""A shop's catalogue: JSON with items and changes, or a table with an item a row."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from flows.catalogue import Catalogue, Item, ItemChange
from flows.columns import Column, Value
from storage.errors import FileError
from storage.exchange.cells import is_number, number
from storage.exchange.given import GivenCatalogue
from storage.exchange.instants import lenient, text_of
from storage.exchange.reading import read_sheet
from storage.exchange.sheet import Sheet
from storage.exchange.unknown import complaint, unknown_keys

ITEM = tuple(Item.model_fields)
CHANGE = tuple(ItemChange.model_fields)
_TEXTS = frozenset({"id", "title", "description", "url", "image_url", "parent"})


def read_catalogue(path: Path) -> GivenCatalogue:
    """The catalogue of a file; FileError where it cannot be used.

    JSON is the catalogue as in a scenario, or a list of items. In a table a row is an item; one
    with a time in `at` is a change: from then on the item `id` has the price and the inventory of
    that row. A row that cannot be used is refused alone. Several `categories` stand between
    semicolons.
    """
    if path.suffix.lower() == ".json":
        return GivenCatalogue(_document(path))
    return _table(read_sheet(path, required=["id"], objects=[]))


def _document(path: Path) -> Catalogue:
    try:
        held = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise FileError(path, f"The file cannot be read: {error.strerror}.") from error
    except ValueError as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else None
        raise FileError(path, "The file is no JSON.", line) from error
    try:
        catalogue = Catalogue.model_validate({"items": held} if isinstance(held, list) else held)
    except ValidationError as error:
        raise FileError(path, complaint(error)) from error
    for place in unknown_keys(catalogue):
        raise FileError(path, f"{place} is not known here.")
    for reason in _flaws(catalogue):
        raise FileError(path, reason)
    return catalogue


def _flaws(catalogue: Catalogue) -> Iterator[str]:
    seen: set[str] = set()
    for place, item in enumerate(catalogue.items):
        if item.id in seen:
            yield f"$.items[{place}].id: the item “{item.id}” was given before."
        seen.add(item.id)
    for place, change in enumerate(catalogue.changes):
        if change.item not in seen:
            yield f"$.changes[{place}].item: there is no item “{change.item}”."


def _table(sheet: Sheet) -> GivenCatalogue:
    unknown = [name for name in sheet.columns if name not in {*ITEM, "at"}]
    if unknown:
        raise FileError(sheet.path, f"The column “{unknown[0]}” is not known here.", 1)
    items: dict[str, Item] = {}
    changes: list[tuple[int, ItemChange]] = []
    for row in range(sheet.size):
        written = dict(_written(sheet, row))
        try:
            made = _made(written)
        except ValidationError as error:
            sheet.refuse([row], complaint(error))
        except ValueError as error:
            sheet.refuse([row], str(error))
        else:
            if isinstance(made, ItemChange):
                changes.append((row, made))
            elif made.id in items:
                sheet.refuse([row], f"The item “{made.id}” was given before.")
            else:
                items[made.id] = made
    for row, change in changes:
        if change.item not in items:
            sheet.refuse([row], f"There is no item “{change.item}”.")
    known = tuple(change for _, change in changes if change.item in items)
    catalogue = Catalogue(items=tuple(items.values()), changes=known)
    return GivenCatalogue(catalogue, sheet.rejected())


def _written(sheet: Sheet, row: int) -> Iterator[tuple[str, Any]]:
    for name, column in sheet.columns.items():
        value = _value(column, row)
        if value is not None and value != "":
            yield name, _meant(name, value)


def _value(column: Column, row: int) -> Value:
    code = column.codes[row]
    return column.pool[code] if code >= 0 else None


def _meant(name: str, value: Value) -> Any:
    if name in _TEXTS:
        return str(value)
    if name == "categories" and isinstance(value, str):
        return [part.strip() for part in value.split(";") if part.strip()]
    if isinstance(value, str) and is_number(value):
        return number(value)
    return value


def _made(written: dict[str, Any]) -> Item | ItemChange:
    if "id" not in written:
        raise ValueError("The row has no id.")
    when = written.pop("at", None)
    if when is None:
        return Item.model_validate(written)
    try:
        at = text_of(lenient(str(when)))
    except (ValueError, OverflowError):
        raise ValueError(f"`at` is no time: “{when}”.") from None
    held = {name: written[name] for name in CHANGE if name in written}
    return ItemChange.model_validate(held | {"at": at, "item": written["id"]})
