"""Two runs side by side: the figures, the messages, and what was set or written differently."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from app import figures
from app.figures import MessageRow
from flows.actions.base import Action
from flows.conditions.base import Names
from flows.document import Flow, fingerprint
from flows.titles import plain, title
from simulator.report import Summary
from simulator.scenario import Scenario
from storage.run_store import Run

Good = Literal["more", "less", "neither"]


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """A finished run with what it was run on."""

    title: str
    summary: Summary
    flows: tuple[Flow, ...]
    scenario: Scenario


@dataclass(frozen=True, slots=True)
class Pair:
    """One figure of both runs; `good` says which way is the better one."""

    label: str
    a: float
    b: float
    good: Good = "more"
    money: bool = False

    @property
    def change(self) -> float:
        """By how much the second run is above the first."""
        return self.b - self.a

    @property
    def verdict(self) -> Literal["better", "worse", "same", "other"]:
        """How the second run does against the first."""
        if self.a == self.b:
            return "same"
        if self.good == "neither":
            return "other"
        return "better" if (self.change > 0) == (self.good == "more") else "worse"


@dataclass(frozen=True, slots=True)
class MessagePair:
    """One message in both runs; None where a run has no such message."""

    label: str
    icon: str
    a: MessageRow | None
    b: MessageRow | None


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that was set or written differently; empty where a run lacks it."""

    what: str
    a: str
    b: str


LABELS: dict[str, tuple[str, Good]] = {
    "people": ("People", "neither"),
    "entered": ("Entered", "more"),
    "finished": ("Finished", "neither"),
    "waiting": ("Still in the flow", "neither"),
    "sent": ("Messages sent", "neither"),
    "skipped": ("Skipped", "less"),
    "orders": ("Orders", "more"),
    "revenue": ("Revenue", "more"),
    "orders_after_click": ("Orders after a click", "more"),
    "revenue_after_click": ("Revenue after a click", "more"),
    "unsubscribed": ("Unsubscribed", "less"),
}


_WORDS = {"seed": "chance", "profiles": "people", "start": "first day"}
"""What the pages call settings whose names say less."""


def figure_pairs(a: Summary, b: Summary, *, per: int = 0) -> tuple[Pair, ...]:
    """The runs' totals, figure by figure; with `per`, as if so many people had taken part."""
    first, second = figures.totals(a), figures.totals(b)
    shares = [per / max(run.people, 1) if per else 1 for run in (first, second)]
    return tuple(
        Pair(
            label,
            getattr(first, name) * shares[0],
            getattr(second, name) * shares[1],
            good,
            name.startswith("revenue"),
        )
        for name, (label, good) in LABELS.items()
        if not (per and name == "people")
    )


def earlier_run(run: Run, done: Sequence[Run]) -> str:
    """The id of the run to hold this one against: the last before it of the same flows, else the
    last before it, else none; `done` has the latest first.
    """
    before = [one for one in done if one.created_at < run.created_at]
    alike = [one for one in before if set(one.flow_ids) == set(run.flow_ids)]
    return next((one.id for one in (*alike, *before)), "")


def message_pairs(a: Rehearsed, b: Rehearsed) -> tuple[MessagePair, ...]:
    """Messages matched by flow and step: those of the second run first, then those it lacks."""
    first, second = _rows(a), _rows(b)
    keys = [*second, *(key for key in first if key not in second)]
    return tuple(_message_pair(first.get(key), second.get(key)) for key in keys)


def _rows(run: Rehearsed) -> dict[tuple[str, str], MessageRow]:
    return {
        (report.id, row.action_id): row
        for report, flow in zip(run.summary.flows, run.flows, strict=True)
        for row in figures.message_rows(report, flow)
    }


def _message_pair(a: MessageRow | None, b: MessageRow | None) -> MessagePair:
    shown = b or a
    assert shown is not None
    return MessagePair(shown.label, shown.icon, a, b)


def setting_differences(a: Scenario, b: Scenario) -> tuple[Difference, ...]:
    """Every leaf of the scenarios that differs, named by its path in words."""
    first = dict(_leaves(a.model_dump(mode="json")))
    second = dict(_leaves(b.model_dump(mode="json")))
    keys = [*first, *(key for key in second if key not in first)]
    return tuple(
        Difference(_in_words(key), _text(first.get(key)), _text(second.get(key)))
        for key in keys
        if first.get(key) != second.get(key)
    )


def _leaves(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    if isinstance(value, Mapping) and value:
        for key, inner in value.items():
            yield from _leaves(inner, (*path, str(key)))
    elif isinstance(value, list | tuple):
        yield path, ", ".join(map(str, value))
    else:
        yield path, value


def _in_words(path: Sequence[str]) -> str:
    words = [_WORDS.get(part, part.replace("_", " ")) for part in path]
    return " · ".join(words).capitalize()


def _text(value: Any) -> str:
    if value is None:
        return "–"
    return (
        {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)
    )


def flow_differences(a: Sequence[Flow], b: Sequence[Flow]) -> tuple[Difference, ...]:
    """Steps, triggers and filters that differ, flow by flow (matched by id, else by name)."""
    first = {flow.key: flow for flow in a}
    second = {flow.key: flow for flow in b}
    found: list[Difference] = []
    for key in [*first, *(key for key in second if key not in first)]:
        found += _between(first.get(key), second.get(key))
    return tuple(found)


def _between(a: Flow | None, b: Flow | None) -> Iterator[Difference]:
    if a is None or b is None:
        there = a or b
        name = there.name if there else ""
        yield Difference(f"Flow “{name}”", "took part" if a else "", "took part" if b else "")
    elif fingerprint(a) != fingerprint(b):
        yield from _head(a, b)
        yield from _steps(a, b)


def _head(a: Flow, b: Flow) -> Iterator[Difference]:
    parts = (("Trigger", _trigger(a), _trigger(b)), ("Flow filters", _filters(a), _filters(b)))
    for what, first, second in parts:
        if first != second:
            yield Difference(f"{b.name}: {what}", first, second)


def _trigger(flow: Flow) -> str:
    return flow.trigger.sentence(Names(flow.names)) if flow.trigger else ""


def _filters(flow: Flow) -> str:
    return flow.profile_filter.sentence(Names(flow.names)) if flow.profile_filter else ""


def _steps(a: Flow, b: Flow) -> Iterator[Difference]:
    for key in [*b.by_id, *(key for key in a.by_id if key not in b.by_id)]:
        before, after = a.by_id.get(key), b.by_id.get(key)
        if before != after and (shown := after or before):
            old = plain(before.sentence(Names(a.names))) if before else ""
            new = plain(after.sentence(Names(b.names))) if after else ""
            if before and after and old == new:
                old, new = "as it was", _unsaid(before, after)
            yield Difference(f"{b.name}: {title(shown)}", old, new)


def _unsaid(before: Action, after: Action) -> str:
    """What changed in a step that says the same in one line."""
    a, b = before.to_json(), after.to_json()
    inside = {k: v for k, v in a.items() if k != "links"} != {
        k: v for k, v in b.items() if k != "links"
    }
    return "changed inside" if inside else "leads to another step"
