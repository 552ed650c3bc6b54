"""What the message forms compute: parts of a text message, shares of a test, departures."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.delay_preview import departures, moment
from editor.path_controls import swapped
from editor.preview import EXAMPLES, Rendered, View, page, rendered, text_message
from editor.row_controls import with_operator, with_type
from editor.shares import allocations_of, equal, moved, percents
from editor.sms_length import SmsLength, sms_length
from flows.actions.time_delay import TimeDelayData
from flows.document import Flow
from simulator.channels.account import Account


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("", SmsLength("GSM", 0, 0, 160)),
        ("a" * 160, SmsLength("GSM", 160, 1, 0)),
        ("a" * 161, SmsLength("GSM", 161, 2, 145)),
        ("€" * 80, SmsLength("GSM", 160, 1, 0)),
        ("ж" * 70, SmsLength("Unicode", 70, 1, 0)),
        ("ж" * 71, SmsLength("Unicode", 71, 2, 63)),
        ("🎉", SmsLength("Unicode", 2, 1, 68)),
    ],
)
def test_a_text_message_is_counted_in_parts(text: str, length: SmsLength) -> None:
    assert sms_length(text) == length


def test_shares_are_read_as_percents_however_they_are_written() -> None:
    ids = ("a", "b")

    assert [
        percents(written, ids)
        for written in (None, {"a": 0.3, "b": 0.7}, {"a": 30, "b": 70}, {"a": "x"})
    ] == [[50, 50], [30, 70], [30, 70], [50, 50]]


def test_shares_are_written_as_they_were_before() -> None:
    assert [
        allocations_of([30, 70], ("a", "b"), old)
        for old in (None, {"a": 0.5, "b": 0.5}, {"a": 50, "b": 50})
    ] == [{"a": 30, "b": 70}, {"a": 0.3, "b": 0.7}, {"a": 30, "b": 70}]


@given(st.integers(2, 6), st.data())
def test_moving_one_share_keeps_the_sum_at_a_hundred(count: int, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, count - 1))
    value = data.draw(st.integers(0, 100))

    shares = moved(equal(count), at, value)

    assert (sum(shares), shares[at], min(shares) >= 0) == (100, value, True)


def test_departures_follow_the_account_for_a_persons_own_zone() -> None:
    data = TimeDelayData(unit="days", value=1, delay_until_time="09:00:00",
                         delay_until_weekdays=("monday", "tuesday"))  # fmt: skip
    first = datetime(2026, 1, 5, 16, 0, tzinfo=UTC)

    lines = departures(data, first, "America/New_York")

    assert [(moment(arrived), moment(left)) for arrived, left in lines] == [
        ("Mon 5 Jan, 11:00", "Tue 6 Jan, 09:00"),
        ("Tue 6 Jan, 11:00", "Mon 12 Jan, 09:00"),
        ("Wed 7 Jan, 11:00", "Mon 12 Jan, 09:00"),
        ("Thu 8 Jan, 11:00", "Mon 12 Jan, 09:00"),
        ("Fri 9 Jan, 11:00", "Mon 12 Jan, 09:00"),
    ]


def test_a_subject_is_rendered_for_each_example_person() -> None:
    source = "Hi {{ first_name|default:'there' }} & {{ event.ProductName }}"

    assert [rendered(source, View(Flow(), example=example)).text for example in EXAMPLES] == [
        "Hi Ada & Smoked oolong, 100 g",
        "Hi there & Smoked oolong, 100 g",
    ]


def test_a_text_message_is_shown_with_what_goes_around_it() -> None:
    view = View(Flow(), Account(name="Juniper"))
    bare = {"body": "Hi {{ first_name }}", "add_org_prefix": False, "add_info_link": False}

    assert [
        text_message(message, view)
        for message in (bare, {"body": "Hi", "add_opt_out_language": True})
    ] == [
        Rendered("Hi Ada"),
        Rendered("Juniper: Hi\nReply STOP to opt out\nReply HELP for help"),
    ]


def test_a_broken_template_gives_its_reason_instead_of_a_page() -> None:
    shown = page("<p>{{ first_name|nosuchfilter }}</p>", View(Flow()))

    assert "nosuchfilter" in shown.problem


def test_a_previewed_page_may_load_nothing() -> None:
    shown = page("<p>Hello</p>", View(Flow()))

    assert shown.text.startswith(
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\''
    )


def test_paths_change_places_and_keep_the_order_in_place() -> None:
    branches = [{"branch_id": "a", "order": 0}, {"branch_id": "b", "order": 1}, {"is_else": True}]

    assert swapped(branches, 0, 1) == [
        {"branch_id": "b", "order": 0},
        {"branch_id": "a", "order": 1},
        {"is_else": True},
    ]


def test_an_operation_takes_the_shape_of_what_it_does() -> None:
    row = {"operator": "update", "property_type": "string", "property_key": "tier",
           "property_value": "gold"}  # fmt: skip

    assert [with_operator(row, "delete"), with_type(row, "list"), with_type(row, "boolean")] == [
        {"operator": "delete", "property_key": "tier"},
        {**row, "property_type": "list", "property_value": "", "property_operation": "add"},
        {**row, "property_type": "boolean", "property_value": True},
    ]
