"""What the panels work out before they draw: places, words, choices, counts."""

from collections import Counter

import pytest

from editor.catalogue import METRICS, catalogue
from editor.flow_form import first_trigger, reentry_kind, reentry_of
from editor.palette import matching, slot_after
from editor.problem_list import fields_of, ordered, place, summary
from editor.run_summary import messages, skipped
from editor.session import EditorSession
from editor.skeleton import TRIGGER
from editor.subject import flow_subject, step_subject, trigger_subject, within
from flows.document import Flow, Reentry
from flows.edits import ENTRANCE, Slot, insert, name_id, new_action, new_flow, set_trigger
from flows.problem import Problem
from flows.triggers import TRIGGERS, MetricTrigger
from simulator.report import ActionReport, FlowReport


def two_steps() -> Flow:
    """Wait a day, then an email."""
    flow = set_trigger(new_flow("Two steps"), first_trigger("metric"))
    flow = insert(flow, new_action("time-delay", flow), ENTRANCE)
    return insert(flow, new_action("send-email", flow), Slot("time-delay-1", "next"))


def found(severity: str, action_id: str | None = None) -> Problem:
    return Problem(code="L1", severity=severity, where="$", text="", action_id=action_id)  # type: ignore[arg-type]


def test_a_new_step_stands_behind_the_selection_else_at_the_end() -> None:
    flow = two_steps()

    assert [slot_after(flow, selected) for selected in (TRIGGER, "time-delay-1", None)] == [
        ENTRANCE,
        Slot("time-delay-1", "next"),
        Slot("email-1", "next"),
    ]


def test_the_first_step_of_an_empty_flow_stands_at_the_entrance() -> None:
    assert slot_after(new_flow("Empty"), None) == ENTRANCE


def test_a_flow_whose_entrance_leads_nowhere_takes_a_first_step() -> None:
    flow = two_steps().model_copy(update={"entry_action_id": "gone"})

    assert slot_after(flow, None) == ENTRANCE


def test_the_palette_finds_steps_by_any_of_their_words() -> None:
    assert [[one.type for one in matching(asked)] for asked in ("SPLIT cond", "text", "zzz")] == [
        ["conditional-split"],
        ["send-sms"],
        [],
    ]


def test_problems_are_counted_in_words_and_told_worst_first() -> None:
    problems = [found("hint"), found("error"), found("warning"), found("error")]

    assert (summary(problems), summary([]), [one.severity for one in ordered(problems)]) == (
        "2 errors, 1 warning, 1 hint",
        "",
        ["error", "error", "warning", "hint"],
    )


def test_a_problem_stands_at_its_step_or_at_the_flow() -> None:
    flow = two_steps()

    assert [place(flow, found("error", at)) for at in ("time-delay-1", None, "gone")] == [
        "Time delay",
        "Flow",
        "Flow",
    ]


@pytest.mark.parametrize("kind", TRIGGERS)
def test_a_fresh_trigger_can_be_set(kind: str) -> None:
    flow = set_trigger(new_flow("New"), first_trigger(kind))

    assert flow.trigger == first_trigger(kind)
    assert isinstance(flow.trigger, TRIGGERS[kind])


def test_reentry_is_a_word_and_a_word_is_reentry() -> None:
    rules = [None, Reentry(duration=1, unit="alltime"), Reentry(duration=0, unit="alltime"),
             Reentry(duration=3, unit="week")]  # fmt: skip
    words = [reentry_kind(rule) for rule in rules]

    assert (words, [reentry_of(w, r) for w, r in zip(words, rules, strict=True)]) == (
        ["default", "never", "always", "after"],
        rules,
    )


def test_after_a_while_begins_with_a_week() -> None:
    assert reentry_of("after", None) == Reentry(duration=7, unit="day")


def test_choosers_offer_what_the_flow_names_first_in_readable_words() -> None:
    flow = set_trigger(new_flow("New"), first_trigger("metric"))
    flow = flow.model_copy(update={"names": {"M1": "Booked Table"}})
    flow = Flow.model_validate(
        flow.to_json() | {"triggers": [{"type": "metric", "id": "M1", "trigger_filter": None}]}
    )

    metrics = catalogue(flow).metrics

    assert list(metrics.items())[:2] == [("M1", "Booked Table"), (METRICS[0], METRICS[0])]


def test_typing_in_one_field_is_taken_back_as_one_edit() -> None:
    session = EditorSession(two_steps())
    subject = step_subject(session, "time-delay-1")

    for value in (2, 25, 250):
        subject.put(("data", "value"), value, "Change wait")
    session.undo()

    assert subject.at(("data", "value")) == 1


def test_a_value_that_is_not_allowed_is_refused_in_words() -> None:
    session = EditorSession(two_steps())

    refusal = step_subject(session, "time-delay-1").put(("data", "unit"), "years", "Change unit")

    assert ("years" in refusal or "unit" in refusal, session.flow) == (True, two_steps())


def test_trigger_and_flow_are_subjects_too() -> None:
    session = EditorSession(two_steps())

    trigger_subject(session).put(("id",), "Placed Order", "Change event")
    flow_subject(session).put(("description",), "For everyone", "Change description")

    trigger = session.flow.trigger
    assert (trigger and trigger.to_json()["id"], session.flow.description) == (
        "Placed Order",
        "For everyone",
    )


def test_a_part_of_a_step_is_a_subject_of_its_own() -> None:
    session = EditorSession(two_steps())
    message = within(step_subject(session, "email-1"), "data", "message")

    message.put(("subject_line",), "Hello", "Change subject")

    assert session.flow.action("email-1").to_json()["data"]["message"]["subject_line"] == "Hello"


def test_a_run_is_summed_up_by_message_and_reason() -> None:
    flow = two_steps()
    report = FlowReport(
        id="f",
        name="Two steps",
        fingerprint="",
        actions={
            "time-delay-1": ActionReport(type="time-delay", arrived=9),
            "email-1": ActionReport(
                type="send-email", sent=5, skipped={"Missing Email": 1, "Smart Sending": 3}
            ),
        },
    )

    assert (messages(report, flow), list(skipped(report).items())) == (
        Counter({"Email 1": 5}),
        [("Smart Sending", 3), ("Missing Email", 1)],
    )


def test_a_problem_leads_to_the_fields_that_mend_it() -> None:
    unnamed = Problem(code="L12", severity="hint", where="$.names", text="")
    where = [fields_of(one) for one in (found("error", "email-1"), found("error"), unnamed)]

    assert where == ["email-1", TRIGGER, None]


def test_a_named_metric_is_offered_once() -> None:
    flow = name_id(
        set_trigger(two_steps(), MetricTrigger(type="metric", id="T9sNn9")),
        "T9sNn9",
        "Placed Order",
    )

    assert list(catalogue(flow).metrics.items())[:2] == [
        ("T9sNn9", "Placed Order"),
        ("Started Checkout", "Started Checkout"),
    ]
