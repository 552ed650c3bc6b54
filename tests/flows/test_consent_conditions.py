"""Membership, consent and the country of a person (semantics A.6, A.7)."""

import numpy as np
import pytest
from asking import LAST_WEEK, NAMES, Json, asking, explained, holds, member
from fake_scene import FakeScene, at, scene, times

from flows.columns import NEVER
from flows.conditions import Answer
from flows.scene import NEVER_SUBSCRIBED, SUBSCRIBED, UNSUBSCRIBED, Consent

JOINED = scene(
    size=4,
    groups={
        "L1": np.array([at("2026-03-09"), at("2026-01-01"), NEVER, at("2026-04-01")]),
        "L2": np.array([NEVER, NEVER, at("2026-03-09"), NEVER]),
    },
)


def test_membership_is_of_any_group_or_of_none() -> None:
    assert holds(member(True, "L1"), JOINED) == [True, True, False, False]
    assert holds(member(True, "L1", "L2"), JOINED) == [True, True, True, False]
    assert holds(member(False, "L1", "L2"), JOINED) == [False, False, False, True]


def test_the_time_of_joining_may_be_asked_its_end_date_excluded() -> None:
    assert holds(member(True, "L1", **LAST_WEEK), JOINED) == [True, False, False, False]
    until = {"operator": "between-static", "start": "2026-01-01", "end": "2026-03-09"}
    assert holds(member(True, "L1", **until), JOINED) == [False, True, False, False]


def test_membership_in_words() -> None:
    asked = member(True, "L1", "L2", **LAST_WEEK)
    assert asking([asked]).sentence(NAMES) == ("is in Newsletter or VIP, joined in the last 7 days")
    person = scene(groups={"L1": times("2026-01-01")})
    assert explained(member(False, "L1"), person) == Answer(
        False, "Newsletter: a member since 1 Jan 2026 00:00; wanted: is not in Newsletter"
    )


STATES = (NEVER_SUBSCRIBED, SUBSCRIBED, UNSUBSCRIBED)


def consents(channel: str) -> FakeScene:
    """Never subscribed, subscribed, unsubscribed; then the same three suppressed."""
    return scene(
        size=6,
        consents={
            channel: Consent(
                np.array([*STATES, *STATES], dtype=np.int8),
                np.array([NEVER, at("2026-03-05"), at("2026-01-01")] * 2),
                np.array([False] * 3 + [True] * 3),
            )
        },
    )


def may(channel: str, can: bool, subscription: str, *filters: Json) -> Json:
    status: Json = {"subscription": subscription}
    return {
        "type": "profile-marketing-consent",
        "consent": {
            "channel": channel,
            "can_receive_marketing": can,
            "consent_status": status | ({"filters": list(filters)} if filters else {}),
        },
    }


@pytest.mark.parametrize(
    ("channel", "can", "subscription", "expected"),
    [
        ("email", True, "any", [True, True, False, False, False, False]),
        ("email", True, "subscribed", [False, True, False, False, False, False]),
        ("email", True, "never_subscribed", [True, False, False, False, False, False]),
        ("email", False, "any", [False, False, True, True, True, True]),
        ("email", False, "unsubscribed", [False, False, True, False, False, True]),
        ("email", False, "never_subscribed", [False, False, False, True, False, False]),
        ("email", False, "subscribed", [False, False, False, False, True, False]),
        ("sms", True, "subscribed", [False, True, False, False, False, False]),
        ("sms", False, "any", [True, False, True, True, True, True]),
        ("sms", False, "unsubscribed", [False, False, True, False, False, True]),
        ("sms", False, "never_subscribed", [True, False, False, True, False, False]),
        ("push", True, "any", [False, True, False, False, False, False]),
        ("push", False, "any", [True, False, True, True, True, True]),
    ],
)
def test_who_may_receive_marketing(
    channel: str, can: bool, subscription: str, expected: list[bool]
) -> None:
    assert holds(may(channel, can, subscription), consents(channel)) == expected


RECENT = {"field": "status_date", "filter": {"type": "date"} | LAST_WEEK}
BY_FORM = {"field": "method", "method": "form", "filter": None}


def test_the_date_of_consent_and_its_manner_count() -> None:
    people = consents("email")
    asked = may("email", True, "any", RECENT, BY_FORM)
    assert holds(asked, people) == [False] * 6
    people.properties = {"consent.email.method": ("form",) * 5 + (None,)}
    assert holds(asked, people) == [False, True, False, False, False, False]
    assert asking([asked]).to_json()["condition_groups"][0]["conditions"] == [asked]


def test_consent_in_words() -> None:
    asked = may("email", True, "subscribed", RECENT)
    assert asking([asked]).sentence(NAMES) == (
        "can receive email marketing and is subscribed in the last 7 days"
    )
    assert explained(may("sms", True, "subscribed"), scene()) == Answer(
        False, "SMS: never subscribed; wanted: can receive SMS marketing and is subscribed"
    )


def test_a_region_holds_by_the_country() -> None:
    people = scene(size=5, properties={"country": ("DE", "france", "United States", "CH", None)})
    region: Json = {"type": "profile-region", "in_region": True, "region": "european_union"}
    assert holds(region, people) == [True, True, False, False, False]
    assert holds(region | {"in_region": False}, people) == [False, False, True, True, False]
    assert holds(region | {"region": "united_states"}, people) == [False, False, True, False, False]
    assert asking([region]).sentence(NAMES) == "is in the European Union"
