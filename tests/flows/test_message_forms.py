"""A text message goes out in the first form that the phone can show."""

from __future__ import annotations

from typing import Any

import pytest

from flows.actions.messages import Sms

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
