"""Decisions told to a reader."""

from __future__ import annotations

from datetime import UTC, datetime

from flows.columns import NEVER
from flows.conditions.base import Names
from flows.decisions import COUPON, Decision, contest
from flows.rules import Rules
from flows.titles import described
from simulator.plan import Plan
from simulator.report import DecisionReport


def decision_reports(plan: Plan) -> tuple[DecisionReport, ...]:
    """What was decided in a run, in the order in which it was."""
    return tuple(
        DecisionReport(
            kind=one.kind,
            name=one.name,
            at=_moment(one.at).isoformat(),
            until=None if one.until == NEVER else _moment(one.until).isoformat(),
            choice=one.choice,
            text=_text(plan, one),
        )
        for one in plan.decisions
    )


def _moment(time: int) -> datetime:
    return datetime.fromtimestamp(time / 1e6, UTC)


def _text(plan: Plan, one: Decision) -> str:
    at = _moment(one.at)
    when = f"{at.day} {at:%b %Y %H:%M} UTC"
    if one.kind == "winner":
        return f"Version {one.choice} won the test {_test(plan, one.name)} at {when}."
    what = _stock(plan.scenario.rules, one)
    return f"{what} were used up at {when}."


def _test(plan: Plan, name: str) -> str:
    """“step” of “flow”."""
    for place in plan.places:
        flow = plan.flows[place.flow]
        if contest(flow.key, place.action.key) == name:
            return f"“{described(place.action, Names(plan.names))}” of “{flow.name}”"
    return f"“{name}”"


def _stock(rules: Rules, one: Decision) -> str:
    if one.name.startswith(COUPON):
        name = one.name.removeprefix(COUPON)
        coupon = (rules.coupons or {}).get(name)
        return f"The {coupon.codes if coupon else 0:,} codes of the coupon “{name}”"
    number, things = (
        (rules.limits.email, "emails")
        if one.name == "email"
        else (rules.limits.sms, "text messages")
    )
    return f"The plan's {number or 0:,} {things} of the month"
