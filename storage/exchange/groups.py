"""When people joined lists and segments, and whose joining starts no flow."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from flows.columns import LONG_AGO, NEVER, Bools, Column, Times
from storage.exchange.cells import compact, with_pool
from storage.exchange.instants import iso, lenient
from storage.exchange.objects import MEMBER, held_object
from storage.exchange.sheet import Sheet


@dataclass(frozen=True, slots=True, eq=False)
class Joined:
    """When each row joined a group, NEVER for none, and whose joining starts no flow."""

    times: Times
    quiet: Bools


def groups(sheet: Sheet, kind: str) -> dict[str, Joined]:
    """By group, who joined when.

    A member is written as the time of joining, as true (since long ago) or as an object:
    {`at`: time, `triggers`: false} for one whose joining starts no flow (semantics B.1).
    """
    return {
        group: _joined(sheet, f"{kind}.{group}", column)
        for group, column in sheet.objects.get(kind, {}).items()
    }


def quiet_of(*kinds: dict[str, Joined]) -> dict[str, Bools]:
    """By group whose joining starts no flow, of groups of any kind, as far as there is anybody."""
    found: dict[str, Bools] = {}
    for kind in kinds:
        for name, joined in kind.items():
            if joined.quiet.any():
                found[name] = joined.quiet | found[name] if name in found else joined.quiet
    return found


def _joined(sheet: Sheet, name: str, column: Column) -> Joined:
    objects = [held_object(value) for value in column.pool]
    values = [
        v if o is None else o.get("at", MEMBER) for v, o in zip(column.pool, objects, strict=True)
    ]
    texts = with_pool(column, [v if isinstance(v, str) else None for v in values])
    read = lenient if sheet.only_text else iso
    times = np.append(sheet.times(name, texts, read), NEVER)[texts.codes]
    quiet = np.zeros(len(column), dtype=np.bool_)
    for code, value in enumerate(values):
        held = objects[code]
        if isinstance(value, str) and held is None:
            continue
        rows = column.codes == code
        if isinstance(value, bool):
            times[rows] = LONG_AGO if value is MEMBER else NEVER
        elif not isinstance(value, str):
            written = compact(value if held is None else held)
            sheet.refuse(np.flatnonzero(rows).tolist(), f"`{name}` is no time: {written}.")
        quiet |= rows & (held is not None and held.get("triggers") is False)
    return Joined(times, quiet)
