"""Rules about time and about how often."""

from findings import findings, problem
from small_flows import METRIC, Json, delay, did, email, flow, has, one_group, sms, split

from flows.checks.frequency import endless_entries, messages_too_close, missing_goal
from flows.checks.time import (
    dates_gone_by,
    odd_delays,
    runs_overlap,
    splits_on_opens,
    text_messages_at_night,
    unknown_zones,
)

BIRTHDAY: Json = {
    "type": "date",
    "date_field_type": "profile-property",
    "date_profile_property": "birthday",
    "timedelta_value_before_date": 1,
    "timedelta_unit_before_date": "weeks",
    "recurrence_frequency": "annually",
    "timezone": "profile",
    "trigger_time": "09:00:00",
}


def countdown(action_id: str, end: str | None, days: int) -> Json:
    data = {"unit": "days", "value": days, "timezone": "profile"}
    return {"id": action_id, "type": "countdown-delay", "data": data, "links": {"next": end}}


def test_a_delay_of_an_odd_length_may_be_a_slip() -> None:
    odd = flow(
        delay("none", "slip", value=0),
        delay("slip", "long", unit="minutes", value=2880),
        delay("long", None, value=365),
    )
    fix = "Check the number and its unit."
    assert findings(odd_delays, odd) == [
        problem(
            "warning L19",
            "$.actions[0].data.value",
            "Time delay none waits no time at all.",
            fix,
            action_id="none",
        ),
        problem(
            "warning L19",
            "$.actions[1].data.value",
            "Time delay slip waits 2880 minutes; were hours meant.",
            fix,
            action_id="slip",
        ),
        problem(
            "warning L19",
            "$.actions[2].data.value",
            "Time delay long waits 365 days.",
            fix,
            action_id="long",
        ),
    ]
    until = delay("a", value=0, delay_until_time="09:00:00")
    assert findings(odd_delays, flow(until)) == []


def test_people_who_come_again_too_early_are_in_it_twice() -> None:
    week = {"duration": 1, "unit": "week"}
    assert findings(runs_overlap, flow(delay("a", value=8), reentry_criteria=week)) == [
        problem(
            "warning L21",
            "$.reentry_criteria",
            "The longest path takes 8 days, but people may come again after 7 days: one person "
            "can be in it twice at once.",
            "Let people come again later, or shorten the flow.",
        )
    ]
    assert findings(runs_overlap, flow(delay("a", value=7), reentry_criteria=week)) == []


def test_machines_open_messages_too() -> None:
    opened = flow(
        split("s", "a", None, did("M1", "greater-than", 0)),
        email("a"),
        names={"M1": "Opened Email"},
    )
    assert findings(splits_on_opens, opened) == [
        problem(
            "warning L22",
            "$.actions[0].data.profile_filter.condition_groups[0].conditions[0]",
            "This split asks for “Opened Email”, but mail programs open messages by themselves.",
            "Ask for clicks, or for activity on the site.",
            action_id="s",
        )
    ]
    clicked = flow(split("s", "a", None, did("Clicked Email", "greater-than", 0)), email("a"))
    assert findings(splits_on_opens, clicked) == []


def test_a_zone_must_be_one_that_clocks_know() -> None:
    lost = flow(
        delay("a", timezone="Europe/Berlin"),
        delay("b", timezone="Mars/Olympus"),
        triggers=[BIRTHDAY | {"timezone": ""}],
    )
    fix = "Choose a zone such as Europe/Berlin, or “profile” for each person's own."
    assert findings(unknown_zones, lost) == [
        problem("error L25", "$.triggers[0].timezone", "“” is not a time zone.", fix),
        problem(
            "error L25",
            "$.actions[1].data.timezone",
            "“Mars/Olympus” is not a time zone.",
            fix,
            action_id="b",
        ),
    ]


