"""What the whole crowd settles in the middle of a run, and every person then lives by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from flows.columns import NEVER, Bools

if TYPE_CHECKING:
    from flows.scene import Scene

TURN = "turn"
"""The purpose of the chance that says whose turn it is when many want the last one at once."""


COUPON = "coupon:"
"""Before the name of a coupon, where its codes are what may be used up."""


def contest(flow: str, action: str) -> str:
    """What decisions call the test of this step of this flow, by their keys."""
    return f"{flow}/{action}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """From `at` up to `until` (excluded), in µs: a test is won, or something is used up.

    Of a test `name` is `flow/action` and `choice` the version that won, or ``main``; of what is
    used up it is `email` or `sms` for the plan's messages, or `coupon:NAME` for its codes.
    """

    kind: Literal["winner", "spent"]
    name: str
    at: int
    until: int = NEVER
    choice: str = ""
    turn: float = 1.0
    """Of those who ask in the very last µs before `at`, the ones whose `turn` chance lies below
    this still get it: the last of something is given out one by one."""


def used_up(scene: Scene, name: str) -> Bools | None:
    """Whose time comes when the last of it is gone; None where this never happens in the run."""
    gone: Bools | None = None
    for one in scene.decisions:
        if one.kind != "spent" or one.name != name:
            continue
        now = (scene.now >= one.at) & (scene.now < one.until)
        if one.turn < 1.0:
            at_once = scene.now == one.at - 1
            now |= at_once & (scene.chance(TURN) >= one.turn) if at_once.any() else False
        gone = now if gone is None else gone | now
    return gone
