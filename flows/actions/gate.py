"""What stands before every action that does something: status, date, membership, flow filter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from flows.actions import reasons
from flows.actions.base import EXIT, Status, Step, passing
from flows.columns import Bools
from flows.dates import same_date
from flows.rules import Rules
from flows.scene import Scene
from flows.triggers.catalogue import CatalogueTrigger
from flows.triggers.date import DateTrigger
from flows.triggers.groups import ListTrigger, SegmentTrigger


def set_aside(status: Status, rules: Rules, *, configured: bool = True) -> str | None:
    """Why the step acts on nobody, if so: its status, or that it is not set up (semantics B.2)."""
    if status == "disabled":
        return reasons.DISABLED
    if status == "draft" and not rules.as_live:
        return reasons.DRAFT
    if status == "manual" and not rules.as_live:
        return reasons.NEEDS_REVIEW
    return None if configured else reasons.UNCONFIGURED


def noted(scene: Scene, reason: str) -> Step:
    """Everybody passes with the reason; out of a date flow where the date has moved.

    By a step that is passed by, all pass.
    """
    note = np.full(len(scene), reasons.CODE[reason], dtype=np.int16)
    step = passing(scene, note=note, notes=reasons.NOTES)
    return step if reason in reasons.PASSED_BY else leaving_on_moved_date(scene, step)


def still_member(scene: Scene) -> Bools | None:
    """Who is still in the list or segment that starts the flow; None for other triggers."""
    trigger = scene.flow.trigger
    if not isinstance(trigger, ListTrigger | SegmentTrigger) or not trigger.id:
        return None
    return scene.joined(trigger.id) <= scene.now


def passes_flow_filter(scene: Scene) -> Bools | None:
    """Who passes the flow's own filter now; None where there is none."""
    held = scene.flow.profile_filter
    return held.test(scene) if held and held.condition_groups else None


def date_moved(scene: Scene) -> Bools | None:
    """In a date flow: whose date is no longer the one the run is about (semantics B.3)."""
    trigger = scene.flow.trigger
    if not isinstance(trigger, DateTrigger):
        return None
    return ~same_date(trigger.dates(scene), scene.target_day, trigger.recurrence_frequency)


def _step_checks(scene: Scene) -> Iterator[tuple[str, Bools]]:
    """What every step asks that does something: checks 4 and 5, with the rows they stop (B.4)."""
    member = still_member(scene)
    if member is not None:
        yield reasons.NO_LONGER_IN_LIST, ~member
    passed = passes_flow_filter(scene)
    if passed is not None:
        yield reasons.FAILS_FLOW_FILTERS, ~passed


def gate_checks(scene: Scene) -> Iterator[tuple[str, Bools]]:
    """Checks 4 to 6 of a send, each reason with the rows that it stops (semantics B.4)."""
    yield from _step_checks(scene)
    if isinstance(scene.flow.trigger, CatalogueTrigger):
        yield reasons.FAILS_FLOW_FILTERS, ~scene.still_wanted()


def refusals(scene: Scene) -> NDArray[np.int16]:
    """For what is no message: the first check of membership and filter that stops each row.

    A code of NOTES; -1 for none.
    """
    note = np.full(len(scene), -1, dtype=np.int16)
    for reason, stopped in _step_checks(scene):
        note[stopped & (note < 0)] = reasons.CODE[reason]
    return note


def leaving_on_moved_date(scene: Scene, step: Step) -> Step:
    """The step, with those whose date has moved leaving the flow instead, nothing done."""
    moved = date_moved(scene)
    if moved is None or not moved.any():
        return step
    note = np.full(len(scene), -1, dtype=np.int16) if step.note is None else step.note.copy()
    note[moved] = reasons.CODE[reasons.DATE_CHANGED]
    sends = step.sends
    if sends:
        kept = np.where(moved, reasons.NOT_TRIED, sends.reason).astype(np.int8)
        sends = replace(sends, reason=kept)
    return Step(
        np.where(moved, EXIT, step.way).astype(np.int16),
        np.where(moved, scene.now, step.leave_at),
        note,
        reasons.NOTES,
        sends,
        tuple(replace(change, rows=change.rows & ~moved) for change in step.changes),
    )
