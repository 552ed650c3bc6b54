"""Who comes to a flow by an event or a list, and who may enter (semantics B.1)."""

from __future__ import annotations

from small_runs import Person, at, counted, email, flow, on, population, run, tables, wait
from small_steps import entered, membership, sent

MONDAY = at("2026-01-05 10:00")


def test_an_event_before_the_run_starts_nothing_and_one_at_its_end_neither() -> None:
    moments = ["2026-01-04 23:59", "2026-01-05 00:00", "2026-02-03 23:59", "2026-02-04 00:00"]
    person = Person(did=[("Ordered", moment) for moment in moments])
    assert entered(run(flow(email("x"), **on("Ordered")), population(person))) == [
        ("p0", "2026-01-05 00:00"),
        ("p0", "2026-02-03 23:59"),
    ]


def test_a_flow_known_by_the_id_of_a_metric_is_started_by_its_name() -> None:
    held = flow(email("x"), **on("T9sNn9"), names={"T9sNn9": "Ordered"})
    person = Person(did=[("Ordered", "2026-01-05 10:00")])
    assert len(entered(run(held, population(person)))) == 1


def test_emails_received_opened_or_clicked_start_no_flow() -> None:
    person = Person(did=[("Opened Email", "2026-01-05 10:00"), ("Ordered", "2026-01-05 10:00")])
    opened = flow(email("x"), id="opened", **on("OPEN"), names={"OPEN": "Opened Email"})
    received = flow(email("y"), id="received", **on("Received Email"))
    ordered = flow(email("z"), id="ordered", **on("Ordered"))
    engine = run([opened, received, ordered], population(person))
    assert sent(engine) == [("z", "01-05 10:00", None)]


def test_a_step_that_is_not_known_counts_as_one_that_acts() -> None:
    push = {"id": "push", "type": "send-mobile-push", "data": {"status": "live"}}
    held = flow(wait("pause"), push, **on("Ordered"))
    person = Person(did=[("Ordered", "2026-01-05 10:00")])
    steps = tables(run(held, population(person)))["steps"]
    assert [(s["action"], f"{s['left_at']:%d}", s["way_out"]) for s in steps] == [
        ("pause", "06", "next"),
        ("push", "06", "next"),
    ]


def test_two_reasons_to_stay_out_are_told_by_the_first() -> None:
    """Who is blocked by re-entry and by the filter is blocked by re-entry."""
    events = [("Ordered", "2026-01-05 10:00"), ("Ordered", "2026-01-06 10:00")]
    held = flow(
        email("x"),
        **on("Ordered"),
        profile_filter=counted("Ordered", {"type": "date", "operator": "alltime"}, "less-than", 2),
        reentry_criteria={"duration": 1, "unit": "alltime"},
    )
    engine = run(held, population(Person(did=events)))
    assert engine.counts.flows[0].turned_away == {"Re-entry Blocked": 1}


def test_a_segment_is_entered_like_a_list() -> None:
    people = population(Person(joined=MONDAY), Person())
    people.profiles.segments, people.profiles.lists = people.profiles.lists, {}
    held = flow(email("x"), triggers=[{"type": "segment", "id": "news"}])
    assert entered(run(held, people)) == [("p0", "2026-01-05 10:00")]


def test_who_is_a_member_already_does_not_join() -> None:
    add = flow(membership("add", "news", add=True), id="add", **on("Ordered"))
    welcome = flow(email("welcome"), reentry_criteria={"duration": 0, "unit": "alltime"})
    events = [("Ordered", "2026-01-06 10:00")]
    engine = run([add, welcome], population(Person(joined=MONDAY, did=events)))
    assert sent(engine) == [("welcome", "01-05 10:00", None)]


def test_who_is_taken_off_may_join_again() -> None:
    add = membership("add", "news", add=True)
    off = flow(membership("off", "news", add=False), add, id="add", **on("Ordered"))
    welcome = flow(email("welcome"), reentry_criteria={"duration": 0, "unit": "alltime"})
    events = [("Ordered", "2026-01-06 10:00")]
    engine = run([off, welcome], population(Person(joined=MONDAY, did=events)))
    assert sent(engine) == [
        ("welcome", "01-05 10:00", None),
        ("welcome", "01-06 10:00", None),
    ]


def test_who_joins_early_does_not_join_once_more_at_the_time_given() -> None:
    add = flow(membership("add", "news", add=True), id="add", **on("Ordered"))
    welcome = flow(email("welcome"), reentry_criteria={"duration": 0, "unit": "alltime"})
    person = Person(joined=at("2026-01-09 10:00"), did=[("Ordered", "2026-01-06 10:00")])
    engine = run([add, welcome], population(person))
    assert sent(engine) == [("welcome", "01-06 10:00", None)]
    assert engine.counts.flows[1].turned_away == {}


def test_who_was_added_early_and_taken_off_again_joins_by_themselves_all_the_same() -> None:
    add, off = membership("add", "news", add=True), membership("off", "news", add=False)
    flows = [
        flow(add, wait("two days", value=2), off, id="add", **on("Ordered")),
        flow(email("welcome"), reentry_criteria={"duration": 0, "unit": "alltime"}),
    ]
    person = Person(joined=at("2026-01-09 10:00"), did=[("Ordered", "2026-01-06 10:00")])
    assert sent(run(flows, population(person))) == [
        ("welcome", "01-06 10:00", None),
        ("welcome", "01-09 10:00", None),
    ]


def test_who_is_taken_off_before_joining_joins_all_the_same() -> None:
    off = flow(membership("off", "news", add=False), id="off", **on("Ordered"))
    person = Person(joined=at("2026-01-09 10:00"), did=[("Ordered", "2026-01-06 10:00")])
    engine = run([off, flow(email("welcome"))], population(person))
    assert sent(engine) == [("welcome", "01-09 10:00", None)]
