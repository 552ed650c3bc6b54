"""A text message goes out in the first form that the phone can show."""

from __future__ import annotations

from typing import Any

import pytest
from fake_scene import scene
from small_actions import LIVE, NAMES, agreed, made

from flows.actions.messages import RCS_CAPABLE, Sms
from flows.scene import SUBSCRIBED

RICH: dict[str, Any] = {
    "message_format": "RCS",
    "rich_content": {"cards": [{"id": "c", "title": "Sale", "text": "Today"}, {"id": "d"}]},
}
PLAIN: dict[str, Any] = {"message_format": "SMS", "message": "Sale today"}


def sms(*forms: Any) -> Sms:
    return Sms.model_validate({"body": "Body", "message_hierarchy": list(forms)})


@pytest.mark.parametrize(
    ("forms", "rich", "plain"),
    [
        ((), ("SMS", "Body"), ("SMS", "Body")),
        ((RICH, PLAIN), ("RCS", "Sale\nToday"), ("SMS", "Sale today")),
        ((PLAIN, RICH), ("SMS", "Sale today"), ("SMS", "Sale today")),
        ((RICH,), ("RCS", "Sale\nToday"), ("SMS", "Body")),
        (("RCS", "SMS"), ("RCS", "Body"), ("SMS", "Body")),
        (("Hello", RICH), ("SMS", "Hello"), ("SMS", "Hello")),
        (({"message": "No format"},), ("SMS", "No format"), ("SMS", "No format")),
        (({"rich_content": None},), ("RCS", "Body"), ("SMS", "Body")),
        (({"message_format": "RCS", "message": "Rich"},), ("RCS", "Rich"), ("SMS", "Body")),
    ],
)
def test_each_phone_gets_the_first_form_that_it_can_show(
    forms: tuple[Any, ...], rich: tuple[str, str], plain: tuple[str, str]
) -> None:
    message = sms(*forms)

    assert (message.format(rich=True), message.text(rich=True)) == rich
    assert (message.format(rich=False), message.text(rich=False)) == plain


@pytest.mark.parametrize(("capable", "form"), [(True, "RCS"), (False, "SMS"), (None, "SMS")])
def test_an_explanation_names_the_form(capable: bool | None, form: str) -> None:
    message = {"body": "Body", "message_hierarchy": [RICH, PLAIN], "smart_sending_enabled": False}
    here = scene(
        "2026-03-10T12:00:00",
        properties={RCS_CAPABLE: [capable], "phone_number": ["+447700900123"]},
        consents={"sms": agreed(SUBSCRIBED)},
    )

    told = made("send-sms", {"message": message, **LIVE}).explain(here, NAMES)

    assert told.endswith(f" It goes out as {form}.")
