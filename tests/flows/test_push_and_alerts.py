"""Push and WhatsApp ask for consent of their own; alerts go to those who have confirmed."""

from __future__ import annotations

from typing import Any

import pytest
from fake_scene import scene
from small_actions import LIVE, NAMES, agreed, found, made, told

from flows.actions import Action
from flows.rules import Rules
from flows.scene import SUBSCRIBED, UNSUBSCRIBED


def test_a_notification_goes_to_those_who_have_a_token_and_agreed() -> None:
    push = made("send-mobile-push", {"message": {"body": "Hi"}, **LIVE})
    people = scene(size=2, consents={"push": agreed(SUBSCRIBED, UNSUBSCRIBED)})

    step = push.advance(people)

    assert (step.sends and step.sends.channel, told(step)[0]) == ("push", None)
    assert told(step)[1] is not None


def test_a_whatsapp_message_asks_for_consent_of_its_own() -> None:
    message = {"vendor_id": "42", "smart_sending_enabled": False}
    whatsapp = made("send-whatsapp", {"message": message, **LIVE})
    people = scene(
        size=2,
        consents={"whatsapp": agreed(SUBSCRIBED, 0), "sms": agreed(SUBSCRIBED, SUBSCRIBED)},
    )

    assert told(whatsapp.advance(people)) == [None, "Missing WhatsApp Consent"]


def test_a_video_and_a_picture_do_not_go_together() -> None:
    message = {"body": "x", "video_asset_id": "V", "image_id": "1"}

    assert found(made("send-mobile-push", {"message": message})) == [
        ("R11", "$.data.message.video_asset_id")
    ]


def test_a_tap_that_leads_nowhere_is_found() -> None:
    lost = {"body": "x", "on_open": "link"}

    assert found(made("send-mobile-push", {"message": lost})) == [("R12", "$.data.message.on_open")]
    assert found(made("send-mobile-push", {"message": lost | {"ios_link": "app://a"}})) == []


def alert(*to: str, **data: Any) -> Action:
    message = {
        "from_email": "shop@example.com",
        "from_label": "Shop",
        "to_emails": list(to),
        "subject_line": "Refund",
    }
    return made("send-internal-alert", {"message": message, **LIVE, **data})


def test_an_alert_goes_out_whatever_the_person_has_agreed_to() -> None:
    step = alert("a@x.example").advance(scene(size=2))

    assert (step.sends and step.sends.channel, told(step)) == ("alert", [None, None])


def test_an_alert_needs_somebody_who_has_confirmed() -> None:
    nobody = scene(rules=Rules(confirmed_recipients=("c@x.example",)))
    one = scene(rules=Rules(confirmed_recipients=("B@x.example",)))
    both = alert("a@x.example", "b@x.example")

    assert told(both.advance(nobody)) == ["No Confirmed Recipients"]
    assert told(both.advance(one)) == [None]
    assert both.explain(one, NAMES) == "The alert goes to b@x.example."
    assert both.explain(nobody, NAMES) == (
        "Nobody of a@x.example, b@x.example has agreed to get alerts."
    )


def test_an_alert_to_nobody_is_not_set_up() -> None:
    assert told(alert().advance(scene())) == ["Unconfigured"]


@pytest.mark.parametrize(("count", "codes"), [(0, ["R24"]), (1, []), (5, []), (6, ["R24"])])
def test_an_alert_has_one_to_five_recipients(count: int, codes: list[str]) -> None:
    several = alert(*(f"p{i}@x.example" for i in range(count)))

    assert [code for code, _ in found(several)] == codes
