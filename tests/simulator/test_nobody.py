"""An empty flow says why it is empty."""

from small_flows import email, flow

from flows.conditions.base import Names
from flows.document import Flow
from flows.triggers import ListTrigger
from simulator.nobody import why_nobody
from simulator.report import FlowReport

NAMES = Names({"L1": "Newsletter"})


def report(**counts: object) -> FlowReport:
    return FlowReport.model_validate({"id": "f", "name": "F", "fingerprint": "", **counts})


def by_list() -> Flow:
    return flow(email("a")).model_copy(update={"triggers": (ListTrigger(id="L1"),)})


def test_nothing_is_said_where_somebody_entered() -> None:
    assert why_nobody(report(enrolled=1), by_list(), NAMES) == ""


def test_nobody_came() -> None:
    assert why_nobody(report(), by_list(), NAMES) == (
        "Nobody entered: nobody joined the list in these days (Someone joins Newsletter)."
    )


def test_all_were_turned_away() -> None:
    away = report(turned_away={"Late Event": 2, "Fails Flow Filters": 1_200})
    assert why_nobody(away, by_list(), NAMES) == (
        "Nobody entered: 1,202 came, and all were turned away, most by “Fails Flow Filters”."
    )


def test_a_flow_without_a_step_takes_nobody() -> None:
    empty = by_list().model_copy(update={"actions": ()})
    assert why_nobody(report(), empty, NAMES) == (
        "Nobody entered: no step of the flow does anything. Add a message or a change."
    )


def test_nothing_starts_the_flow() -> None:
    without = by_list().model_copy(update={"triggers": ()})
    assert why_nobody(report(), without, NAMES) == (
        "Nobody entered: nothing starts the flow. Choose its trigger."
    )
