"""What the whole crowd settles in the middle of a run, and every person then lives by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from flows.columns import NEVER


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
