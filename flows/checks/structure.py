"""Rules about the shape of a flow: what nobody reaches, what leads nowhere, what never ends."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from flows.actions.base import Action
from flows.checks.twins import alike, marks_of
from flows.checks.words import called, place_of, title
from flows.document import Flow
from flows.graph import cycles, dangling, longest, order, pause, reachable
from flows.places import steps, where_is, where_leads
from flows.problem import Problem

MOST_STEPS = 50
LONGEST = timedelta(days=91)


def unreachable_steps(flow: Flow) -> Iterator[Problem]:
    """L01: steps at which nobody arrives."""
    reached = reachable(flow)
    for where, action in steps(flow):
        if action.key not in reached:
            yield Problem(
                code="L01",
                severity="error",
                where=where,
                text=f"{called(flow, action)} is never reached: no path from the start leads here.",
                fix="Link it to a path, or remove it.",
                action_id=action.key,
            )


def broken_links(flow: Flow) -> Iterator[Problem]:
    """L02: a link to a step that is not there; whoever comes to it leaves (semantics E23)."""
    for slot, missing in dangling(flow):
        yield Problem(
            code="L02",
            severity="error" if slot.action_id else "warning",
            where=where_leads(flow, slot),
            text=f"{place_of(flow, slot)} leads to “{missing}”, a step that does not exist, "
            "so people leave the flow here.",
            fix="Link it to a step of the flow, or let the path end here.",
            action_id=slot.action_id,
        )


def endless_loops(flow: Flow) -> Iterator[Problem]:
    """L04: steps that lead back to themselves."""
    for loop in cycles(flow):
        first = flow.action(loop[0])
        held = any(pause(flow.action(action_id)) for action_id in loop)
        ending = "again and again" if held else "again and again without a pause"
        yield Problem(
            code="L04",
            severity="error",
            where=where_is(flow, first.key),
            text=f"{len(loop)} steps from {called(flow, first)} on lead back to themselves: "
            f"whoever arrives goes through them {ending}."
            if len(loop) > 1
            else f"{called(flow, first)} leads back to itself.",
            fix="Let the last of them lead on or end; re-entry brings people back.",
            action_id=first.key,
        )


def pointless_ends(flow: Flow) -> Iterator[Problem]:
    """L05: a delay or a split behind which nothing comes."""
    for where, action in steps(flow):
        ways = action.ways()
        if action.known and ways and not any(way.target for way in ways):
            if action.face.group == "timing":
                text = f"{called(flow, action)} is the last step: people wait for nothing."
            elif len(ways) > 1:
                text = f"{called(flow, action)} parts people, but nothing follows on any path."
            else:
                continue
            yield Problem(
                code="L05",
                severity="warning",
                where=where,
                text=text,
                fix="Add what should follow, or remove it.",
                action_id=action.key,
            )


def identical_branches(flow: Flow) -> Iterator[Problem]:
    """L07: a split whose paths do the same."""
    marks = marks_of(flow)
    for where, action in steps(flow):
        ends = [way.target for way in action.ways()]
        if len(ends) > 1 and any(ends) and alike(marks, ends):
            yield Problem(
                code="L07",
                severity="warning",
                where=where,
                text=f"All paths of {called(flow, action)} do the same, so it parts nobody.",
                fix="Change one of the paths, or remove the split.",
                action_id=action.key,
            )


def large_flows(flow: Flow) -> Iterator[Problem]:
    """L08: more steps or days than anybody can oversee."""
    span = longest(flow)
    if len(flow.actions) > MOST_STEPS:
        yield _large(f"The flow has {len(flow.actions)} steps", f"at most {MOST_STEPS}")
    if span > LONGEST:
        yield _large(f"The longest path takes {span.days} days", f"at most {LONGEST.days}")


def _large(text: str, limit: str) -> Problem:
    return Problem(
        code="L08",
        severity="hint",
        where="$.actions",
        text=f"{text}; flows are easier to oversee with {limit}.",
        fix="Split it into several flows if its parts can stand alone.",
    )


def same_names(flow: Flow) -> Iterator[Problem]:
    """L44: steps of one name, which reports cannot tell apart."""
    seen: dict[str, Action] = {}
    places = {action.key: where for where, action in steps(flow)}
    for action_id in order(flow):
        action = flow.action(action_id)
        name = title(action).strip()
        if name and seen.setdefault(name, action) is not action:
            yield Problem(
                code="L44",
                severity="hint",
                where=places[action_id],
                text=f"Two steps are called “{name}”: reports cannot tell them apart.",
                fix="Give each a name of its own.",
                action_id=action_id,
            )


RULES = (
    unreachable_steps,
    broken_links,
    endless_loops,
    pointless_ends,
    identical_branches,
    large_flows,
    same_names,
)
