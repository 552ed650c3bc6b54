"""People and events of any kind, for laws about files."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

from flows.columns import LONG_AGO, NEVER, Column, Times
from flows.people import Events, Population, Profiles
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
def _profiles(draw: st.DrawFn, ids: list[str]) -> Profiles:
    size = len(ids)
    names = draw(st.lists(TEXT.filter(lambda name: name not in TEXTS), max_size=3, unique=True))
    properties = {name: draw(_column(TEXT.filter(bool), size)) for name in STANDARD}
    properties |= {name: draw(_column(VALUE, size)) for name in names}
    groups = st.dictionaries(TEXT, _times(size, st.one_of(TIME, st.just(LONG_AGO))), max_size=2)
    return Profiles(
        np.array([*ids, None], dtype=object)[:size],
        properties,
        {channel: draw(_consent(size)) for channel in CHANNELS},
        draw(groups),
        draw(groups),
    )


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
    )


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
        )
        for row, identifier in enumerate(profiles.ids)
    ]  # fmt: skip


def told_events(events: dict[str, Events]) -> object:
    """The events as plain values, by metric; -0 is 0."""
    return {
        metric: [
            (held.rows[i], held.times[i], repr(held.values[i] + 0.0), _held(held.properties, i))
            for i in range(len(held))
        ]
        for metric, held in events.items()
    }


def _held(properties: dict[str, Column], row: int) -> dict[str, str]:
    """What one row has; `repr` tells 1 from 1.0 and from true."""
    values = {name: column.take(np.array([row])).values()[0] for name, column in properties.items()}
    return {name: repr(value) for name, value in values.items() if value is not None}
