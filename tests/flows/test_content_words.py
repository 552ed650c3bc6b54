"""What is amiss with a message that cannot be written is told with what it is about."""

from __future__ import annotations

from typing import Any

import pytest
from fake_scene import scene
from small_actions import LIVE, NAMES, agreed, made

from flows.actions import Action
from flows.decisions import Decision
from flows.rules import Coupon, Rules
from flows.scene import SUBSCRIBED


def mail(subject: str, **more: Any) -> Action:
    message = {"subject_line": subject, "template_id": "T"} | more
    return made("send-email", {"message": message} | LIVE)


COUPON = "{% coupon_code 'SPRING' %}"
ITEM = '{% catalog ID unpublished="cancel" %}{% endcatalog %}'


@pytest.mark.parametrize(
    ("action", "facts", "why"),
    [
        (
            mail("Hi {% if %}"),
            {},
            "The message cannot be read. Line 1: Unexpected end of expression in if tag.",
        ),
        (
            made("send-sms", {"message": {"body": "Hi\n{% nothing %}"}} | LIVE),
            {},
            "The message cannot be read. Line 2: The tag “nothing” is not known.",
        ),
        (mail("Hi", from_email="shop"), {}, "The sender “shop” is no email address."),
        (
            mail("{{ feeds.a }}{{ feeds.b }}{{ feeds.c }}"),
            {"rules": Rules(failing_feeds=("c", "a"))},
            "The feed a, c gives no answer.",
        ),
        (
            mail(ITEM.replace("ID", "'mug'")),
            {"items": ("pot",)},
            "The item “mug” is not in the catalogue, or not published.",
        ),
        (
            mail(ITEM.replace("ID", "event.ProductID")),
            {"items": ("pot",), "event": {"ProductID": ["cup"]}},
            "The item “cup” is not in the catalogue, or not published.",
        ),
        (
            mail(ITEM.replace("ID", "person.Favourite")),
            {"items": ("pot",)},
            "The message is about an item, and nothing says which.",
        ),
        (
            mail(COUPON),
            {"rules": Rules(coupons={})},
            "There is no coupon “SPRING”, or it has no code.",
        ),
        (
            mail(COUPON),
            {"rules": Rules(coupons={"SPRING": Coupon(available=False)})},
            "The category of the coupon “SPRING” cannot be used.",
        ),
        (
            mail(COUPON),
            {"decisions": [Decision(kind="spent", name="coupon:SPRING", at=0)]},
            "No uploaded code of the coupon “SPRING” is left.",
        ),
        (
            made("send-sms", {"message": {"body": "Hi"}} | LIVE),
            {"rules": Rules(sms_countries=("US",))},
            "No text messages go to numbers of GB.",
        ),
        (
            made("send-sms", {"message": {"body": "Hi"}} | LIVE),
            {"rules": Rules(sms_senders=("US",))},
            "There is no number to send from to GB.",
        ),
    ],
)
def test_what_is_amiss_is_told(action: Action, facts: dict[str, Any], why: str) -> None:
    consents = {"email": agreed(SUBSCRIBED), "sms": agreed(SUBSCRIBED)}
    one = scene(consents=consents, properties={"phone_number": ["+447700900123"]}, **facts)
    assert action.explain(one, NAMES) == why
