"""Two runs side by side: what changed, and what was different to begin with."""

from app import comparison
from app.comparison import Difference, Pair, Rehearsed
from flows.actions.base import Links
from flows.actions.messages import Email
from flows.actions.send_email import SendEmailData
from flows.document import Flow
from simulator.report import ActionReport, FlowReport, Summary
from simulator.scenario import Scenario


def flow(days: int, *more: str) -> Flow:
    wait = {"id": "wait", "type": "time-delay", "data": {"unit": "days", "value": days}}
    mails = [
        {"id": key, "type": "send-email", "data": {"message": {"name": key.title()}}}
        for key in ("hello", *more)
    ]
    return Flow.model_validate({"id": "f", "name": "Welcome", "actions": [wait, *mails]})


def run(document: Flow, *, people: int, revenue: float, seed: int = 1) -> Rehearsed:
    hello = ActionReport(type="send-email", sent=people // 2, revenue=revenue)
    report = FlowReport(
        id="f", name="Welcome", fingerprint="", enrolled=people, actions={"hello": hello}
    )
    summary = Summary(
        version="1", seed=seed, start="", days=90, profiles=people, flows=(report,), revenue=revenue
    )
    return Rehearsed("Welcome", summary, (document,), Scenario(profiles=people, seed=seed))


A = run(flow(1), people=100, revenue=500.0)
B = run(flow(2, "again"), people=200, revenue=600.0, seed=2)


def test_each_figure_says_whether_it_is_better() -> None:
    pairs = {pair.label: pair for pair in comparison.figure_pairs(A.summary, B.summary)}
    assert pairs["Revenue"] == Pair("Revenue", 500.0, 600.0, money=True)
    assert [pairs[label].verdict for label in ("Revenue", "People", "Orders")] == [
        "better",
        "other",
        "same",
    ]


def test_runs_of_different_size_are_compared_per_so_many_people() -> None:
    pairs = {p.label: p for p in comparison.figure_pairs(A.summary, B.summary, per=1_000)}
    assert (pairs["Revenue"].a, pairs["Revenue"].b) == (5_000.0, 3_000.0)
    assert pairs["Revenue"].verdict == "worse"
    assert "People" not in pairs


def test_messages_are_matched_by_step_and_missing_ones_shown() -> None:
    found = [
        (pair.label, pair.a is not None, pair.b is not None)
        for pair in comparison.message_pairs(A, B)
    ]
    assert found == [("Hello", True, True), ("Again", False, True)]


def test_what_was_set_differently_is_named_in_words() -> None:
    assert comparison.setting_differences(A.scenario, B.scenario) == (
        Difference("Chance", "1", "2"),
        Difference("People", "100", "200"),
    )


def test_what_was_written_differently_is_told_step_by_step() -> None:
    assert comparison.flow_differences(A.flows, B.flows) == (
        Difference("Welcome: Time delay", "Wait 1 day", "Wait 2 days"),
        Difference("Welcome: Again", "", "Again"),
    )
    assert comparison.flow_differences(A.flows, A.flows) == ()


def test_a_step_that_only_leads_elsewhere_is_told_from_one_that_changed() -> None:
    (wait, mail) = flow(1).actions
    moved = wait.model_copy(update={"links": Links(next="hello")})
    held = mail.model_copy(
        update={"data": SendEmailData(message=Email(name="Hello", cc_email="a@b.example"))}
    )
    after = flow(1).model_copy(update={"actions": (moved, held)})

    assert comparison.flow_differences(A.flows, (after,)) == (
        Difference("Welcome: Time delay", "as it was", "leads to another step"),
        Difference("Welcome: Hello", "as it was", "changed inside"),
    )


def test_a_flow_that_took_part_once_only_is_named() -> None:
    assert comparison.flow_differences(A.flows, ()) == (
        Difference("Flow “Welcome”", "took part", ""),
    )
