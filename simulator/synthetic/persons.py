"""Who people are: names, addresses, places, dates and the values conditions compare with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from flows.columns import UNSET, Bools, Codes, Column, Floats, Ints, Keys, Times, Value
from simulator import chance
from simulator.audience_settings import AudienceSettings
from simulator.synthetic.geography import Geography, geography
from simulator.synthetic.streams import DAY, KNOWN_DAYS
from simulator.synthetic.values import Span, draw, put_some
from simulator.synthetic.wanted import Compared

IDENTITY = ("first_name", "last_name")
NATURAL = ("phone_number", "created", "email")
"""Properties whose values are never replaced by compared ones; addresses are built with them."""
_TOKENS: tuple[Value, ...] = tuple(f"push-token-{number:04d}" for number in range(1000))


@dataclass(frozen=True, slots=True, eq=False)
class Persons:
    """Some people of the audience, with what their properties are chosen by."""

    settings: AudienceSettings
    index: Ints
    """Each one's place in the whole audience."""
    keys: Keys
    since: Times
    places: Geography
    locale: Codes
    area: Codes

    @property
    def offsets(self) -> Times:
        return self.places.offsets[self.area]

    def draws(self, *purpose: str) -> Floats:
        """A number in [0, 1) per person."""
        return chance.uniform(self.keys, chance.name_key("person", *purpose))

    def lacks(self, name: str) -> Bools:
        """Who has no such property."""
        share = self.settings.missing.get(name, 0.0)
        return self.draws("lacks", name) < share


def settle(
    settings: AudienceSettings, index: Ints, keys: Keys, since: Times, *, start: int
) -> Persons:
    """People with their places chosen."""
    places = geography(settings.locales, settings.zones, start)
    salt = chance.name_key("person", "place")
    locale = places.locale_weights.pick(0, chance.uniform(keys, salt))
    area = places.area_weights.pick(locale.astype(np.int64), chance.uniform(keys, salt, salt))
    return Persons(settings, index, keys, since, places, locale, area)


def digits(numbers: Ints, width: int) -> NDArray[np.str_]:
    """Numbers as text of at least this width, zeros in front."""
    width = max(width, len(str(int(numbers.max(initial=0)))))
    powers = 10 ** np.arange(width - 1, -1, -1, dtype=np.int64)
    figures = (numbers[:, None] // powers % 10 + ord("0")).astype(np.uint32)
    return figures.view(f"U{width}").ravel()


def profile_ids(index: Ints, size: int) -> NDArray[np.object_]:
    """p0000001, p0000002, ...: wide enough for the whole audience."""
    width = max(7, len(str(size)))
    ids: NDArray[np.object_] = np.strings.add("p", digits(index + 1, width)).astype(np.object_)
    return ids


def properties(persons: Persons, reachable: dict[str, Bools], span: Span) -> dict[str, Column]:
    """The standard properties; `reachable` says who must have an address of a channel."""
    places, locale, area = persons.places, persons.locale, persons.area
    first = places.first.pick(locale, persons.draws("first name"))
    last = places.last.pick(locale, persons.draws("last name"))
    town = places.towns.pick(locale, persons.draws("town"))
    number = places.numbers.pick(area, persons.draws("number"))
    region = places.regions.pick(area, persons.draws("region"))
    no_phone = persons.lacks("phone_number") & ~reachable["sms"] & ~reachable["whatsapp"]
    columns = {
        "email": _emails(persons, first, last, ~persons.lacks("email") | reachable["email"]),
        "phone_number": without(places.numbers.values.column(number), no_phone),
        "first_name": places.first.values.column(first),
        "last_name": places.last.values.column(last),
        "timezone": places.zones.column(area),
        "country": places.countries.column(locale),
        "region": places.regions.values.column(region),
        "city": places.towns.values.column(town),
        "zip": places.postcodes.column(town),
        "locale": places.locales.column(locale),
        "created": _created(persons, span),
        "birthday": births(persons.draws("birthday")),
    }
    if reachable["push"].any():
        token = (persons.draws("token") * len(_TOKENS)).astype(np.int32)
        columns["push_token"] = without(Column(token, _TOKENS), ~reachable["push"])
    own = {"email", "phone_number", "push_token"}
    return {
        name: column if name in own else without(column, persons.lacks(name))
        for name, column in columns.items()
    }


def without(column: Column, rows: Bools) -> Column:
    """The column unset at some rows."""
    return Column(np.where(rows, np.int32(UNSET), column.codes).astype(np.int32), column.pool)


def _emails(persons: Persons, first: Codes, last: Codes, has: Bools) -> Column:
    """first.last.number@example.com, one per person."""
    places, join = persons.places, np.strings.add
    names = join(
        join(places.plain_first[first], "."),
        join(places.plain_last[last], "."),
    )
    whole = join(join(names, digits(persons.index + 1, 1)), "@example.com")
    codes = np.arange(len(whole), dtype=np.int32)
    return without(Column(codes, tuple(whole.tolist())), ~has)


def _created(persons: Persons, span: Span) -> Column:
    opening = (span.first - date(1970, 1, 1)).days - KNOWN_DAYS
    codes = (persons.since // DAY - opening).astype(np.int32)
    return Column(codes, tuple(span.days(before=KNOWN_DAYS)))


@lru_cache(maxsize=1)
def _birth_days() -> tuple[Value, ...]:
    first = date(1950, 1, 1)
    return tuple((first + timedelta(days=n)).isoformat() for n in range(58 * 365 + 14))


def births(shares: Floats) -> Column:
    """Days of birth, any day from 1950 to 2007 as likely."""
    pool = _birth_days()
    return Column((shares * len(pool)).astype(np.int32), pool)


def with_compared(
    columns: dict[str, Column], persons: Persons, wanted: dict[str, Compared], span: Span
) -> dict[str, Column]:
    """The columns with every property that conditions compare, its values reached."""
    made = dict(columns)
    for name, compared in wanted.items():
        if name in NATURAL and name in columns:
            continue
        keys = chance.mix(persons.keys ^ chance.name_key("property", name))
        if name in columns:
            made[name] = _reached(columns[name], name, compared, (persons, keys, span))
        elif "birth" in name.lower() and compared.kind in {"date", "existence"}:
            made[name] = without(births(persons.draws(name)), persons.lacks("birthday"))
        else:
            made[name] = draw(compared, keys, _share(persons.settings, name), span)
    return made


def _share(settings: AudienceSettings, name: str) -> float:
    usual = settings.compared_identity if name in IDENTITY else settings.compared
    return settings.compared_of.get(name, usual)


def _reached(
    column: Column, name: str, compared: Compared, rest: tuple[Persons, Keys, Span]
) -> Column:
    """A standard property with the compared values that nobody has by nature."""
    persons, keys, span = rest
    missing = tuple(v for v in compared.values if v not in column.pool)
    if not missing or compared.kind in {"date", "existence"}:
        return column
    drawn = draw(Compared(compared.kind, missing), keys, 1.0, span)
    chosen = chance.uniform(keys, chance.name_key("chosen")) < _share(persons.settings, name)
    return put_some(column, without(drawn, ~chosen))
