"""What steps are called, and how templates read."""

import pytest
from small_flows import email, flow

from flows.actions.ab_test import AbTest
from flows.conditions.base import Names
from flows.titles import brief, described, plain, title

SUBJECT = "Your basket is waiting, {{ first_name|default:'friend' }}"


@pytest.mark.parametrize(
    ("template", "read"),
    [
        ("Hello {{ first_name|default:'friend' }}!", "Hello friend!"),
        ('Hello {{ first_name | default: "you" }}', "Hello you"),
        ("{{ person.favourite_tea|title }} is back", "[favourite tea] is back"),
        ("{% if event.Sale %}Sale: {% endif %}{{ item }}", "Sale: [item]"),
        ("Two\n  lines", "Two lines"),
    ],
)
def test_a_template_reads_as_people_read_it(template: str, read: str) -> None:
    assert plain(template) == read


def test_a_long_text_is_cut_behind_a_word() -> None:
    assert [brief("one two, three", 10), brief("short")] == ["one two…", "short"]


def test_a_step_goes_by_the_name_of_its_message_else_by_what_it_does() -> None:
    named, bare = flow(
        email("a", "b", name="Reminder", subject_line=SUBJECT),
        email("b", name="", subject_line=SUBJECT),
    ).actions
    names = Names()

    assert [title(named), title(bare)] == ["Reminder", "Email"]
    assert [described(named, names), described(bare, names)] == [
        "Reminder",
        "Your basket is waiting, friend",
    ]


def test_an_ab_test_goes_by_the_name_of_its_message() -> None:
    main = {"type": "send-email", "data": {"message": {"name": "Second reminder"}}}
    made = AbTest.model_validate({"id": "t", "type": "ab-test", "data": {"main_action": main}})

    assert title(made) == "Second reminder"
