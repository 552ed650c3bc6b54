"""Who people are: names, addresses, places, dates and the values conditions compare with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from flows.columns import UNSET, Bools, Codes, Column, Floats, Ints, Keys, Times, Value
from flows.moments import DAY
from simulator import chance
from simulator.audience_settings import AudienceSettings
from simulator.synthetic.geography import Geography, geography
from simulator.synthetic.streams import KNOWN_DAYS
from simulator.synthetic.values import Span, draw, put_some
from simulator.synthetic.wanted import Compared

STANDARD = frozenset(
    {
        *("email", "phone_number", "first_name", "last_name", "timezone", "country", "region"),
        *("city", "zip", "locale", "created", "birthday", "push_token"),
    }
)
"""What everybody may have by nature."""
_NATURAL = ("phone_number", "created", "email")
"""Properties that are never replaced by compared values; email addresses are built with them."""
_TOKENS: tuple[Value, ...] = tuple(f"push-token-{number:04d}" for number in range(1000))

Texts: TypeAlias = NDArray[np.str_]


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
        """Local time less UTC where each person lives, in µs."""
        return self.places.offsets[self.area]

    def draws(self, *purpose: str) -> Floats:
        """A number in [0, 1) per person."""
        return chance.uniform(self.keys, chance.name_key("person", *purpose))

    def share(self, name: str, *, custom: bool = False) -> float:
        """How many have a value of the property that conditions compare with."""
        usual = self.settings.compared if custom else self.settings.compared_standard
        return self.settings.compared_of.get(name, usual)

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


def digits(numbers: Ints, width: int) -> Texts:
    """Numbers as text of this width, zeros in front."""
    powers = 10 ** np.arange(width - 1, -1, -1, dtype=np.int64)
    figures = (numbers[:, None] // powers % 10 + ord("0")).astype(np.uint32)
    return figures.view(f"U{width}").ravel()


def number_width(size: int) -> int:
    """Figures of a person's number in an audience of this size."""
    return max(7, len(str(size)))


def profile_ids(index: Ints, size: int) -> NDArray[np.object_]:
    """p0000001, p0000002, ...: wide enough for the whole audience."""
    numbers = digits(index + 1, number_width(size))
    ids: NDArray[np.object_] = np.strings.add("p", numbers).astype(np.object_)
    return ids


def properties(
    persons: Persons, reachable: dict[str, Bools], wanted: dict[str, Compared], span: Span
) -> dict[str, Column]:
    """What people have by nature; `reachable` says who must have an address of a channel."""
    places, locale, area = persons.places, persons.locale, persons.area
    first = places.first.pick(locale, persons.draws("first name"))
    last = places.last.pick(locale, persons.draws("last name"))
    town = places.towns.pick(locale, persons.draws("town"))
    number = places.numbers.pick(area, persons.draws("number"))
    region = places.regions.pick(area, persons.draws("region"))
    token = (persons.draws("token") * len(_TOKENS)).astype(np.int32)
    has_email = ~persons.lacks("email") | reachable["email"]
    no_phone = persons.lacks("phone_number") & ~reachable["sms"] & ~reachable["whatsapp"]
    columns = {
        "email": _emails(persons, (first, last), has_email, wanted.get("email")),
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
        "push_token": without(Column(token, _TOKENS), ~reachable["push"]),
    }
    own = {"email", "phone_number", "push_token"}
    return {
        name: column if name in own else without(column, persons.lacks(name))
        for name, column in columns.items()
    }


def without(column: Column, rows: Bools) -> Column:
    """The column unset at some rows."""
    return Column(np.where(rows, np.int32(UNSET), column.codes).astype(np.int32), column.pool)


def _emails(
    persons: Persons, names: tuple[Codes, Codes], has: Bools, compared: Compared | None
) -> Column:
    """first.last.number@example.com, one per person; some end in what conditions look for."""
    places, add = persons.places, np.strings.add
    first, last = names
    whole = add(add(places.plain_first[first], "."), add(places.plain_last[last], "."))
    width = number_width(int(persons.index.max(initial=0)) + 1)
    whole = add(whole, np.strings.lstrip(digits(persons.index + 1, width), "0"))
    endings = [_ending(v) for v in compared.values if isinstance(v, str)] if compared else []
    which = (persons.draws("ending") * len(endings)).astype(np.int32)
    usual = (persons.draws("ends") >= persons.share("email")) | (not endings)
    which = np.where(usual, len(endings), which)
    whole = add(whole, np.array([*endings, "@example.com"])[which])
    codes = np.arange(len(whole), dtype=np.int32)
    return without(Column(codes, tuple(whole.tolist())), ~has)


def _ending(wanted: str) -> str:
    """The end of an address that holds the text, and can belong to nobody."""
    if "@" not in wanted:
        wanted = f"@{wanted}" if "." in wanted else f".{wanted}@example.com"
    safe = wanted.endswith((".example", "example.com", "example.org", "example.net"))
    return (
        ("" if wanted.startswith((".", "@")) else ".") + wanted + ("" if safe else ".example.com")
    )


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
        if name in _NATURAL:
            continue
        keys = chance.mix(persons.keys ^ chance.name_key("property", name))
        if name in columns:
            made[name] = _reached(columns[name], name, compared, (persons, keys, span))
        elif "birth" in name.lower() and compared.kind in {"date", "existence"}:
            made[name] = without(births(persons.draws(name)), persons.lacks("birthday"))
        else:
            made[name] = draw(compared, keys, persons.share(name, custom=True), span)
    return made


def _reached(
    column: Column, name: str, compared: Compared, rest: tuple[Persons, Keys, Span]
) -> Column:
    """A standard property with the compared values that nobody has by nature."""
    persons, keys, span = rest
    missing = tuple(v for v in compared.values if v not in column.pool)
    if not missing or compared.kind in {"date", "existence"}:
        return column
    drawn = draw(Compared(compared.kind, missing), keys, 1.0, span)
    chosen = chance.uniform(keys, chance.name_key("chosen")) < persons.share(name)
    return put_some(column, without(drawn, ~chosen))
