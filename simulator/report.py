"""What a run comes to: counts by flow, action and channel. The shape of `summary.json`."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from flows.part import Part


class ActionReport(Part):
    """One action's counts. `left` counts by way out, `skipped` by reason."""

    type: str
    arrived: int = 0
    left: dict[str, int] = Field(default_factory=dict)
    waiting: int = 0
    sent: int = 0
    skipped: dict[str, int] = Field(default_factory=dict)
    opened: int = 0
    clicked: int = 0
    orders: int = 0
    """Orders that people placed after clicking the message."""
    revenue: float = 0.0
    unsubscribed: int = 0
    variations: dict[str, int] = Field(default_factory=dict)
    """Sent by variation of an A/B test."""


class FlowReport(Part):
    """One flow's counts; `turned_away` counts those who came and did not enter, by reason."""

    id: str
    name: str
    fingerprint: str
    enrolled: int = 0
    added: int = 0
    """Those among them who were added from before the run."""
    finished: int = 0
    waiting: int = 0
    left: dict[str, int] = Field(default_factory=dict)
    turned_away: dict[str, int] = Field(default_factory=dict)
    actions: dict[str, ActionReport] = Field(default_factory=dict)


class ChannelReport(Part):
    """One channel over all flows."""

    sent: int = 0
    skipped: dict[str, int] = Field(default_factory=dict)


class DecisionReport(Part):
    """What the whole crowd settled: a test was won, or something was used up."""

    kind: Literal["winner", "spent"]
    name: str
    """`flow/action` of a test; `email`, `sms` or `coupon:NAME` of what was used up."""
    at: str
    until: str | None = None
    """When a new month begins; None for good."""
    choice: str = ""
    text: str = ""
    """The same in one sentence."""


class Summary(Part):
    """A whole run. `orders` and `revenue` count every order inside the run, whatever led to it."""

    version: str
    seed: int
    start: str
    days: int
    profiles: int
    flows: tuple[FlowReport, ...]
    channels: dict[str, ChannelReport] = Field(default_factory=dict)
    events: dict[str, int] = Field(default_factory=dict)
    orders: int = 0
    revenue: float = 0.0
    orders_after_click: int = 0
    revenue_after_click: float = 0.0
    steps: int = 0
    decisions: tuple[DecisionReport, ...] = ()
    """By time."""
    seconds: float = 0.0
    steps_per_second: float = 0.0


class Progress(Part):
    """How far a run has come, for whoever watches it."""

    share: float
    """0 to 1."""
    steps: int
    arrived: tuple[dict[str, int], ...]
    """Per flow, arrivals by action id so far."""
    left: tuple[dict[str, dict[str, int]], ...]
    """Per flow, departures by action id and way out so far."""
    sent: int
    settled: int = 0
    """How much the crowd has decided: the people run once more after each decision."""
    matters: int = 0
    """How much it may decide; 0 where nothing couples people, so that one pass is all."""

    @property
    def passes(self) -> str:
        """Which pass this is, in words; nothing where there is but one."""
        return f"deciding {self.settled + 1} of at most {self.matters}" if self.matters else ""
