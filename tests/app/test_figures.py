"""The figures of a page are those of the summary, added up."""

from app.figures import (
    Bar,
    MessageRow,
    Totals,
    bars,
    message_rows,
    skipped,
    title_of,
    totals,
    turned_away,
)
from flows.document import Flow
from simulator.report import ActionReport, ChannelReport, FlowReport, Summary

FLOW = Flow.model_validate(
    {
        "id": "f1",
        "name": "Welcome",
        "actions": [
            {"id": "wait", "type": "time-delay", "data": {"unit": "days", "value": 1}},
            {
                "id": "hello",
                "type": "send-email",
                "data": {"message": {"subject_line": "Hello"}, "status": "live"},
            },
            {"id": "text", "type": "send-sms", "data": {"message": {"body": "Hi"}}},
        ],
    }
)
REPORT = FlowReport(
    id="f1",
    name="Welcome",
    fingerprint="0",
    enrolled=10,
    finished=7,
    waiting=3,
    turned_away={"Already in the flow": 2},
    actions={
        "hello": ActionReport(
            type="send-email",
            sent=8,
            skipped={"Smart Sending": 1, "Missing Email": 1},
            opened=4,
            clicked=2,
            orders=1,
            revenue=50.0,
            unsubscribed=1,
        )
    },
)
SUMMARY = Summary(
    version="1",
    seed=1,
    start="2026-01-05T00:00:00Z",
    days=90,
    profiles=20,
    flows=(REPORT,),
    channels={"email": ChannelReport(sent=8, skipped={"Smart Sending": 1, "Missing Email": 1})},
    orders=5,
    revenue=250.0,
    orders_after_click=1,
    revenue_after_click=50.0,
)


def test_totals_add_up_over_flows_and_channels() -> None:
    assert totals(SUMMARY) == Totals(
        people=20,
        entered=10,
        finished=7,
        waiting=3,
        sent=8,
        skipped=2,
        orders=5,
        revenue=250.0,
        orders_after_click=1,
        revenue_after_click=50.0,
        unsubscribed=1,
    )


def test_every_message_has_a_row_even_if_nobody_reached_it() -> None:
    assert message_rows(REPORT, FLOW) == (
        MessageRow(
            flow_id="f1",
            action_id="hello",
            label="Hello",
            channel="email",
            icon="mail",
            sent=8,
            skipped=2,
            opened=4,
            clicked=2,
            orders=1,
            revenue=50.0,
            unsubscribed=1,
        ),
        MessageRow(flow_id="f1", action_id="text", label="Hi", channel="sms", icon="sms"),
    )


def test_reasons_are_counted_over_all_flows() -> None:
    assert skipped((REPORT, REPORT)) == {"Smart Sending": 2, "Missing Email": 2}
    assert turned_away((REPORT, REPORT)) == {"Already in the flow": 4}


def test_a_bar_list_shows_the_largest_and_gathers_the_rest() -> None:
    assert bars({"a": 10, "b": 5, "c": 3, "d": 2, "e": 0}, most=2) == (
        Bar("a", 10, 1.0),
        Bar("b", 5, 0.5),
        Bar("2 others", 5, 0.5),
    )
    assert bars({}) == ()


def test_a_run_is_called_by_its_flows() -> None:
    names = [Flow(name=name) for name in ("Welcome", "Cart", "Winback")]
    titles = [title_of(names[:n]) for n in (1, 2, 3)]
    assert titles == ["Welcome", "Welcome and Cart", "Welcome and 2 other flows"]
