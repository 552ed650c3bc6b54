"""What couples people in a run: won tests, used-up plans and used-up coupons."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from contests import END, contest, joiners
from small_runs import Json, at, email, flow, scenario, sms, us, wait
from small_steps import experiment

from flows.columns import NEVER
from flows.decisions import Decision
from flows.document import Flow
from flows.people import Population
from flows.rules import Coupon, Limits
from simulator.behaviour import Behaviour
from simulator.deciding import Settling
from simulator.errors import RunCancelledError
from simulator.plan import Plan, make_plan
from simulator.rehearse import RunOptions, read_run, rehearse
from simulator.report import Progress, Summary
from simulator.scenario import Scenario
from simulator.source import GivenAudience
from simulator.story import tell
from simulator.synthetic.for_run import audience_for


def sent_versions(out: Path) -> list[tuple[str, str]]:
    rows = pq.read_table(out / "sends.parquet").to_pylist()
    return [(f"{row['at']:%d %H}", row["variation"]) for row in rows]


def test_after_the_decision_everybody_gets_the_winner(tmp_path: Path) -> None:
    """Nobody clicks, so the first version wins at the end; a version sent before stays."""
    held, people = contest(**END), joiners(200)
    summary = rehearse([held], GivenAudience(people), scenario(), tmp_path)
    [told] = summary.decisions
    assert told.text == "Version a won the test “test” of “Flow” at 10 Jan 2026 12:00 UTC."
    assert (told.kind, told.name, told.choice) == ("winner", "flow/test", "a")
    versions = sent_versions(tmp_path)
    assert {name for when, name in versions if when < "10 12"} == {"a", "b"}
    assert {name for when, name in versions if when >= "10 12"} == {"a"}


def test_a_test_that_ended_before_the_run_needs_no_second_pass(tmp_path: Path) -> None:
    held = contest(automatic_end_date="2025-12-01T00:00:00Z")
    seen: list[Progress] = []
    options = RunOptions(watch=seen.append)
    summary = rehearse([held], GivenAudience(joiners(20)), scenario(), tmp_path, options=options)
    assert [one.at for one in summary.decisions] == ["2026-01-05T00:00:00+00:00"]
    assert {name for _, name in sent_versions(tmp_path)} == {"a"}
    assert {(one.settled, one.matters) for one in seen} == {(1, 1)}


def tried(out: Path) -> list[tuple[str, str, str | None]]:
    rows = pq.read_table(out / "sends.parquet").to_pylist()
    return [(row["profile"], row["action"], row["reason"]) for row in rows]


OVER = "Over Email Limit"


def limited(
    out: Path, held: Flow, people: Population, *, options: RunOptions | None = None, **rules: Any
) -> Summary:
    how = options or RunOptions()
    return rehearse([held], GivenAudience(people), scenario(60, **rules), out, options=how)


def test_a_plan_sends_so_many_emails_in_a_month(tmp_path: Path) -> None:
    """One a day from the 28th on: two go out in January, two in February."""
    held = flow(email("hello"))
    people = joiners(8, "2026-01-28 10:00", 24)
    summary = limited(tmp_path, held, people, limits=Limits(email=2))
    assert [reason for _, _, reason in tried(tmp_path)] == [
        *(None, None, OVER, OVER),
        *(None, None, OVER, OVER),
    ]
    assert [(one.name, one.at[:16], one.until) for one in summary.decisions] == [
        ("email", "2026-01-29T10:00", "2026-02-01T00:00:00+00:00"),
        ("email", "2026-02-02T10:00", "2026-03-01T00:00:00+00:00"),
    ]
    assert summary.decisions[0].text == (
        "The plan's 2 emails of the month were used up at 29 Jan 2026 10:00 UTC."
    )


def test_months_are_those_of_the_account(tmp_path: Path) -> None:
    """In Tokyo it is February from the 31st of January at 15:00 UTC on."""
    people = joiners(4, "2026-01-31 13:00")
    rules = {"limits": Limits(email=1), "account_timezone": "Asia/Tokyo"}
    limited(tmp_path, flow(email("hello")), people, **rules)
    assert [reason for _, _, reason in tried(tmp_path)] == [None, OVER, None, OVER]


def test_as_many_as_the_plan_allows_need_no_decision(tmp_path: Path) -> None:
    summary = limited(tmp_path, flow(email("hello")), joiners(3), limits=Limits(email=3))
    assert summary.decisions == ()
    assert "decisions" not in json.loads((tmp_path / "run.json").read_text("utf-8"))


def test_a_plan_of_nothing_sends_nothing(tmp_path: Path) -> None:
    limited(tmp_path, flow(email("hello")), joiners(2), limits=Limits(email=0))
    assert [reason for _, _, reason in tried(tmp_path)] == [OVER, OVER]


def test_the_last_messages_of_a_plan_go_to_some_of_those_whose_turn_it_is(tmp_path: Path) -> None:
    people = joiners(40, apart_hours=0)
    limited(tmp_path, flow(email("hello"), email("again")), people, limits=Limits(email=50))
    told = [reason for _, _, reason in tried(tmp_path)]
    assert (told.count(None), told.count(OVER)) == (50, 30)


def test_text_messages_have_a_plan_of_their_own(tmp_path: Path) -> None:
    held = flow(email("hello"), sms("text", sms_quiet_hours_enabled=False))
    people = joiners(3, "2026-01-05 10:00")
    summary = limited(tmp_path, held, people, limits=Limits(sms=1))
    short = "Not Enough Sends Available"
    assert [(action, why) for _, action, why in tried(tmp_path)] == [
        ("hello", None),
        ("text", None),
        *[("hello", None), ("text", short)] * 2,
    ]
    assert summary.decisions[0].text == (
        "The plan's 1 text messages of the month were used up at 5 Jan 2026 10:00 UTC."
    )


def with_coupon(name: str, *more: Json) -> Flow:
    templates = {
        "t": {"html": "<p>{% coupon_code '" + name + "' %}</p>{% unsubscribe %}"},
        "plain": {"html": "<p>Hi</p>{% unsubscribe %}"},
    }
    steps = (email("code", template_id="t"), email("plain", template_id="plain"), *more)
    return flow(*steps, templates=templates)


def test_a_coupon_gives_out_the_codes_that_were_uploaded(tmp_path: Path) -> None:
    coupons = {"SAVE": Coupon(kind="uploaded", codes=2), "OTHER": Coupon(kind="uploaded", codes=1)}
    summary = limited(tmp_path, with_coupon("SAVE"), joiners(4), coupons=coupons)
    none_left = "No More Uploaded Coupons Remain"
    assert [why for _, action, why in tried(tmp_path) if action == "code"] == [
        *(None, None),
        *(none_left, none_left),
    ]
    assert [why for _, action, why in tried(tmp_path) if action == "plain"] == [None] * 4
    assert [(one.name, one.until, one.text) for one in summary.decisions] == [
        (
            "coupon:SAVE",
            None,
            "The 2 codes of the coupon “SAVE” were used up at 5 Jan 2026 01:00 UTC.",
        )
    ]


def test_a_decision_changes_what_is_decided_later(tmp_path: Path) -> None:
    """Of the six emails with a code two go out, so that the third code is never asked for."""
    coupons = {"SAVE": Coupon(kind="uploaded", codes=3)}
    rules = {"coupons": coupons, "limits": Limits(email=4)}
    summary = limited(tmp_path, with_coupon("SAVE"), joiners(6), **rules)
    assert [one.name for one in summary.decisions] == ["email"]


MOST = {"email": 40, "sms": 4}
CODES = 12


def crowd() -> tuple[list[Flow], Scenario]:
    """Two flows whose people share a plan, a coupon and the outcome of a test."""
    settings = {"enabled": True, "automatic_end_statistical_certainty": True}
    test = experiment(
        "test",
        email("a"),
        email("b"),
        automatic_winner_selection_settings=settings | END,
        winner_metric="unique-opens",
    )
    first = flow(test, wait("pause"), email("news"), id="one", name="One")
    coupon = with_coupon("SAVE", sms("text"))
    second = coupon.model_copy(update={"id": "two", "name": "Two"})
    rules = scenario().rules.model_copy(
        update={
            "limits": Limits(email=MOST["email"], sms=MOST["sms"]),
            "coupons": {"SAVE": Coupon(kind="uploaded", codes=CODES)},
        }
    )
    setting = Scenario(days=60, profiles=300, seed=3, rules=rules, behaviour=Behaviour())
    return [first, second], setting


def carried_out(out: Path, **options: Any) -> Summary:
    flows, setting = crowd()
    source = audience_for(flows, setting)
    summary = rehearse(flows, source, setting, out, options=RunOptions(**options))
    return summary.model_copy(update={"seconds": 0.0, "steps_per_second": 0.0})


def test_parts_and_processes_change_nothing(tmp_path: Path) -> None:
    whole = carried_out(tmp_path / "whole")
    assert {one.name for one in whole.decisions} == {"one/test", "email", "sms", "coupon:SAVE"}
    parts = carried_out(tmp_path / "parts", people_per_part=110)
    processes = carried_out(tmp_path / "processes", people_per_part=110, processes=2)
    assert parts == whole == processes
    for name in ("sends", "steps", "events", "enrolments", "changes", "profiles"):
        held = [tmp_path / way / f"{name}.parquet" for way in ("whole", "parts", "processes")]
        assert pq.read_table(held[0]).to_pylist() == pq.read_table(held[1]).to_pylist()
        assert held[1].read_bytes() == held[2].read_bytes()


def test_what_is_decided_holds_in_the_last_pass(tmp_path: Path) -> None:
    """Each plan of a month and the coupon are used to the last, and never beyond."""
    flows, setting = crowd()
    summary = rehearse(flows, audience_for(flows, setting), setting, tmp_path)
    rows = pq.read_table(tmp_path / "sends.parquet").to_pylist()
    went = [row for row in rows if row["status"] == "sent"]
    spent = {(one.name, one.at[:7]) for one in summary.decisions if one.kind == "spent"}
    for channel, most in MOST.items():
        for month in ("2026-01", "2026-02"):
            sent = [r for r in went if r["channel"] == channel and f"{r['at']:%Y-%m}" == month]
            used_up = (channel, month) in spent
            assert len(sent) == most if used_up else len(sent) <= most
    assert len([row for row in went if row["action"] == "code"]) == CODES


def test_stories_know_what_was_decided(tmp_path: Path) -> None:
    source = GivenAudience(joiners(3))
    rehearse([flow(email("hello"))], source, scenario(limits=Limits(email=1)), tmp_path)
    kinds = [[line.kind for line in tell(tmp_path, source, f"p{i}").lines] for i in range(3)]
    assert [("sent" in held, "skipped" in held) for held in kinds] == [
        (True, False),
        (False, True),
        (False, True),
    ]
    [one] = read_run(tmp_path).decisions
    assert (one.kind, one.name, one.until) == ("spent", "email", us(at("2026-02-01 00:00")))


def test_the_passes_can_be_watched_and_stopped(tmp_path: Path) -> None:
    seen: list[str] = []

    def watch(now: Progress) -> None:
        seen.append(now.passes)
        if now.settled:
            raise RunCancelledError

    options = RunOptions(watch=watch)
    with pytest.raises(RunCancelledError):
        limited(tmp_path, flow(email("hello")), joiners(3), options=options, limits=Limits(email=1))
    assert list(dict.fromkeys(seen)) == ["deciding 1 of at most 3", "deciding 2 of at most 3"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["run.json"]


def test_a_run_without_such_things_is_one_pass(tmp_path: Path) -> None:
    seen: list[Progress] = []
    limited(tmp_path, flow(email("hello")), joiners(3), options=RunOptions(watch=seen.append))
    assert {(one.settled, one.matters, one.passes) for one in seen} == {(0, 0, "")}


def names(decisions: Iterable[Decision]) -> list[str]:
    return [one.name for one in decisions]


def test_a_decision_that_is_known_is_not_looked_for_again() -> None:
    known = Decision(kind="winner", name="flow/test", at=0, until=NEVER, choice="a")
    plan: Plan = make_plan([contest(**END)], scenario(), (known,))
    assert (len(Settling(plan)), names(plan.decisions)) == (0, ["flow/test"])
