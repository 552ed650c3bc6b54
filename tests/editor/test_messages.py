"""What the browser may say, and what is refused."""

import logging
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor import messages
from editor.messages import Place
from flows.graph import Slot

GOOD: list[tuple[dict[str, Any], messages.Said]] = [
    ({"type": "ready", "revision": -1}, messages.Ready(type="ready", revision=-1)),
    ({"type": "select", "action_id": None}, messages.Select(type="select", action_id=None)),
    (
        {"type": "insert", "action": "send-sms", "slot": {"action_id": None, "way": "next"}},
        messages.Insert(type="insert", action="send-sms", slot=Place(action_id=None)),
    ),
    (
        {"type": "move", "action_id": "a", "slot": {"action_id": "b", "way": "true"}},
        messages.Move(type="move", action_id="a", slot=Place(action_id="b", way="true")),
    ),
    ({"type": "paste"}, messages.Paste(type="paste")),
    ({"type": "undo"}, messages.Undo(type="undo")),
]
BAD: list[object] = [
    None,
    "undo",
    {},
    {"type": "explode"},
    {"type": "insert", "action": "send-sms"},
    {"type": "select", "action_id": 7},
    {"type": "undo", "more": 1},
    {"type": "select", "action_id": "x" * 1000},
]


@pytest.mark.parametrize(("raw", "message"), GOOD)
def test_a_gesture_becomes_a_record(raw: dict[str, Any], message: messages.Said) -> None:
    assert messages.read(raw) == message


@pytest.mark.parametrize("raw", BAD, ids=str)
def test_anything_else_is_refused_and_logged(raw: object, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, logger="editor.messages"):
        assert messages.read(raw) is None
    assert "The canvas said what nobody understands" in caplog.text


def test_a_refusal_names_the_field(caplog: pytest.LogCaptureFixture) -> None:
    messages.read({"type": "insert", "action": "send-sms"})
    assert "insert.slot: Field required" in caplog.text


@given(st.recursive(st.none() | st.integers() | st.text(), lambda x: st.dictionaries(st.text(), x)))
def test_nothing_makes_it_raise(raw: object) -> None:
    assert messages.read(raw) is None


def test_a_place_is_a_slot_of_the_flow() -> None:
    assert Place(action_id="a", way="false").slot == Slot("a", "false")
