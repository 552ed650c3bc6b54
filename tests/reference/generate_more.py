"""Generated conditions on what an account knows beside properties, and what people have of it."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any

from tests.reference.generate_filters import NUMERIC, Asker
from tests.reference.words import Json, instant, maybe

DIMENSIONS = ("churn_probability", "predicted_clv", "historic_number_of_orders")
METHODS = ("api", "form", "manual_import", "preference_page", "sftp")
REACH = ("explicitly", "implicitly", "implicitly_or_explicitly")
TYPE = "01OBJECT"


class Knowing(Asker):
    """Also draws conditions on predictions, permissions, objects, distance and outputs."""

    things = False
    """Whether a custom object starts the flow."""

    shop: str | None = None
    """The type of trigger by the catalogue that starts the flow."""

    def about_item(self) -> Json:
        """A filter on the item that started the run."""
        number = {"operator": self.random.choice(NUMERIC), "value": self.random.choice((1, 40, 50))}
        compares = (
            ("Price", {"type": "numeric"} | number),
            ("Inventory", {"type": "numeric"} | number),
            ("ItemId", {"type": "string", "operator": "equals", "value": "pot"}),
        )
        name, compare = self.random.choice(compares)
        condition = {"type": f"{self.shop}-property", "metric_id": "m", "field": name}
        return {"condition_groups": [{"conditions": [condition | {"filter": compare}]}]}

    def about_thing(self) -> Json:
        """A filter on the object that started the run."""
        conditions = [
            {"type": "custom-object-trigger-property", "property_id": 1, "filter": self.number()},
            {"type": "custom-object-trigger-property", "property_id": 2}
            | {"filter": self.text(("red", "blue"))},
            {"type": "custom-object-trigger-property", "property_id": 3, "filter": self.time()},
        ]
        chosen = self.random.sample(conditions, self.random.choice((1, 1, 2)))
        return {"condition_groups": [{"conditions": chosen}]}

    def condition(self, event: bool, entry: bool) -> Json:
        """One condition, of any type."""
        if event and self.things and self.random.random() < 0.3:
            conditions: list[Json] = self.about_thing()["condition_groups"][0]["conditions"]
            return conditions[0]
        if self.random.random() > 0.2:
            return super().condition(event, entry)
        kinds = (self._predicted, self._permitted, self._owning, self._near, self._consent_detail)
        return self.random.choice(kinds)()

    def _predicted(self) -> Json:
        random, head = self.random, {"type": "profile-predictive-analytics"}
        chosen = random.randrange(5)
        if chosen == 0:
            name = "expected_date_of_next_purchase"
            return head | {"dimension": name, "filter": self.date()}
        if chosen == 1:
            operator = random.choice(("equals", "not-equals"))
            compare = {"type": "string", "operator": operator, "value": "likely_male"}
            return head | {"dimension": "predicted_gender", "filter": compare}
        if chosen == 2:
            value = random.choice((0.5, 10))
            compare = {"type": "numeric", "operator": random.choice(NUMERIC), "value": value}
            return head | {"dimension": random.choice(DIMENSIONS), "filter": compare}
        head |= {
            "dimension": "channel_affinity",
            "predicted_channel": random.choice(("email", "sms")),
        }
        if chosen == 3:
            compare = {"type": "numeric", "operator": "equals", "value": 1}
            return head | {"measurement": "priority", "filter": compare}
        operator = random.choice(("equals", "not-equals"))
        compare = {"type": "string", "operator": operator, "value": "high"}
        return head | {"measurement": "rank", "filter": compare}

    def _permitted(self) -> Json:
        random = self.random
        able = random.choice(("reachable", "unreachable"))
        permission: Json = {"reachable_status": f"{random.choice(REACH)}_{able}"}
        if permission["reachable_status"].startswith("explicitly"):
            permission["filters"] = []
        channel = random.choice(("whatsapp_marketing", "whatsapp_transactional"))
        return {"type": "profile-permissions", "permission": permission, "channel": channel}

    def _owning(self) -> Json:
        random = self.random
        count = {
            "type": "numeric",
            "operator": random.choice(NUMERIC),
            "value": random.randint(0, 2),
        }
        parts = [
            {"property_id": 1, "filter": self.number()},
            {"property_id": 2, "filter": self.text(("red", "blue", "Red"))},
            {"property_id": 3, "filter": self.time()},
        ]
        return {
            "type": "profile-has-custom-object",
            "object_type_id": TYPE,
            "object_type_relationship_id": "r",
            "filter": count,
            "filters": random.sample(parts, random.choice((0, 1, 1, 2))),
        }

    def _near(self) -> Json:
        operator = self.random.choice(("greater-than", "less-than"))
        return {
            "type": "profile-postal-code-distance",
            "country_code": "DE",
            "postal_code": self.random.choice(("10115", "10115", "99999")),
            "unit": self.random.choice(("kilometers", "miles")),
            "filter": {"type": "numeric", "operator": operator, "value": 300},
        }

    def _consent_detail(self) -> Json:
        random = self.random
        status = {"subscription": "subscribed", "filters": [self._email_detail()]}
        can = True
        if random.random() < 0.4:
            name = random.choice(("bounce_date", "manual_suppression_date", "invalid_email_date"))
            compare = random.choice((self.date(), {"type": "existence", "operator": "is-set"}))
            status = {"subscription": "any", "filters": [{"field": name, "filter": compare}]}
            can = False
        consent = {"channel": "email", "can_receive_marketing": can, "consent_status": status}
        return {"type": "profile-marketing-consent", "consent": consent}

    def _email_detail(self) -> Json:
        random = self.random
        chosen = random.randrange(4)
        if chosen == 0:
            compare = {"type": "boolean", "operator": "equals", "value": random.random() < 0.5}
            return {"field": "is_double_opt_in", "filter": compare}
        if chosen == 1:
            compare = {"type": "string", "operator": "equals", "value": "shop"}
            return {"field": "custom_source", "filter": compare}
        ids = {"type": "string", "operator": "in", "value": ["F1", "F2"]}
        kind = random.choice(("form", "api"))
        return {"field": "method", "method": kind, "filter": maybe(random, 0.7, ids)}

    def stub(self) -> Json:
        """What a code step gives."""
        cases = [
            {"when": self.question(), "outputs": self._outputs()}
            for _ in range(self.random.randint(0, 2))
        ]
        number = self.random.choice((None, 1, 1, 2))
        return {"output_config_id": number, "cases": cases, "outputs": self._outputs()}

    def _outputs(self) -> Json:
        given = {
            "score": self.random.choice((None, 0, 10, 10.5)),
            "color": self.random.choice((None, "red", "blue")),
            "gift": self.random.choice((None, True, False)),
        }
        return {name: value for name, value in given.items() if value is not None}

    def about_output(self) -> Json:
        """A filter on what code gave."""
        number = self.random.choice((0, 10))
        compares = (
            (
                "score",
                {"type": "numeric", "operator": self.random.choice(NUMERIC), "value": number},
            ),
            ("color", self.text(("red", "blue"))),
            ("gift", self.boolean()),
            ("score", {"type": "existence", "operator": self.random.choice(("is-set", "not-set"))}),
        )
        conditions = [
            {
                "type": "action-output",
                "output_config_id": self.random.choice((1, 1, 2)),
                "field": name,
            }
            | {"filter": compare}
            for name, compare in self.random.sample(compares, self.random.choice((1, 1, 2)))
        ]
        return {"condition_groups": [{"conditions": conditions}]}


def known(random: Random, scenario: dict[str, Any]) -> Json:
    """Columns of predictions, consents and places that some people have."""
    soon = scenario["start"] + timedelta(days=random.randint(-5, 20))
    given: Json = {
        "predictive_analytics.churn_probability": random.choice((0.1, 0.5, 0.9)),
        "predictive_analytics.predicted_clv": random.choice((0, 10, 99.5)),
        "predictive_analytics.historic_number_of_orders": random.choice((0, 10)),
        "predictive_analytics.predicted_gender": random.choice(("likely_male", "uncertain")),
        "predictive_analytics.expected_date_of_next_purchase": soon.date().isoformat(),
        "predictive_analytics.channel_affinity.email.priority": random.choice((1, 2)),
        "predictive_analytics.channel_affinity.sms.rank": random.choice(("high", "low")),
        "consent.email.method": random.choice(METHODS),
        "consent.email.method_detail": random.choice(("F1", "F9", ["F2", "F3"])),
        "consent.email.custom_source": random.choice(("shop", "fair")),
        "consent.email.double_opt_in": random.random() < 0.5,
        "latitude": random.choice((52.5, 48.1)),
        "longitude": random.choice((13.4, 11.6)),
    }
    return {name: value for name, value in given.items() if random.random() < 0.6}


def things(random: Random, scenario: dict[str, Any], profiles: list[Json]) -> list[Json]:
    """Custom objects of some people; some come in the course of the run."""
    found = []
    for profile in profiles:
        for number in range(random.choice((0, 0, 1, 2, 3))):
            at = instant(random, scenario["start"], scenario["days"])
            properties: Json = {
                "1": random.choice((0, 1, 10, 10.5)),
                "2": random.choice(("red", "blue")),
                "3": maybe(random, 0.8, at.isoformat(), at.date().isoformat()),
            }
            row = {
                "profile": profile["id"],
                "object_type": TYPE,
                "id": f"{profile['id']}-{number}",
                "properties": {k: v for k, v in properties.items() if random.random() < 0.8},
            }
            found.append(row | maybe(random, 0.5, {"since": at.isoformat()}, {}))
    return found