def test_a_text_message_without_quiet_hours_may_wake_people() -> None:
    loud = sms("s", sms_quiet_hours_enabled=False)
    assert findings(text_messages_at_night, flow(loud)) == [
        problem(
            "error L26",
            "$.actions[0].data.message.sms_quiet_hours_enabled",
            "SMS s may go out at night: its quiet hours are off.",
            "Turn quiet hours on, or wait for a time of day right before it.",
            action_id="s",
        )
    ]
    at_ten = flow(delay("d", "s", delay_until_time="10:00:00"), loud)
    assert findings(text_messages_at_night, at_ten) == []
    assert findings(text_messages_at_night, flow(sms("s"))) == []


def test_a_countdown_beyond_what_is_left_waits_for_nothing() -> None:
    late = flow(
        countdown("ten", "three", 10),
        countdown("three", "five", 3),
        countdown("five", None, 5),
        triggers=[BIRTHDAY],
    )
    fix = "Start the flow earlier, or count down to a later day."
    assert findings(dates_gone_by, late) == [
        problem(
            "warning L28",
            "$.actions[0].data.value",
            "Countdown ten waits for 10 days before the date, but at most 7 days are left when "
            "people arrive, so nobody waits.",
            fix,
            action_id="ten",
        ),
        problem(
            "warning L28",
            "$.actions[2].data.value",
            "Countdown five waits for 5 days before the date, but at most 3 days are left when "
            "people arrive, so nobody waits.",
            fix,
            action_id="five",
        ),
    ]
    assert findings(dates_gone_by, flow(countdown("three", None, 3), triggers=[BIRTHDAY])) == []


SERIES = [email("a", "b"), delay("d", "b", value=2), email("b", "c"), email("c")]


def test_several_messages_need_something_that_stops_them() -> None:
    assert findings(missing_goal, flow(*SERIES)) == [
        problem(
            "warning L03",
            "$.profile_filter",
            "3 messages go out whatever people do: who has bought by now gets them all the same.",
            "Add a flow filter such as “has placed order zero times since starting this flow”.",
        )
    ]
    goal = one_group(did("Placed Order", "equals", 0))
    assert findings(missing_goal, flow(*SERIES, profile_filter=goal)) == []


def test_messages_within_the_window_of_smart_sending_are_skipped() -> None:
    close = flow(email("a", "d"), delay("d", "b", unit="hours", value=5), email("b", "c"), sms("c"))
    assert findings(messages_too_close, close) == [
        problem(
            "warning L29",
            "$.actions[2]",
            "Email b comes 5 hours after another email on its path: smart sending skips it "
            "within 16 hours.",
            "Wait longer before it, or turn smart sending off for it.",
            action_id="b",
        )
    ]
    wide = flow(email("a", "d"), delay("d", "b", unit="hours", value=16), email("b"))
    off = flow(email("a", "b"), email("b", smart_sending_enabled=False))
    assert findings(messages_too_close, wide) + findings(messages_too_close, off) == []


def test_the_shortest_of_several_paths_counts() -> None:
    rejoined = flow(
        email("a", "s"),
        split("s", "d", "b", has("country", "equals", "DE")),
        delay("d", "b"),
        email("b"),
    )
    assert [found.text for found in findings(messages_too_close, rejoined)] == [
        "Email b comes right after another email on its path: smart sending skips it within "
        "16 hours."
    ]


def test_a_wait_for_a_date_may_be_long() -> None:
    waits = flow(email("a", "c"), countdown("c", "b", 1), email("b"), triggers=[BIRTHDAY])
    assert findings(messages_too_close, waits) == []


def test_frequent_events_need_a_limit_on_coming_again() -> None:
    viewed = [METRIC | {"id": "Viewed Product"}]
    assert findings(endless_entries, flow(triggers=viewed)) == [
        problem(
            "warning L33",
            "$.reentry_criteria",
            "“Viewed Product” happens often, and each time people may enter again.",
            "Say after how long people may come again.",
        )
    ]
    monthly = {"duration": 30, "unit": "day"}
    assert findings(endless_entries, flow(triggers=viewed, reentry_criteria=monthly)) == []
    assert findings(endless_entries, flow()) == []
