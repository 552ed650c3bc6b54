"""Generated flows and people that come close to every rule of time, order and chance."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Any

from tests.reference.generate_messages import Messages
from tests.reference.generate_more import TYPE, Knowing, things
from tests.reference.generate_people import people
from tests.reference.generate_shop import BACK, SHOP, catalogue, shop_trigger
from tests.reference.words import (
    CLOCKS,
    LISTS,
    METRICS,
    SEGMENTS,
    STARTS,
    TAGS,
    TIERS,
    WEEKDAYS,
    ZONES,
    Json,
    maybe,
    some,
)

QUIET = (
    {},
    {"mode": "eastern"},
    {"start": "20:30", "end": "09:00"},
    {"start": "20:30", "end": "09:00", "mode": "eastern"},
)


@dataclass
class Case:
    """Flows that run together over some people, and the setting."""

    flows: list[Json]
    profiles: list[Json]
    events: list[Json]
    objects: list[Json]
    scenario: dict[str, Any]


def case(seed: int, *, crowd: int = 50) -> Case:
    """One to three flows and the people for them; the same seed gives the same case."""
    random = Random(f"reference {seed}")
    scenario = {
        "start": random.choice(STARTS),
        "days": random.choice((10, 20, 45)),
        "seed": seed,
        "rules": {
            "as_live": random.random() < 0.5,
            "account_timezone": random.choice(("UTC", "America/New_York")),
            "sample_sticky": random.random() < 0.3,
            "dates_ahead_hours": random.choice((0, 24)),
            "quiet_hours": random.choice(QUIET),
            "postal_codes": {"DE/10115": (52.53, 13.38)},
            "back_in_stock": {"minimum": random.choice((1, 1, 4))},
            "segment_lag_minutes": random.choice((0, 0, 0, 30, 120)),
            "late": random.choice(({}, {}, {"hours": 1})),
            "confirmed_recipients": random.choice((None, ["boss@example.com"])),
        },
    }
    scenario["catalogue"] = catalogue(random, scenario)
    if random.random() < 0.4:
        how = random.choice(("relative", "relative", "start"))
        scenario["add_past"] = {random.choice(("*", "*", "flow-0")): how}
    flows = [
        _Writer(random, scenario, f"flow-{i}").flow() for i in range(random.choice((1, 1, 2, 3)))
    ]
    profiles, events = people(random, scenario, crowd)
    return Case(flows, profiles, events, things(random, scenario, profiles), scenario)


class _Writer:
    """Writes one flow, step by step; every way leads forward, so nothing goes round."""

    def __init__(self, random: Random, scenario: dict[str, Any], name: str) -> None:
        self.random, self.name = random, name
        self.slow = "add_past" in scenario
        self.trigger = self._trigger()
        now = scenario["start"] + timedelta(days=random.randint(0, scenario["days"]))
        metric = self.trigger["id"] if self.trigger["type"] == "metric" else None
        self.ask = Knowing(random, now, metric)
        self.write = Messages(random, self.ask)
        if self.trigger["type"] in SHOP:
            self.ask.shop = self.trigger["type"]
            self.trigger["trigger_filter"] = maybe(random, 0.2, self.ask.about_item())
        if metric:
            self.trigger["trigger_filter"] = maybe(random, 0.3, self.ask.about_event())

    def _trigger(self) -> Json:
        random = self.random
        kind = random.choice(("metric", "metric", "metric", "list", "segment", "date", "shop"))
        if kind == "shop":
            return shop_trigger(random)
        if kind == "metric":
            return {"type": "metric", "id": random.choice((*METRICS, BACK))}
        if kind != "date":
            return {"type": kind, "id": random.choice(LISTS if kind == "list" else SEGMENTS)}
        own: Json = {
            "date_field_type": "profile-property",
            "date_profile_property": random.choice(("birthday", "seen")),
        }
        other: Json = {
            "date_field_type": "custom-object",
            "custom_object_label": "Thing",
            "custom_object_property_id": 3,
            "object_type_id": TYPE,
            "object_type_relationship_id": "r",
        }
        return random.choice((own, own, other)) | {
            "type": "date",
            "timedelta_value_before_date": random.choice((0, 0, 1, 3)),
            "timedelta_unit_before_date": random.choice(("days", "weeks", "months")),
            "recurrence_frequency": random.choice(("annually", "monthly", "weekly", "never")),
            "timezone": random.choice(("profile", "profile", *ZONES)),
            "trigger_time": random.choice(CLOCKS),
            "trigger_days": maybe(random, 0.3, some(random, WEEKDAYS, 3)),
        }

    def flow(self) -> Json:
        random = self.random
        document: Json = {
            "rehearsal": 1,
            "id": self.name,
            "name": self.name,
            "status": "draft",
            "triggers": [self.trigger],
            "profile_filter": self._profile_filter(),
            "entry_action_id": None,
            "actions": [],
            "stubs": {},
        }
        self.stubs = document["stubs"]
        if random.random() < 0.6:
            document["reentry_criteria"] = random.choice(
                (
                    {"duration": 0, "unit": "alltime"},
                    {"duration": 0, "unit": "alltime"},
                    {"duration": 1, "unit": "alltime"},
                    {"duration": random.randint(0, 3), "unit": "day"},
                    {"duration": random.choice((1, 8, 24)), "unit": "hour"},
                    {"duration": 1, "unit": "week"},
                )
            )
        self._fill(document, random.randint(3, 15))
        return document

    def _profile_filter(self) -> Json | None:
        """Often one that holds at entry and fails later."""
        chosen = self.random.random()
        if chosen < 0.45:
            return None
        if chosen < 0.7:
            return self.ask.question(entry=True)
        return {"condition_groups": [{"conditions": [self.ask.fading()]}]}

    def _fill(self, document: Json, count: int) -> None:
        free: list[tuple[int, Callable[[str], None]]] = [(-1, _lead(document, "entry_action_id"))]
        for number in range(count):
            action = self._action(f"a{number}")
            taken = (
                len(free) - 1 if self.random.random() < 0.5 else self.random.randrange(len(free))
            )
            free.pop(taken)[1](action["id"])
            document["actions"].append(action)
            free += [(number, lead) for lead in _leads(action)]
        for number, lead in free:
            if 0 <= number < count - 1 and self.random.random() < 0.4:
                lead(f"a{self.random.randint(number + 1, count - 1)}")

    def _action(self, name: str) -> Json:
        kinds = {
            "time-delay": 6,
            "send-email": 4,
            "send-sms": 3,
            "conditional-split": 3,
            "multi-branch-split": 2,
            "update-profile": 2,
            "list-update": 2,
            "ab-test": 1,
            "send-webhook": 1,
            "send-mobile-push": 1,
            "send-whatsapp": 1,
            "send-internal-alert": 1,
            "content-experiment": 1,
            "code": 1,
            "action-output-split": 1,
            "internal-service": 0.5,
        }
        self.ask.things = self.trigger.get("date_field_type") == "custom-object"
        if self.ask.metric or self.ask.things or self.ask.shop:
            kinds["trigger-split"] = 2
        if self.trigger["type"] == "date":
            kinds |= {"countdown-delay": 2, "target-date": 2}
        if self.ask.metric == BACK:
            kinds["back-in-stock-delay"] = 6
        kind = self.random.choices(list(kinds), list(kinds.values()))[0]
        write = getattr(self, "_" + kind.replace("-", "_"), None)
        data = write(name) if write else self._data(kind, name)
        action = {"id": name, "type": kind, "data": data, "links": _links(kind)}
        if kind in {"code", "back-in-stock-delay"}:
            del action["data"]
        return action

    def _status(self) -> str:
        return self.random.choice(("live", "live", "live", "live", "draft", "manual", "disabled"))

    def _zone(self) -> str:
        return self.random.choice(("profile", "profile", *ZONES))

    def _days(self) -> list[str] | None:
        return self.random.choice((None, None, [], some(self.random, WEEKDAYS, 3)))

    def _time_delay(self, _: str) -> Json:
        random = self.random
        unit = random.choice(("minutes", "hours", "days", "days", "days"))
        data: Json = {"unit": unit, "timezone": self._zone()}
        values = {
            "minutes": (0, 1, 30, 60),
            "hours": (0, 1, 8, 16, 24),
            "days": (0, 0, 1, 1, 2, 3, 7),
        }
        data["value"] = random.choice(values[unit])
        if self.slow and random.random() < 0.6:
            data |= {"unit": "days", "value": random.choice((3, 7, 14))}
            unit = "days"
        if unit == "days":
            data["delay_until_time"] = maybe(random, 0.5, random.choice(CLOCKS))
            data["delay_until_weekdays"] = self._days()
        if unit == "hours" or (unit == "days" and not data["delay_until_time"]):
            data["secondary_value"] = random.choice((None, 0, 1, 15))
        return data

    def _countdown_delay(self, _: str) -> Json:
        return {
            "unit": self.random.choice(("days", "days", "weeks", "months")),
            "value": self.random.choice((0, 1, 2)),
            "timezone": self._zone(),
            "delay_until_time": self.random.choice((None, *CLOCKS)),
            "delay_until_weekdays": self._days(),
        }

    def _target_date(self, _: str) -> Json:
        data: Json = {"timezone": self._zone(), "target_days": self._days()}
        return data | maybe(self.random, 0.8, {"target_time": self.random.choice(CLOCKS)}, {})

    def _data(self, kind: str, name: str) -> Json:
        """The data of a step that sends."""
        message = getattr(self.write, kind.removeprefix("send-").replace("-", "_"))(name)
        return {"status": self._status(), "message": message}

    def _ab_test(self, name: str) -> Json:
        data = self._experiment(name, self.random.choice(("send-email", "send-sms")))
        return data | {
            "experiment_status": self.random.choice(("live", "live", "draft", "completed"))
        }

    def _content_experiment(self, name: str) -> Json:
        data = self._experiment(name, self.random.choice(("send-mobile-push", "send-whatsapp")))
        return data | {
            "experiment_status": self.random.choice(("live", "live", "draft", "completed"))
        }

    def _experiment(self, name: str, kind: str) -> Json:
        versions = [
            {
                "id": f"{name}-{i}",
                "type": kind,
                "data": self._data(kind, name),
                "links": {"next": None},
            }
            for i in range(self.random.randint(2, 3))
        ]
        by_place = self.random.random() < 0.3
        shares = {
            str(i) if by_place else one["id"]: self.random.choice((10, 50, 0, 1))
            for i, one in enumerate(versions)
        }
        experiment = {
            "id": f"{name}-test",
            "name": "Test",
            "variations": versions,
            "allocations": maybe(self.random, 0.5, shares if any(shares.values()) else None),
        }
        main = {
            "id": f"{name}-main",
            "type": kind,
            "data": self._data(kind, name),
            "links": {"next": None},
        }
        return {
            "status": self._status(),
            "main_action": main,
            "current_experiment": maybe(self.random, 0.9, experiment),
        }

    def _conditional_split(self, _: str) -> Json:
        return {"profile_filter": maybe(self.random, 0.95, self.ask.question())}

    def _trigger_split(self, _: str) -> Json:
        if self.ask.things:
            asked = maybe(self.random, 0.9, self.ask.about_thing())
            kind = {"trigger_type": "date", "trigger_subtype": "custom-object"}
            return {"trigger_filter": asked, "trigger_id": "t"} | kind
        if self.ask.shop:
            asked = maybe(self.random, 0.9, self.ask.about_item())
            return {"trigger_filter": asked, "trigger_id": "t", "trigger_type": self.ask.shop}
        asked = maybe(self.random, 0.9, self.ask.about_event())
        return {"trigger_filter": asked, "trigger_id": self.ask.metric, "trigger_type": "metric"}

    def _multi_branch_split(self, name: str) -> Json:
        branches = [
            {
                "branch_id": f"{name}-{i}",
                "order": i,
                "is_else": False,
                "branch_filter": maybe(self.random, 0.95, self.ask.question(event=True)),
                "links": {"next": None},
            }
            for i in range(self.random.randint(1, 3))
        ]
        if self.random.random() < 0.2:
            self.random.shuffle(branches)
        last = {"branch_id": f"{name}-else", "is_else": True, "links": {"next": None}}
        return {"name": "", "branches": [*branches, last]}

    def _back_in_stock_delay(self, _: str) -> None:
        """A wait without settings."""

    def _code(self, name: str) -> Json | None:
        if self.random.random() < 0.9:
            self.stubs[name] = self.ask.stub()
        return None

    def _action_output_split(self, _: str) -> Json:
        return {"action_output_filter": maybe(self.random, 0.95, self.ask.about_output())}

    def _internal_service(self, _: str) -> Json:
        return {
            "status": self._status(),
            "service_configuration": {"service_method_type": "unknown"},
        }

    def _update_profile(self, _: str) -> Json:
        operations = [self._operation() for _ in range(self.random.randint(1, 3))]
        return {"status": self._status(), "profile_operations": operations}

    def _operation(self) -> Json:
        random = self.random
        head = {"operator": random.choice(("create", "update"))}
        if random.random() < 0.15:
            return head | self._moving(random.choice(("birthday", "seen")))
        if random.random() < 0.15:
            return head | self._standard()
        made: tuple[Json, ...] = (
            {
                "property_type": "string",
                "property_key": "tier",
                "property_value": random.choice(TIERS[:3]),
            },
            {
                "property_type": "numeric",
                "property_key": "points",
                "property_value": random.choice((0, 1, 10.5)),
            },
            {
                "property_type": "boolean",
                "property_key": "vip",
                "property_value": random.random() < 0.5,
            },
            {
                "property_type": "list",
                "property_key": "tags",
                "property_operation": random.choice(("add", "remove")),
                "property_value": random.choice(TAGS),
            },
        )
        if random.random() < 0.2:
            return {"operator": "delete", "property_key": random.choice(("tier", "points", "tags"))}
        return head | random.choice(made)

    def _moving(self, name: str) -> Json:
        """A date is set, or taken away."""
        day = self.ask.now.date() + timedelta(days=self.random.randint(-5, 9))
        value = self.random.choice(("today", "today", day.isoformat(), "2000-01-31"))
        if self.random.random() < 0.15:
            return {"operator": "delete", "property_key": name}
        return {"property_type": "date", "property_key": name, "property_value": value}

    def _standard(self) -> Json:
        """One of the properties that everybody has is set."""
        name, value = self.random.choice(
            (
                ("timezone", self.random.choice(ZONES)),
                ("email", self.random.choice(("b@example.com", "nobody"))),
                ("phone_number", self.random.choice(("+12125550123", "+4915112345678"))),
                ("country", self.random.choice(("US", "FR"))),
                ("first_name", "Ann"),
            )
        )
        return {"property_type": "string", "property_key": name, "property_value": value}

    def _list_update(self, _: str) -> Json:
        return {
            "name": "list",
            "list_id": maybe(self.random, 0.95, self.random.choice(LISTS)),
            "on_execution": self.random.random() < 0.6,
            "status": self._status(),
        }


def _links(kind: str) -> Json | None:
    if kind in {"conditional-split", "trigger-split", "action-output-split"}:
        return {"next_if_true": None, "next_if_false": None}
    return None if kind == "multi-branch-split" else {"next": None}


def _leads(action: Json) -> list[Callable[[str], None]]:
    if action["type"] == "multi-branch-split":
        return [_lead(branch["links"], "next") for branch in action["data"]["branches"]]
    return [_lead(action["links"], name) for name in action["links"]]


def _lead(holder: Json, name: str) -> Callable[[str], None]:
    def lead(end: str) -> None:
        holder[name] = end

    return lead
