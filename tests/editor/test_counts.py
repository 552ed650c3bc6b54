"""Numbers of a run for the canvas."""

from editor.counts import Counts
from editor.skeleton import TRIGGER
from simulator.report import ActionReport, FlowReport, Progress


def test_a_run_on_its_way_shows_who_waits() -> None:
    progress = Progress(
        share=0.5,
        steps=9,
        arrived=({"a": 10, "b": 7},),
        left=({"a": {"next": 7}, "b": {"true": 2, "false": 1}},),
        sent=0,
    )
    counts = Counts.of_progress(progress, 0, "a")
    assert counts.cards == {TRIGGER: (10, 0, None), "a": (10, 3, None), "b": (7, 4, None)}
    assert counts.edges == {f"{TRIGGER}:next": 10, "a:next": 7, "b:true": 2, "b:false": 1}
    assert counts.running


def test_a_finished_run_shows_what_was_sent() -> None:
    report = FlowReport(
        id="f",
        name="F",
        fingerprint="",
        enrolled=12,
        actions={
            "a": ActionReport(type="send-email", arrived=12, sent=11, left={"next": 12}),
            "b": ActionReport(type="time-delay", arrived=12, waiting=12),
            "c": ActionReport(type="send-email", arrived=3, skipped={"Smart Sending": 3}),
        },
    )
    counts = Counts.of_report(report)
    assert counts.cards == {
        TRIGGER: (12, 0, None),
        "a": (12, 0, 11),
        "b": (12, 12, None),
        "c": (3, 0, 0),
    }
    assert counts.edges == {f"{TRIGGER}:next": 12, "a:next": 12}
    assert not counts.running


def test_only_what_changed_travels() -> None:
    before = Counts({"a": (1, 0, None), "b": (2, 0, None)}, {"a:next": 1, "b:next": 2}, True)
    after = Counts({"a": (1, 0, None), "b": (3, 1, None)}, {"a:next": 1, "b:next": 3}, True)
    assert after.since(before) == {
        "cards": {"b": (3, 1, None)},
        "edges": {"b:next": 3},
        "running": True,
    }
    assert after.since(after) == {}


def test_the_end_of_a_run_travels_even_without_new_numbers() -> None:
    before = Counts({"a": (1, 0, None)}, {}, running=True)
    after = Counts({"a": (1, 0, None)}, {}, running=False)
    assert after.since(before) == {"cards": {}, "edges": {}, "running": False}


def test_numbers_that_are_gone_reset_the_page() -> None:
    before = Counts({"a": (1, 0, None)}, {"a:next": 1})
    assert Counts().since(before) == {"reset": True, "cards": {}, "edges": {}, "running": False}
