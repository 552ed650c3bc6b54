"""Names and towns that Faker makes once; people are choices among them."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from simulator.synthetic.places import Locale

if TYPE_CHECKING:
    from faker import Faker

NAMES, TOWNS = 160, 40
_SEED = 20260105
_ABOUT = ["faker.providers.address", "faker.providers.person"]
"""All that is asked of Faker: to look for all it has in each locale takes most of a second."""


@dataclass(frozen=True, slots=True)
class Pool:
    """One locale's choices, none twice; a town and its postcode stand at the same place."""

    first: tuple[str, ...]
    last: tuple[str, ...]
    towns: tuple[str, ...]
    postcodes: tuple[str, ...]
    genders: tuple[int, ...] = ()
    """Of whom each first name is the name: 0 women's, 1 men's, 2 both."""


@cache
def pool(locale: Locale) -> Pool:
    """The pool of one locale, made on first use; always the same for one version of Faker."""
    from faker import Faker  # 0.3 s to import: only when people are made

    fake = Faker(locale, _ABOUT)
    fake.seed_instance(_SEED)
    towns = _several(fake.city, TOWNS)
    first = _several(fake.first_name, NAMES)
    return Pool(
        first,
        _several(fake.last_name, NAMES),
        towns,
        tuple(str(fake.postcode()) for _ in towns),
        tuple(_gender(fake, name) for name in first),
    )


def _gender(fake: Faker, name: str) -> int:
    for person in fake.factories[0].get_providers():
        if hasattr(person, "first_names_female"):
            female, male = name in person.first_names_female, name in person.first_names_male
            return 2 if female == male else int(male)
    return 2


def _several(make: Callable[[], str], count: int) -> tuple[str, ...]:
    return tuple(dict.fromkeys(make() for _ in range(count)))


def plain(name: str) -> str:
    """A name as it stands in an email address: small ASCII letters."""
    letters = unicodedata.normalize("NFKD", name.lower().replace("ß", "ss").replace("ø", "o"))
    return "".join(letter for letter in letters if letter.isascii() and letter.isalpha()) or "x"
