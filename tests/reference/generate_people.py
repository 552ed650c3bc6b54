"""Generated people and what they do around a run, with much that is missing."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from tests.reference.generate_more import known
from tests.reference.generate_shop import about_items
from tests.reference.words import (
    LISTS,
    METRICS,
    SEGMENTS,
    TAGS,
    TIERS,
    ZONES,
    Json,
    instant,
    maybe,
)

CONSENTS = ("subscribed", "subscribed", "subscribed", "unsubscribed", "never_subscribed")
REACHABLE = (
    "explicitly_reachable",
    "implicitly_reachable",
    "explicitly_unreachable",
    "implicitly_unreachable",
)
EFFECTS = (
    *("Subscribed to Email Marketing", "Unsubscribed from Email Marketing"),
    *("Subscribed to SMS Marketing", "Unsubscribed from SMS", "Subscribed to SMS Transactional"),
    *("Unsubscribed from SMS Transactional", "Subscribed to Push Marketing"),
    *("Unsubscribed from Push Marketing", "Subscribed to WhatsApp Marketing"),
    *("Unsubscribed from WhatsApp Marketing", "Manually Suppressed from Email Marketing"),
    *("Manually Unsuppressed from Email Marketing", "Marked Email as Spam", "Bounced Email"),
)
"""Events that change what may be sent."""
PHONES = (
    *("+4915112345678", "+12025550100", "+14165550100", "+447911123456", "+33612345678"),
    *("+15125550100", "+18085550100", "+16045550100", "+61412345678", None, "12"),
)
DATES = ("1990-02-29", "1988-02-29", "2000-01-31", "2026-03-31", "2026-10-31", "1985-03-08")


def people(random: Random, scenario: dict[str, Any], count: int) -> tuple[list[Json], list[Json]]:
    """So many rows of profiles, and the events of all of them."""
    profiles = [_person(random, scenario, f"p{i}") for i in range(count)]
    events = [
        _event(random, scenario, profile["id"])
        for profile in profiles
        for _ in range(random.choice((0, 1, 3, 6, 10)))
    ]
    events += [_effect(random, scenario, profile["id"]) for profile in profiles]
    twins = [_twin(_event(random, scenario, one["profile"]), one) for one in events[::7]]
    return profiles, events + twins


def _person(random: Random, scenario: dict[str, Any], name: str) -> Json:
    properties: Json = {
        "tier": maybe(random, 0.7, random.choice(TIERS[:3])),
        "points": maybe(random, 0.7, random.choice((0, 1, 2, 10, 10.5))),
        "vip": maybe(random, 0.6, random.random() < 0.5),
        "tags": maybe(random, 0.7, random.sample(TAGS, random.randint(1, 3))),
        "birthday": maybe(random, 0.8, _date(random, scenario)),
        "seen": maybe(random, 0.8, _time(random, scenario)),
        "anything": random.choice((None, "gold", 1, True, ["a"], "2026-03-01")),
    }
    row: Json = {
        "id": name,
        "email": random.choice(("a@example.com",) * 8 + (None, "nobody")),
        "phone_number": random.choice(PHONES),
        "timezone": random.choice((None, *ZONES)),
        "country": random.choice((None, "US", "DE", "GB", "FR")),
        "first_name": random.choice((None, "Ann", "Bob", "ann")),
        "created": (scenario["start"] - timedelta(days=random.choice((1, 3, 7, 30)))).isoformat(),
        "suppressed": random.random() < 0.1,
        "lists": _groups(random, scenario, LISTS),
        "segments": _groups(random, scenario, SEGMENTS),
        "properties": {key: value for key, value in properties.items() if value is not None},
    }
    for channel in ("email", "sms", "push", "whatsapp"):
        row[f"{channel}_consent"] = random.choice(CONSENTS)
    row |= _reserved(random, scenario, row) | known(random, scenario)
    return {key: value for key, value in row.items() if value is not None}


def _reserved(random: Random, scenario: dict[str, Any], row: Json) -> Json:
    """Some of the columns that tell more of consent and suppression."""
    more: Json = {"push_token": maybe(random, 0.8, "token")}
    for reason in ("bounced", "invalid", "spam", "manual"):
        if random.random() < 0.04:
            at = scenario["start"] - timedelta(days=random.randint(1, 9))
            more |= {f"suppression.email.{reason}_at": at.isoformat(), "suppressed": True}
    for channel in ("sms", "whatsapp"):
        if row[f"{channel}_consent"] != "unsubscribed" and random.random() < 0.5:
            more[f"consent.{channel}_transactional"] = "subscribed"
    if random.random() < 0.3:
        kind = random.choice(("marketing", "transactional"))
        reach = random.choice(REACHABLE)
        more[f"permission.whatsapp_{kind}"] = reach
        if reach.startswith("explicitly") and kind == "marketing":
            able = reach == "explicitly_reachable"
            more["whatsapp_consent"] = "subscribed" if able else "unsubscribed"
            if not able:
                more.pop("consent.whatsapp_transactional", None)
    return more


def _date(random: Random, scenario: dict[str, Any]) -> str:
    if random.random() < 0.3:
        return random.choice([one for one in DATES if one != "1990-02-29"])
    day: date = instant(random, scenario["start"], scenario["days"]).date()
    year = random.choice((day.year, day.year, 1980, 2030))
    return day.replace(year=year, day=min(day.day, 28)).isoformat()


def _time(random: Random, scenario: dict[str, Any]) -> str:
    at = instant(random, scenario["start"], scenario["days"])
    return random.choice((at.isoformat(), at.isoformat(), at.date().isoformat()))


def _groups(random: Random, scenario: dict[str, Any], names: tuple[str, ...]) -> Json:
    start, days = scenario["start"], scenario["days"]
    found: Json = {}
    for name in names:
        at = instant(random, start, days).isoformat()
        if random.random() < 0.5:
            found[name] = maybe(random, 0.9, at, {"at": at, "triggers": False})
    return found


def _twin(event: Json, other: Json) -> Json:
    """The event at the very moment of another."""
    told = {name: value for name, value in event.items() if name != "recorded"}
    return told | {"time": other["time"]}


def _effect(random: Random, scenario: dict[str, Any], profile: str) -> Json:
    """An event inside the run that changes what may be sent, or a message from elsewhere."""
    if random.random() < 0.2:
        metric, past = random.choice(("Received Email", "Received SMS", "Received Push")), 2
    else:
        metric, past = random.choice(EFFECTS), 0
    at = instant(random, scenario["start"], scenario["days"], past=past)
    return {"profile": profile, "metric": metric, "time": at.isoformat()}


def _event(random: Random, scenario: dict[str, Any], profile: str) -> Json:
    at = instant(random, scenario["start"], scenario["days"])
    properties: Json = {
        "color": maybe(random, 0.7, random.choice(("red", "blue", "Red"))),
        "amount": maybe(random, 0.7, random.choice((0, 10, 10.5))),
        "gift": maybe(random, 0.5, random.random() < 0.5),
        "tags": maybe(random, 0.6, random.sample(TAGS, random.randint(1, 3))),
        "when": maybe(random, 0.5, _time(random, scenario)),
    }
    row: Json = {
        "profile": profile,
        "metric": random.choice(METRICS),
        "time": at.isoformat(),
        "value": random.choice((None, 0, 10, 10.5)),
        "properties": {key: value for key, value in properties.items() if value is not None},
    }
    row["properties"] |= about_items(random, row["metric"])
    if random.random() < 0.1:
        late = timedelta(hours=random.choice((1, 4, 5, 24, 48, 168, 200)))
        row["recorded"] = (at + late).isoformat()
    if random.random() < 0.05:
        row["backfill"] = True
    return {key: value for key, value in row.items() if value is not None}
