"""Documents changed by chance, with an eye for their structure."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from copy import deepcopy
from random import Random
from typing import Any

Place = tuple[Any, Any]
"""A list or object, and the entry or key in it."""
_RAW = "\x00raw:"
"""What stands before text that goes into the document unquoted."""


def mutated(base: Any, others: Sequence[Any], chance: Random) -> str:
    """The text of a document with one to four changes, now and then of the text itself."""
    document = deepcopy(base)
    for _ in range(chance.choice((1, 1, 1, 2, 2, 3, 4))):
        chance.choice(_CHANGES)(document, others, chance)
    text = _unquoted(json.dumps(document, ensure_ascii=chance.random() < 0.5))
    return chance.choice(_TEXTS)(text, chance) if chance.random() < 0.08 else text


def _unquoted(text: str) -> str:
    mark = json.dumps(_RAW)[:-1]
    before, *rest = text.split(mark)
    return before + "".join(
        raw.replace("\\\\", "\\") + after
        for raw, _, after in (piece.partition('"') for piece in rest)
    )


def _place(document: Any, chance: Random) -> Place | None:
    """Some place inside, every depth as likely as the next."""
    found: Place | None = None
    value = document
    while isinstance(value, dict | list) and value:
        key = chance.choice(list(value) if isinstance(value, dict) else range(len(value)))
        if found is None or chance.random() < 0.9:
            found = (value, key)
            value = value[key]
        else:
            break
    return found


def _drop(document: Any, others: Sequence[Any], chance: Random) -> None:
    place = _place(document, chance)
    if place:
        del place[0][place[1]]


def _rename(document: Any, others: Sequence[Any], chance: Random) -> None:
    place = _place(document, chance)
    if place and isinstance(place[0], dict):
        holder, key = place
        entries = list(holder.items())
        holder.clear()
        new = chance.choice((key + "s", key[:-1], key.upper(), "", "type", "id", *_STRANGE))
        holder.update((new if name == key else name, value) for name, value in entries)


def _junk(document: Any, others: Sequence[Any], chance: Random) -> None:
    place = _place(document, chance)
    if place:
        place[0][place[1]] = deepcopy(chance.choice(_JUNK))


def _twist(document: Any, others: Sequence[Any], chance: Random) -> None:
    """The same value as another type: quoted, unquoted, wrapped, taken out."""
    place = _place(document, chance)
    if not place:
        return
    value = place[0][place[1]]
    ways: list[Any] = [[value], {"value": value}, json.dumps(value)[:200], [value, value]]
    if isinstance(value, int | float) and not isinstance(value, bool):
        ways += [f"{_RAW}{value}e0", f"{_RAW}{value}.0", -value, value * 10**15, bool(value)]
    if isinstance(value, str):
        ways += [value.upper(), value + " ", value[:-1], value * 50, len(value)]
    if isinstance(value, list):
        ways += [{str(i): one for i, one in enumerate(value)}, value * 3, value[::-1]]
    if isinstance(value, dict):
        ways += [list(value.values()), list(value), None]
    place[0][place[1]] = chance.choice(ways)


def _splice(document: Any, others: Sequence[Any], chance: Random) -> None:
    place, other = _place(document, chance), _place(chance.choice(others), chance)
    if place and other:
        place[0][place[1]] = deepcopy(other[0][other[1]])


def _graft(document: Any, others: Sequence[Any], chance: Random) -> None:
    """The same key of another document: a value that could stand here."""
    place = _place(document, chance)
    if place and isinstance(place[1], str):
        found = _keyed(chance.choice(others), place[1])
        if found:
            place[0][place[1]] = deepcopy(chance.choice(found))


def _keyed(value: Any, key: str) -> list[Any]:
    if isinstance(value, dict):
        here = [value[key]] if key in value else []
        return here + [one for held in value.values() for one in _keyed(held, key)]
    if isinstance(value, list):
        return [one for held in value for one in _keyed(held, key)]
    return []


def _add(document: Any, others: Sequence[Any], chance: Random) -> None:
    place = _place(document, chance)
    if place and isinstance(place[0], dict):
        place[0][chance.choice(_STRANGE)] = deepcopy(chance.choice(_JUNK))
    elif place:
        place[0].insert(place[1], deepcopy(chance.choice([*place[0], *_JUNK])))


def _shuffle(document: Any, others: Sequence[Any], chance: Random) -> None:
    place = _place(document, chance)
    if place and isinstance(place[0], list):
        chance.shuffle(place[0])
    elif place:
        entries = list(place[0].items())
        chance.shuffle(entries)
        place[0].clear()
        place[0].update(entries)


def _truncate(text: str, chance: Random) -> str:
    return text[: chance.randrange(len(text) + 1)]


def _insert(text: str, chance: Random) -> str:
    at = chance.randrange(len(text) + 1)
    return text[:at] + chance.choice(_BITS) + text[at:]


def _cut(text: str, chance: Random) -> str:
    at = chance.randrange(len(text) + 1)
    return text[:at] + text[at + chance.randrange(20) :]


def _double(text: str, chance: Random) -> str:
    """The first key stands twice."""
    key, colon, rest = text.partition(":")
    return f"{key}: null, {key[1:]}{colon}{rest}" if key.startswith('{"') else text


_STRANGE = (
    "\u202eevil",
    "__proto__",
    "\u0000",
    "é",
    "é",
    "a.b[0]",
    '"',
    "\U0001f600",
    "__written__",
)
_BITS = (
    "\\ud83d",
    '"',
    "{",
    "]",
    ",",
    "\\",
    "\x00",
    "NaN",
    "1e999",
    "\ufeff",
    "-0",
    "\ud83d",
    "\t",
)
_JUNK: tuple[Any, ...] = (
    None,
    True,
    False,
    0,
    -1,
    5,
    10**30,
    -(10**400),
    0.1,
    f"{_RAW}-0.0",
    f"{_RAW}-0",
    f"{_RAW}5.0",
    f"{_RAW}1E3",
    f"{_RAW}1e400",
    f"{_RAW}0.10",
    f"{_RAW}{'9' * 5000}",
    f"{_RAW}NaN",
    "",
    " ",
    "5",
    "true",
    "null",
    "2026-02-30",
    "9999-12-31T23:59:59+00:00",
    "0001-01-01T00:00:00+14:00",
    "25:61:00",
    "Europe/Nowhere",
    "../../etc/passwd",
    "properties['",
    "(((((",
    "{% for x in y %}",
    "{{ a|b:c|d }}",
    "\u0000\u202e\ufffd",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "x" * 3000,
    [],
    {},
    [[]],
    [None],
    {"": ""},
    {"type": "date"},
    {"type": []},
    {"conditions": None},
    {"condition_groups": [{"conditions": [{}]}]},
    {"condition_groups": [None]},
    {"next": "a"},
    {"next": ["a", None, 5]},
    json.loads("[" * 60 + "]" * 60),
    f"{_RAW}{'[' * 230}{']' * 230}",
    json.loads('{"a": ' * 150 + "1" + "}" * 150),
)
Change = Callable[[Any, Sequence[Any], Random], None]
_CHANGES: tuple[Change, ...] = (
    _drop,
    _drop,
    _rename,
    _junk,
    _junk,
    _junk,
    _twist,
    _twist,
    _splice,
    _graft,
    _graft,
    _add,
    _shuffle,
)
_TEXTS = (_truncate, _insert, _insert, _cut, _double)
