"""People and events of any kind, for laws about files."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

from flows.columns import LONG_AGO, NEVER, Bools, Column, Times
from flows.people import Events, Objects, Population, Profiles, no_consent
from flows.rules import CHANNELS
from flows.scene import NEVER_SUBSCRIBED, Consent
from storage.exchange.standard import TEXTS

EARLIEST, LATEST = -2_000_000_000_000_000, 4_000_000_000_000_000
TEXT = st.text(st.characters(codec="utf-8"), max_size=6)
"""Any text, quotes, commas, line ends and NUL included."""
SCALAR = st.one_of(
    TEXT,
    st.booleans(),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(allow_nan=False, allow_infinity=False),
)
VALUE = st.one_of(SCALAR, st.lists(st.none() | SCALAR, max_size=3).map(tuple))
TIME = st.integers(EARLIEST, LATEST)
STANDARD = ("email", "first_name", "zip", "push_token")


@st.composite
def populations(draw: st.DrawFn) -> Population:
    """Up to five people with properties, consents, groups and events."""
    ids = draw(st.lists(TEXT.filter(bool), max_size=5, unique=True))
    profiles = draw(_profiles(ids))
    metrics = st.lists(TEXT.filter(bool), max_size=2, unique=True)
    events = {name: draw(_events(name, len(ids))) for name in draw(metrics)} if ids else {}
    return Population(profiles, {name: held for name, held in events.items() if len(held)})


@st.composite
def owners(draw: st.DrawFn) -> Population:
    """Up to five people with objects of up to two types."""
    ids = draw(st.lists(TEXT.filter(bool), min_size=1, max_size=5, unique=True))
    kinds = draw(st.lists(TEXT.filter(bool), max_size=2, unique=True))
    objects = {name: draw(_objects(name, len(ids))) for name in kinds}
    people = Profiles(np.array([*ids, None], dtype=object)[:-1], {}, no_consent(len(ids)))
    return Population(people, {}, objects)


@st.composite
def _profiles(draw: st.DrawFn, ids: list[str]) -> Profiles:
    size = len(ids)
    names = draw(st.lists(TEXT.filter(lambda name: name not in TEXTS), max_size=3, unique=True))
    properties = {name: draw(_column(TEXT.filter(bool), size)) for name in STANDARD}
    properties |= {name: draw(_column(VALUE, size)) for name in names}
    groups = st.dictionaries(TEXT, _times(size, st.one_of(TIME, st.just(LONG_AGO))), max_size=2)
    lists, segments = draw(groups), draw(groups)
    quiet = {name: draw(_flags(size)) for name in [*lists, *segments][:2]}
    properties |= {"latitude": draw(_column(st.floats(-90, 90), size))}
    properties |= {"consent.sms.rcs_capable": draw(_column(st.booleans(), size))}
    return Profiles(
        np.array([*ids, None], dtype=object)[:size],
        properties,
        {channel: draw(_consent(size)) for channel in CHANNELS},
        lists,
        segments,
        quiet,
    )


def _flags(size: int) -> st.SearchStrategy[Bools]:
    flags = st.lists(st.booleans(), min_size=size, max_size=size)
    return flags.map(lambda held: np.array(held, dtype=np.bool_))


def _column(values: st.SearchStrategy[object], size: int) -> st.SearchStrategy[Column]:
    cells = st.lists(st.none() | values, min_size=size, max_size=size)
    return cells.map(Column.of)  # type: ignore[arg-type]


def _times(size: int, known: st.SearchStrategy[int]) -> st.SearchStrategy[Times]:
    one = known | st.just(NEVER)
    return st.lists(one, min_size=size, max_size=size).map(lambda held: np.array(held, np.int64))


@st.composite
def _consent(draw: st.DrawFn, size: int) -> Consent:
    def of(values: st.SearchStrategy[object], kind: type[np.generic]) -> np.ndarray:
        return np.array(draw(st.lists(values, min_size=size, max_size=size)), dtype=kind)

    status = of(st.integers(0, 2), np.int8)
    since = np.where(
        status == NEVER_SUBSCRIBED, NEVER, of(st.one_of(TIME, st.just(LONG_AGO)), np.int64)
    )
    return Consent(status, since, of(st.booleans(), np.bool_))


@st.composite
def _events(draw: st.DrawFn, metric: str, size: int) -> Events:
    places = sorted(draw(st.lists(st.tuples(st.integers(0, size - 1), TIME), max_size=5)))
    count = len(places)
    values = st.lists(
        st.none() | st.floats(allow_nan=False, allow_infinity=False),
        min_size=count,
        max_size=count,
    )
    names = draw(st.lists(TEXT.filter(lambda name: name != "$value"), max_size=2, unique=True))
    return Events(
        metric,
        np.array([row for row, _ in places], dtype=np.int32),
        np.array([time for _, time in places], dtype=np.int64),
        np.array(draw(values), dtype=np.float64),
        {name: draw(_column(VALUE, count)) for name in names},
        np.array([time + draw(st.integers(0, 10**12)) for _, time in places], dtype=np.int64),
        draw(_flags(count)),
    )


@st.composite
def _objects(draw: st.DrawFn, kind: str, size: int) -> Objects:
    rows = sorted(draw(st.lists(st.integers(0, size - 1), min_size=1, max_size=5)))
    ids = draw(st.lists(TEXT.filter(bool), min_size=len(rows), max_size=len(rows), unique=True))
    known = st.one_of(TIME, st.just(LONG_AGO))
    since = draw(st.lists(known, min_size=len(rows), max_size=len(rows)))
    names = draw(st.lists(TEXT, max_size=2, unique=True))
    return Objects(
        kind,
        np.array(rows, dtype=np.int32),
        np.array(ids, dtype=object),
        np.array(since, dtype=np.int64),
        {name: draw(_column(VALUE, len(rows))) for name in names},
    )


def told_objects(objects: dict[str, Objects]) -> object:
    """The objects as plain values, by type."""
    return {
        kind: [
            (held.rows[i], held.ids[i], held.since[i], _held(held.properties, i))
            for i in range(len(held))
        ]
        for kind, held in objects.items()
    }


def told_people(profiles: Profiles) -> object:
    """The people as plain values, one a person: equal where the people are the same."""
    return [
        (
            identifier,
            _held(profiles.properties, row),
            {c: (h.status[row], h.since[row], h.suppressed[row])
             for c, h in profiles.consent.items()},
            *({name: joined[row] for name, joined in groups.items() if joined[row] != NEVER}
              for groups in (profiles.lists, profiles.segments)),
            {name for name, quiet in profiles.quiet.items()
             if quiet[row] and _is_member(profiles, name, row)},
        )
        for row, identifier in enumerate(profiles.ids)
    ]  # fmt: skip


def _is_member(profiles: Profiles, group: str, row: int) -> bool:
    never = np.full(len(profiles), NEVER)
    groups = (profiles.lists, profiles.segments)
    return any(held.get(group, never)[row] != NEVER for held in groups)


def told_events(events: dict[str, Events]) -> object:
    """The events as plain values, by metric; -0 is 0."""
    return {
        metric: [
            (
                held.rows[i],
                held.times[i],
                repr(held.values[i] + 0.0),
                _held(held.properties, i),
                held.times[i] if held.recorded is None else held.recorded[i],
                held.silent is not None and held.silent[i],
            )
            for i in range(len(held))
        ]
        for metric, held in events.items()
    }


def _held(properties: dict[str, Column], row: int) -> dict[str, str]:
    """What one row has; `repr` tells 1 from 1.0 and from true."""
    values = {name: column.take(np.array([row])).values()[0] for name, column in properties.items()}
    return {name: repr(value) for name, value in values.items() if value is not None}
