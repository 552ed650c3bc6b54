"""What templates name at the top: `person`, `event`, `object`, `organization`, `feeds`."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flows.columns import Value

Properties = Mapping[str, Value]
_TOP = ("first_name", "last_name", "email")
_ALSO = {
    "KlaviyoID": "id",
    "City": "city",
    "Region": "region",
    "Country": "country",
    "Zipcode": "zip",
    "$id": "external_id",
    **{
        f"${name}": name
        for name in (
            "email",
            "phone_number",
            "first_name",
            "last_name",
            "organization",
            "title",
            "city",
            "region",
            "country",
            "zip",
            "timezone",
            "address1",
            "address2",
            "latitude",
            "longitude",
            "image",
            "source",
            "consent",
        )
    },
}
"""The other names under which templates find a property of a person (semantics B.13)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """Whom and what a message is about."""

    profile_id: str = ""
    person: Properties = field(default_factory=dict)
    event: Properties = field(default_factory=dict)
    """Of the event that started the run."""
    object: Properties = field(default_factory=dict)
    """Of the custom object whose date started the run."""
    objects: Mapping[str, Sequence[Properties]] = field(default_factory=dict)
    """All custom objects of the person, by type."""
    organization: Mapping[str, str] = field(default_factory=dict)
    feeds: Mapping[str, Any] = field(default_factory=dict)
    """What web feeds answer, by name."""

    def values(self) -> dict[str, Any]:
        """The context for `render`: dicts and lists only, and nothing for what is unset."""
        person = _person(self.person, self.profile_id)
        return {
            **{name: person[name] for name in _TOP if name in person},
            "person": person,
            "event": opened(self.event),
            "object": opened(self.object),
            "object_filter": {
                name: opened(held[0]) for name, held in _by_any_name(self.objects) if held
            },
            "organization": dict(self.organization),
            "feeds": dict(self.feeds),
        }


def _person(given: Properties, profile_id: str) -> dict[str, Any]:
    person = opened(given)
    person.setdefault("id", profile_id)
    names = [str(person[name]) for name in ("first_name", "last_name") if person.get(name)]
    if names:
        person.setdefault("full_name", " ".join(names))
    for also, name in _ALSO.items():
        if name in person:
            person.setdefault(also, person[name])
    return person


def _by_any_name(objects: Mapping[str, Sequence[Properties]]) -> list[tuple[str, Any]]:
    """Each type under its name, and under what a dotted path can say of it."""
    return [
        (name, held)
        for title, held in objects.items()
        for name in dict.fromkeys((title, title.replace(" ", "_")))
    ]


def opened(properties: Properties) -> dict[str, Any]:
    """Properties as templates see them: what is unset is absent, and nested values are opened.

    A property `a.b` is found as `a.b` by a lookup, and as `b` of `a` by dots.
    """
    held = {name: _open(value) for name, value in properties.items() if value is not None}
    for name in [name for name in held if "." in name]:
        *path, last = name.split(".")
        place: Any = held
        for step in path:
            place = place.setdefault(step, {}) if isinstance(place, dict) else None
        if isinstance(place, dict):
            place.setdefault(last, held[name])
    return held


def _open(value: Any) -> Any:
    """Lists, and the objects within them, out of tuples and the JSON text that columns hold."""
    if isinstance(value, list | tuple):
        return [_open(item) for item in value]
    if isinstance(value, str) and value[:1] in {"{", "["}:
        try:
            read = json.loads(value)
        except (ValueError, RecursionError):
            return value
        return read if _written(read) == value else value
    return value


def _written(value: Any) -> str:
    """As nested values are put into columns: without spaces."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
