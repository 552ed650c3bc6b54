"""Generated conditions and filters that hold for some people and not for others."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from tests.reference.words import LISTS, METRICS, SEGMENTS, TAGS, TIERS, Json, some

NUMERIC = (
    "equals",
    "not-equals",
    "greater-than",
    "greater-than-or-equal",
    "less-than",
    "less-than-or-equal",
)
POSITIVE = ("equals", "contains", "starts-with", "ends-with")
SET = ("contains-all", "contains-any", "not-contains-all", "not-contains-any")


class Asker:
    """Draws conditions; `now` lies in the run, so that fixed dates fall near it."""

    def __init__(self, random: Random, now: datetime, metric: str | None) -> None:
        self.random, self.now, self.metric = random, now, metric
        """The metric that starts the flow, if one does."""

    def question(self, *, event: bool = False, entry: bool = False) -> Json:
        """One to three groups of one or two conditions."""
        groups = [
            {
                "conditions": [
                    self.condition(event, entry) for _ in range(self.random.choice((1, 1, 2)))
                ]
            }
            for _ in range(self.random.choice((0, 1, 1, 1, 1, 2, 3)))
        ]
        if self.random.random() < 0.03:
            groups.append({"conditions": []})
        return {"condition_groups": groups}

    def about_event(self) -> Json:
        """A filter on the event alone."""
        groups = [{"conditions": [self._event()]} for _ in range(self.random.choice((1, 1, 2)))]
        return {"condition_groups": groups}

    def fading(self) -> Json:
        """A condition that holds for most at first and for fewer with time."""
        span = {"type": "date", "operator": "in-the-last", "unit": "day", "quantity": 1}
        random = self.random
        if random.random() < 0.2:
            return {
                "type": f"profile-not-sent-{random.choice(('email', 'sms'))}",
                "timeframe_filter": span,
            }
        frame = random.choice(({"type": "date", "operator": "flow-start"}, span))
        metric = random.choice((*METRICS, "Received Email", "Received SMS"))
        none = {"type": "numeric", "operator": "equals", "value": 0}
        return {
            "type": "profile-metric",
            "metric_id": metric,
            "measurement": "count",
            "measurement_filter": none,
            "timeframe_filter": frame,
            "metric_filters": None,
        }

    def condition(self, event: bool, entry: bool) -> Json:
        """One condition on a profile, or with `event` on the event."""
        kinds = [self._property] * 5 + [self._metric] * 5 + [self._group] * 2
        kinds += [self._consent, self._region, self._sample, self._not_sent]
        if event and self.metric:
            kinds += [self._event] * 3
        if entry:
            kinds += [self._not_in_flow] * 2
        return self.random.choice(kinds)()

    def _property(self) -> Json:
        name, compare = self.random.choice(
            (
                ("properties['tier']", self.text(TIERS)),
                ("properties['points']", self.number()),
                ("properties['vip']", self.boolean()),
                ("properties['tags']", self.list()),
                ("properties['birthday']", self.date()),
                ("properties['seen']", self.date()),
                ("phone_number", self.phone()),
                ("country", self.text(("US", "DE", "GB"))),
                ("first_name", self.text(("Ann", "Bob", "ann"))),
                (
                    "properties['anything']",
                    self.random.choice((self.text(TIERS), self.number(), self.list(), self.date())),
                ),
            )
        )
        if self.random.random() < 0.12:
            compare = {"type": "existence", "operator": self.random.choice(("is-set", "not-set"))}
        return {"type": "profile-property", "property": name, "filter": compare}

    def text(self, words: tuple[str, ...]) -> Json:
        operator = self.random.choice(
            (*POSITIVE, *(f"not-{one}" for one in POSITIVE), "in", "not-in", "regex", "nregex")
        )
        if operator.endswith("in") and "-with" not in operator and operator in {"in", "not-in"}:
            return {"type": "string", "operator": operator, "value": some(self.random, words, 2)}
        value = self.random.choice(words)
        if "regex" in operator:
            value = self.random.choice(("^g", "l", "[A-Z]", "d$", "^(gold|silver)$"))
        elif operator not in {"equals", "not-equals"}:
            value = self.random.choice((value[:2], value[-2:], value)) or "o"
        return {"type": "string", "operator": operator, "value": value}

    def phone(self) -> Json:
        operator = f"phone-country-code-{self.random.choice(('in', 'not-in'))}"
        countries = some(self.random, ("US", "DE", "GB", "CA"), 2)
        return {"type": "string", "operator": operator, "value": countries}

    def number(self) -> Json:
        if self.random.random() < 0.2:
            start, end = sorted(self.random.choices((0, 1, 2, 10, 10.5), k=2))
            return {"type": "numeric", "operator": "between", "start": start, "end": end}
        value = self.random.choice((0, 1, 2, 10, 10.5))
        return {"type": "numeric", "operator": self.random.choice(NUMERIC), "value": value}

    def boolean(self) -> Json:
        return {"type": "boolean", "operator": "equals", "value": self.random.random() < 0.5}

    def list(self, *, of_event: bool = False) -> Json:
        random = self.random
        if random.random() < 0.3:
            return {
                "type": "list",
                "operator": f"length-{random.choice(NUMERIC).replace('not-equals', 'equals')}",
                "value": random.randint(0, 3),
            }
        if of_event and random.random() < 0.5:
            return {"type": "list", "operator": random.choice(SET), "value": some(random, TAGS, 2)}
        if of_event and random.random() < 0.5:
            operator = random.choice(("contains-substring", "not-contains-substring"))
            return {"type": "list", "operator": operator, "value": random.choice(("a", "b"))}
        operator = random.choice(("contains", "not-contains"))
        return {"type": "list", "operator": operator, "value": random.choice((*TAGS, 1))}

    def date(self) -> Json:
        """Any date filter on a property."""
        if self.random.random() < 0.35:
            operator = self.random.choice(
                (
                    "anniversary",
                    "anniversary-month",
                    "calendar-month",
                    "anniversary-last",
                    "anniversary-next",
                )
            )
            if operator == "calendar-month":
                return {"type": "date", "operator": operator, "value": self.random.randint(1, 4)}
            if operator.endswith(("last", "next")):
                return {"type": "date", "operator": operator} | self._span()
            return {"type": "date", "operator": operator}
        return self.time()

    def _span(self) -> Json:
        unit = self.random.choice(("day", "day", "week", "hour"))
        return {"unit": unit, "quantity": self.random.choice((0, 1, 2, 3, 7, 24, 48))}

    def time(self, *, forward: bool = True) -> Json:
        """A date filter on moments: fixed or relative to now."""
        random = self.random
        operator = random.choice(
            (
                "after",
                "before",
                "between-static",
                "in-the-last",
                "at-least",
                "between",
                "in-the-next",
            )
        )
        if operator == "in-the-next" and not forward:
            operator = "in-the-last"
        if operator in {"after", "before"}:
            return {"type": "date", "operator": operator, "date": self._fixed()}
        if operator == "between-static":
            start, end = sorted((self._fixed(), self._fixed()))
            return {"type": "date", "operator": operator, "start": start, "end": end}
        if operator == "between":
            start, end = sorted((random.randint(0, 5), random.randint(0, 9)))
            unit = random.choice(("day", "week", "hour"))
            return {"type": "date", "operator": operator, "start": start, "end": end, "unit": unit}
        return {"type": "date", "operator": operator} | self._span()

    def _fixed(self) -> str:
        at = self.now + timedelta(days=self.random.randint(-12, 12))
        if self.random.random() < 0.5:
            return at.date().isoformat()
        return at.replace(hour=self.random.choice((0, 9)), minute=0).isoformat()

    def _metric(self) -> Json:
        random = self.random
        frame = random.choice(
            (
                self.time(forward=False),
                {"type": "date", "operator": "alltime"},
                {"type": "date", "operator": "flow-start"},
            )
        )
        if random.random() < 0.1:
            operator = random.choice(("anniversary-last", "anniversary-next"))
            frame = {"type": "date", "operator": operator} | self._span()
        return {
            "type": "profile-metric",
            "metric_id": random.choice((*METRICS, *METRICS, "Received Email", "Received SMS")),
            "measurement": random.choice(("count", "count", "sum")),
            "measurement_filter": {
                "type": "numeric",
                "operator": random.choice(NUMERIC),
                "value": random.choice((0, 0, 1, 2, 10, 10.5)),
            },
            "timeframe_filter": frame,
            "metric_filters": random.choice((None, None, None, [self._of_event()])),
        }

    def _of_event(self) -> Json:
        name, compare = self._event_parts(dates=False)
        return {"property": name, "filter": self.random.choice((compare, compare, compare, None))}

    def _event_parts(self, *, dates: bool) -> tuple[str, Json]:
        choices = [
            ("color", self.text(("red", "blue", "Red"))),
            (
                "amount",
                {
                    "type": "numeric",
                    "operator": self.random.choice(NUMERIC),
                    "value": self.random.choice((0, 10, 10.5)),
                },
            ),
            ("gift", self.boolean()),
            ("tags", self.list(of_event=not dates)),
        ]
        if dates:
            choices += [("when", self.date()), ("amount", self.number())]
        name, compare = self.random.choice(choices)
        if self.random.random() < 0.15:
            compare = {"type": "existence", "operator": self.random.choice(("is-set", "not-set"))}
        return name, compare

    def _event(self) -> Json:
        name, compare = self._event_parts(dates=True)
        return {
            "type": "metric-property",
            "metric_id": self.metric,
            "field": name,
            "filter": compare,
        }

    def _group(self) -> Json:
        random = self.random
        groups = random.choice(
            ([random.choice(LISTS)], [random.choice(SEGMENTS)], some(random, LISTS, 2))
        )
        head = {"type": "profile-group-membership", "group_ids": groups}
        if random.random() < 0.4:
            return head | {"is_member": False}
        frame = random.choice((None, self.time(forward=False)))
        return head | {"is_member": True, "timeframe_filter": frame}

    def _consent(self) -> Json:
        channel, can, status = self.random.choice(
            (
                ("email", True, "any"),
                ("email", True, "subscribed"),
                ("email", True, "never_subscribed"),
                ("email", False, "any"),
                ("email", False, "unsubscribed"),
                ("email", False, "never_subscribed"),
                ("email", False, "subscribed"),
                ("sms", True, "subscribed"),
                ("sms", False, "any"),
                ("sms", False, "unsubscribed"),
                ("sms", False, "never_subscribed"),
                ("push", True, "any"),
                ("push", False, "any"),
            )
        )
        filters = None
        if status in {"subscribed", "unsubscribed"} and can and self.random.random() < 0.4:
            filters = [{"field": "status_date", "filter": self.time()}]
        consent = {
            "channel": channel,
            "can_receive_marketing": can,
            "consent_status": {"subscription": status, "filters": filters},
        }
        return {"type": "profile-marketing-consent", "consent": consent}

    def _region(self) -> Json:
        region = self.random.choice(("european_union", "united_states"))
        return {"type": "profile-region", "region": region, "in_region": self.random.random() < 0.5}

    def _sample(self) -> Json:
        return {"type": "profile-sample", "percentage": self.random.choice((0, 30, 50, 70, 100))}

    def _not_sent(self) -> Json:
        channel = self.random.choice(("email", "sms", "push"))
        return {"type": f"profile-not-sent-{channel}", "timeframe_filter": self._recent()}

    def _not_in_flow(self) -> Json:
        return {"type": "profile-not-in-flow", "timeframe_filter": self._recent()}

    def _recent(self) -> Json:
        if self.random.random() < 0.4:
            return {"type": "date", "operator": "alltime"}
        return {"type": "date", "operator": "in-the-last"} | self._span()
