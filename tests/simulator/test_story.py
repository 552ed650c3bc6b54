"""One person out of a run, told again: what the tables say, with the reasons."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from small_runs import (
    Json,
    Person,
    at,
    counted,
    email,
    flow,
    on,
    population,
    scenario,
    sms,
    wait,
)
from small_steps import END, experiment, put, update

from flows.document import Flow
from simulator.behaviour import Behaviour
from simulator.contexts import MessageContext
from simulator.errors import NotARunError, UnknownPersonError
from simulator.rehearse import RunOptions, rehearse
from simulator.scenario import Scenario
from simulator.source import GivenAudience, Source
from simulator.story import contexts, tell
from simulator.synthetic.for_run import audience_for

WORTH: Json = {
    "condition_groups": [
        {
            "conditions": [
                {
                    "type": "metric-property",
                    "metric_id": "Ordered",
                    "field": "$value",
                    "filter": {"type": "numeric", "operator": "greater-than", "value": 50},
                }
            ]
        }
    ]
}
SPLIT: Json = {
    "id": "big",
    "type": "trigger-split",
    "data": {"trigger_filter": WORTH, "trigger_id": "Ordered", "trigger_type": "metric"},
    "links": {"next_if_true": "thanks", "next_if_false": None},
}
OFTEN = counted("Ordered", {"type": "date", "operator": "alltime"}, "greater-than", 5)


def thanks() -> Flow:
    return flow(
        SPLIT,
        email("thanks"),
        wait("pause", value=1, delay_until_time="22:00:00", timezone="UTC"),
        sms("text"),
        update("tag", put("tier", "gold")),
        email("never", additional_filters=OFTEN),
        wait("long", value=40),
        email("late"),
        **on("Ordered"),
        name="Thanks",
        reentry_criteria={"duration": 1, "unit": "alltime"},
    )


def people() -> Source:
    orders = [("Ordered", "2026-01-05 10:00", 80.0), ("Ordered", "2026-01-06 10:00", 20.0)]
    return GivenAudience(population(Person(), Person(did=orders, properties={"first_name": "Bo"})))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    rehearse([thanks()], people(), scenario(days=20), tmp_path)
    return tmp_path


def test_a_story_tells_each_thing_that_happened_and_why(folder: Path) -> None:
    told = [
        (f"{line.at:%m-%d %H:%M}", line.kind, line.title, line.why)
        for line in tell(folder, people(), "p1").lines
    ]
    passed = "Every check passed: filters, address, consent, quiet hours, smart sending."
    arrived = "A message of a flow arrived."
    given = "In the person's own history."
    assert told == [
        ("01-05 10:00", "event", "Ordered (80.00)", given),
        ("01-05 10:00", "entered", "Entered Thanks", "Someone did Ordered."),
        (
            "01-05 10:00",
            "chose",
            "Trigger split: YES",
            "YES: value of Ordered: 80; wanted: is more than 50",
        ),
        ("01-05 10:00", "sent", "Email sent: thanks", passed),
        (
            "01-05 10:00",
            "waited",
            "Wait 1 day, until 22:00 in UTC",
            "It ends 6 Jan 2026 22:00 UTC, by the clock of UTC.",
        ),
        ("01-05 10:00", "event", "Received Email", arrived),
        ("01-06 10:00", "event", "Ordered (20.00)", given),
        (
            "01-06 10:00",
            "turned-away",
            "Did not enter Thanks",
            "They were in the flow before, and it lets nobody back in so soon.",
        ),
        (
            "01-06 22:00",
            "waited",
            "SMS held back: text",
            "Quiet hours 21:00 to 08:00 in Europe/London: held until 7 Jan 2026 08:00 UTC.",
        ),
        ("01-07 08:00", "sent", "SMS sent: text", passed),
        ("01-07 08:00", "changed", "Set tier to gold", "Set tier to gold."),
        (
            "01-07 08:00",
            "skipped",
            "Email skipped (Fails Additional Filters): never",
            "The message's own filter does not hold: "
            "Ordered over all time: 2 times, wanted more than 5.",
        ),
        (
            "01-07 08:00",
            "waited",
            "Wait 40 days",
            "It ends 16 Feb 2026 08:00 UTC, by the clock of UTC.",
        ),
        ("01-07 08:00", "event", "Received SMS", arrived),
        (
            "01-25 00:00",
            "waited",
            "Still in Thanks when the rehearsal ends",
            "The next step is due after the last day.",
        ),
    ]


def test_waits_say_until_when_and_steps_which_they_are(folder: Path) -> None:
    lines = tell(folder, people(), "p1").lines
    assert [(line.action_id, line.until) for line in lines if line.until] == [
        ("pause", at("2026-01-06 22:00")),
        ("text", at("2026-01-07 08:00")),
        ("long", at("2026-02-16 08:00")),
    ]
    assert {(line.flow, line.flow_id) for line in lines if line.kind != "event"} == {
        ("Thanks", "flow")
    }


def test_a_person_to_whom_nothing_happened_has_an_empty_story(folder: Path) -> None:
    story = tell(folder, people(), "p0")
    assert (story.lines, story.messages) == ((), ())
    assert story.profile == {
        "email": "a@example.com",
        "phone_number": "+447700900123",
        "timezone": "UTC",
    }


def test_messages_carry_the_person_of_that_moment_and_the_event(folder: Path) -> None:
    def context(action: str, channel: str, moment: datetime) -> MessageContext:
        return MessageContext(
            flow_id="flow",
            action_id=action,
            variation=None,
            channel=channel,
            at=moment,
            visit=1,
            profile_id="p1",
            person={
                "first_name": "Bo",
                "email": "a@example.com",
                "phone_number": "+447700900123",
                "timezone": "UTC",
            },
            event={"$value": 80.0},
        )

    assert contexts(folder, people(), "p1") == (
        context("thanks", "email", at("2026-01-05 10:00")),
        context("text", "sms", at("2026-01-07 08:00")),
    )


def test_messages_carry_what_steps_changed_and_the_version(tmp_path: Path) -> None:
    test = experiment("test", email("a"), email("b"), allocations={"a": 0, "b": 1})
    held = flow(email("before"), update("tag", put("tier", "gold")), test)
    joined = GivenAudience(population(Person(joined=at("2026-01-05 10:00"))))
    rehearse([held], joined, scenario(), tmp_path)
    before, after = contexts(tmp_path, joined, "p0")
    assert (before.person.get("tier"), before.variation, before.event) == (None, None, {})
    assert (after.person.get("tier"), after.variation) == ("gold", "b")


def why(tmp_path: Path, person: Person, *steps: Json, **head: Any) -> list[tuple[str, str]]:
    """Kind and reason of what befell the last step, and of what came then."""
    source = GivenAudience(population(person))
    rehearse([flow(*steps, **head)], source, scenario(as_live=False), tmp_path)
    lines = tell(tmp_path, source, "p0").lines
    return [(line.kind, line.why) for line in lines if line.kind not in {"event", "entered"}]


def test_what_is_passed_by_or_held_for_review_says_so(tmp_path: Path) -> None:
    draft, manual = email("draft"), update("manual", put("tier", "gold"))
    draft["data"]["status"], manual["data"]["status"] = "draft", "manual"
    person = Person(joined=at("2026-01-05 10:00"))
    assert why(tmp_path, person, draft, manual) == [
        ("passed", "The step is a draft, so people pass it by."),
        ("passed", "The step is manual: it waits for a review, and the person moves on."),
        ("left", "Finished."),
    ]


def test_who_leaves_for_a_new_date_is_told_so(tmp_path: Path) -> None:
    trigger = {
        "type": "date",
        "date_field_type": "profile-property",
        "date_profile_property": "due",
        "timedelta_value_before_date": 7,
        "timedelta_unit_before_date": "days",
        "recurrence_frequency": "never",
    }
    gone = update("gone", {"operator": "delete", "property_key": "due"})
    person = Person(properties={"due": "2026-01-20"})
    reason = "The date that the run is about has changed or is gone."
    assert why(tmp_path, person, gone, email("mail") | {"links": END}, triggers=[trigger]) == [
        ("changed", "Remove due."),
        ("left", reason),
        ("left", "Date changed."),
    ]


def test_a_skipped_message_names_the_value_that_stopped_it(tmp_path: Path) -> None:
    joined = at("2026-01-05 10:00")
    held = (
        email("one", smart_sending_enabled=True),
        email("two", smart_sending_enabled=True),
    )
    assert why(tmp_path, Person(joined=joined), *held)[1] == (
        "skipped",
        "Smart sending: another email went out at 5 Jan 2026 10:00 UTC; "
        "the window ends 6 Jan 2026 02:00 UTC.",
    )
    assert why(tmp_path, Person(joined=joined, email="nowhere"), email("x"))[0] == (
        "skipped",
        "“nowhere” is no valid email address.",
    )
    assert why(tmp_path, Person(joined=joined, suppressed=True), email("x"))[0] == (
        "skipped",
        "The person is suppressed for email.",
    )


def test_a_story_is_what_the_run_wrote_for_that_person(tmp_path: Path) -> None:
    """Of a crowd that opens, clicks and orders, in which the person ran among all others."""
    held = Flow.model_validate(thanks().to_json() | {"triggers": [{"type": "list", "id": "news"}]})
    setting = Scenario(days=60, profiles=300, seed=5, behaviour=Behaviour())
    source = audience_for([held], setting)
    rehearse([held], source, setting, tmp_path)
    sends = pq.read_table(tmp_path / "sends.parquet").to_pylist()
    events = pq.read_table(tmp_path / "events.parquet").to_pylist()
    for profile in list(dict.fromkeys(row["profile"] for row in sends))[:20]:
        story = tell(tmp_path, source, profile)
        told = [
            (line.action_id, line.at, line.kind)
            for line in story.lines
            if line.kind in {"sent", "skipped"}
        ]
        mine = [row for row in sends if row["profile"] == profile]
        assert told == [(row["action"], row["at"], row["status"]) for row in mine]
        assert len([line for line in story.lines if line.kind == "event"]) == len(
            [row for row in events if row["profile"] == profile]
        )
        assert [message.action_id for message in story.messages] == [
            row["action"] for row in mine if row["status"] == "sent"
        ]


def test_a_run_that_kept_only_its_summary_tells_stories_too(tmp_path: Path) -> None:
    options = RunOptions(keep="summary")
    rehearse([thanks()], people(), scenario(days=20), tmp_path, options=options)
    assert [line.kind for line in tell(tmp_path, people(), "p1").lines][:2] == ["event", "entered"]
    with pytest.raises(UnknownPersonError):
        tell(tmp_path, people(), "nobody")


def test_nobody_and_no_run_are_told_apart(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(UnknownPersonError):
        tell(folder, people(), "nobody")
    with pytest.raises(NotARunError):
        tell(tmp_path / "elsewhere", people(), "p1")
