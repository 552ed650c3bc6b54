"""The picture of a flow: what its cards say, and where they stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from editor.layout import Layout, Route, Spot
from editor.skeleton import TRIGGER
from flows.actions import ACTIONS
from flows.actions.base import Action
from flows.conditions.base import Names
from flows.document import Flow
from flows.face import Group
from flows.problem import Problem, Severity
from flows.titles import plain, title

RANK: dict[Severity, int] = {"error": 0, "warning": 1, "hint": 2}


@dataclass(frozen=True, slots=True)
class Card:
    """A rectangle with words. `target` is where a jump leads; `ways` are a split's branches."""

    id: str
    kind: Literal["trigger", "card", "pill", "end", "jump"]
    group: str
    icon: str
    title: str
    text: str
    status: str | None = None
    severity: Severity | None = None
    findings: str = ""
    note: str = ""
    target: str | None = None
    ways: tuple[tuple[str, str], ...] = ()
    apart: bool = False


@dataclass(frozen=True, slots=True)
class View:
    """Cards, their places and routes by id, with the session's revision that they show."""

    revision: int
    cards: dict[str, Card]
    spots: dict[str, Spot]
    edges: dict[str, Route]


@dataclass(frozen=True, slots=True)
class Choice:
    """A step that can be inserted."""

    type: str
    label: str
    icon: str
    help: str
    group: Group


def choices() -> tuple[Choice, ...]:
    """Every type of step, in the order of the language."""
    return tuple(Choice(kind.model_fields["type"].default, *_face(kind)) for kind in ACTIONS)


def _face(kind: type[Action]) -> tuple[str, str, str, Group]:
    return kind.face.label, kind.face.icon, kind.face.help, kind.face.group


def picture(
    flow: Flow, layout: Layout, problems: Iterable[Problem] = (), revision: int = 0
) -> View:
    """Everything that the canvas draws."""
    names, found = Names(flow.names), _by_card(problems)
    cards = {TRIGGER: _trigger(flow, found.get(TRIGGER, []), names)}
    spots = dict(layout.cards)
    for key, action in flow.by_id.items():
        card = _card(action, found.get(key, []), flow)
        cards[key] = _apart(card) if key in layout.apart else card
    for edge in layout.edges:
        if edge.id in layout.ends:
            cards[f"{edge.id}@"] = _end(edge, flow)
            spots[f"{edge.id}@"] = layout.ends[edge.id]
    return View(revision, cards, spots, {edge.id: edge for edge in layout.edges})


def _trigger(flow: Flow, problems: list[Problem], names: Names) -> Card:
    trigger = flow.trigger
    return Card(
        TRIGGER,
        "trigger",
        "trigger",
        trigger.face.icon if trigger else "bolt",
        capital(trigger.sentence(names)) if trigger else "Choose what starts this flow",
        f"Flow filter: {flow.profile_filter.sentence(names)}" if flow.profile_filter else "",
        None,
        *_findings(problems),
    )


def _card(action: Action, problems: list[Problem], flow: Flow) -> Card:
    names = Names(flow.names)
    ways, name = action.ways(), title(action)
    text = capital(plain(action.sentence(names)))
    return Card(
        action.key,
        "pill" if action.face.group == "timing" else "card",
        action.face.group,
        action.face.icon,
        name,
        text if text != name else action.face.label,
        action.status if action.status != flow.status else None,
        *_findings(problems),
        ways=tuple((way.name, way.label) for way in ways) if len(ways) > 1 else (),
    )


def _apart(card: Card) -> Card:
    note = "Nobody reaches this step: no link leads to it."
    return replace(card, apart=True, note=note)


def _end(edge: Route, flow: Flow) -> Card:
    if edge.kind == "jump" and edge.target:
        words = f"Goes to {title(flow.action(edge.target))}"
        return Card(f"{edge.id}@", "jump", "other", "redo", "Go to", words, target=edge.target)
    return Card(f"{edge.id}@", "end", "other", "logout", "Exit", "The flow ends here")


def capital(sentence: str) -> str:
    """The sentence as it stands by itself; an address stays as it is."""
    return sentence if "://" in sentence.split(" ", 1)[0] else sentence[:1].upper() + sentence[1:]


def _by_card(problems: Iterable[Problem]) -> dict[str, list[Problem]]:
    """Problems by card, the worst first; what belongs to no step stands on the trigger."""
    found: dict[str, list[Problem]] = {}
    for problem in sorted(problems, key=lambda one: RANK[one.severity]):
        found.setdefault(problem.action_id or TRIGGER, []).append(problem)
    return found


def _findings(problems: list[Problem]) -> tuple[Severity | None, str]:
    if not problems:
        return None, ""
    return problems[0].severity, "\n".join(problem.text for problem in problems[:5])
