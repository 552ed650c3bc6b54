"""Every text of a message is looked at, whatever the channel and whatever its form."""

from __future__ import annotations

from typing import Any

import pytest
from small_flows import Json, flow

from flows.checks.texts import texts

ALERT: Json = {"from_email": None, "from_label": None, "to_emails": [], "subject_line": "Refund"}
RICH: Json = {"rich_content": {"cards": [{"id": "c", "title": "Sale"}]}}


@pytest.mark.parametrize(
    ("kind", "message", "seen"),
    [
        (
            "send-mobile-push",
            {"title": "Sale", "body": "Today"},
            [("title", "title", "Sale"), ("body", "push", "Today")],
        ),
        ("send-mobile-push", {"body": "", "push_type": "silent"}, []),
        ("send-whatsapp", {"vendor_id": "42"}, []),
        ("send-internal-alert", ALERT, [("subject_line", "subject", "Refund")]),
        ("send-sms", {"body": ""}, [("body", "sms", "")]),
        (
            "send-sms",
            {"body": "", "message_hierarchy": [RICH, {"message": "Plain"}, "SMS"]},
            [("message_hierarchy[0]", "sms", "Sale"), ("message_hierarchy[1]", "sms", "Plain")],
        ),
        (
            "send-sms",
            {"body": "Hello", "message_hierarchy": [RICH]},
            [("body", "sms", "Hello"), ("message_hierarchy[0]", "sms", "Sale")],
        ),
    ],
)
def test_each_text_is_seen_in_its_place(
    kind: str, message: dict[str, Any], seen: list[tuple[str, str, str]]
) -> None:
    held = flow({"id": "a", "type": kind, "data": {"message": message}, "links": {"next": None}})

    assert [(text.where, text.kind, text.source) for text in texts(held)] == [
        (f"$.actions[0].data.message.{where}", kind, source) for where, kind, source in seen
    ]
