"""What gestures on the canvas do to the flow."""

from typing import Any

import pytest
from small_flows import delay, email, flow, sms, split

from editor import messages
from editor.gestures import perform
from editor.session import EditorSession
from flows.document import Flow


def session_of(*actions: dict[str, Any]) -> EditorSession:
    return EditorSession(flow(*actions))


def do(session: EditorSession, **said: Any) -> str | None:
    message = messages.read(said)
    assert message
    return perform(session, message)


def links(shown: Flow) -> dict[str, tuple[str | None, ...]]:
    return {key: tuple(way.target for way in a.ways()) for key, a in shown.by_id.items()}


def test_insert_puts_a_step_there_and_selects_it() -> None:
    session = session_of(email("a", "b"), email("b"))
    do(session, type="insert", action="send-sms", slot={"action_id": "a", "way": "next"})
    new = session.selection
    assert new
    assert links(session.flow) == {"a": (new,), new: ("b",), "b": (None,)}
    assert session.undo_label == "Insert SMS"


def test_insert_at_the_entry_comes_first() -> None:
    session = session_of(email("a"))
    do(session, type="insert", action="time-delay", slot={"action_id": None})
    assert session.flow.entry_action_id == session.selection


def test_move_takes_the_step_elsewhere() -> None:
    session = session_of(email("a", "b"), sms("b", "c"), delay("c"))
    do(session, type="move", action_id="b", slot={"action_id": "c", "way": "next"})
    assert links(session.flow) == {"a": ("c",), "b": (None,), "c": ("b",)}


def test_remove_keeps_the_chosen_branch_and_selects_the_step_before() -> None:
    session = session_of(email("a", "s"), split("s", "b", "c"), email("b"), email("c"))
    do(session, type="remove", action_id="s", keep_way="false")
    assert links(session.flow) == {"a": ("c",), "c": (None,)}
    assert session.selection == "a"


def test_remove_all_branches() -> None:
    session = session_of(email("a", "s"), split("s", "b", "c"), email("b"), email("c"))
    do(session, type="remove", action_id="s", keep_way="*")
    assert links(session.flow) == {"a": (None,)}


def test_duplicate_selects_the_copy() -> None:
    session = session_of(email("a", name="Hello"))
    do(session, type="duplicate", action_id="a")
    assert len(session.flow.actions) == 2
    assert session.selection not in {None, "a"}
    assert session.undo_label == "Duplicate Hello"


def test_paste_puts_a_copy_behind_the_selection() -> None:
    session = session_of(email("a", "b"), delay("b"))
    do(session, type="copy", action_id="a")
    session.select("b")
    do(session, type="paste")
    new = session.selection
    assert new
    assert links(session.flow) == {"a": ("b",), "b": (new,), new: (None,)}


def test_paste_without_a_copy_does_nothing() -> None:
    session = session_of(email("a"))
    assert do(session, type="paste") is None
    assert session.revision == 0


def test_undo_and_redo() -> None:
    session = session_of(email("a"))
    do(session, type="remove", action_id="a")
    do(session, type="undo")
    assert list(session.flow.by_id) == ["a"]
    do(session, type="redo")
    assert list(session.flow.by_id) == []


@pytest.mark.parametrize(
    "said",
    [
        {"type": "remove", "action_id": "gone"},
        {"type": "duplicate", "action_id": "gone"},
        {"type": "insert", "action": "send-sms", "slot": {"action_id": "gone"}},
        {"type": "insert", "action": "no-such-step", "slot": {"action_id": None}},
    ],
    ids=str,
)
def test_what_cannot_be_done_is_said_in_words(said: dict[str, Any]) -> None:
    session = session_of(email("a"))
    answer = do(session, **said)
    assert answer
    assert answer.endswith(".")
    assert session.revision == 0
