"""Rules about the shape of a flow: what nobody reaches, what leads nowhere, what never ends."""

from __future__ import annotations

from collections.abc import Iterator

from flows.checks.words import called, place_of
from flows.document import Flow
from flows.graph import cycles, dangling, pause
from flows.places import where_is, where_leads
from flows.problem import Problem


def broken_links(flow: Flow) -> Iterator[Problem]:
    """L02: a link to a step that is not there."""
    for slot, missing in dangling(flow):
        yield Problem(
            code="L02",
            severity="error",
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
