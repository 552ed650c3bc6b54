"""Runs of two people in a flow that is edited in the midst of it.

Becky joined on 5 January and is waiting when the flow is edited on the 7th; Joe joins on the 8th.
"""

from __future__ import annotations

from small_runs import Json, Person, at, email, flow, population, run, scenario, tables, wait
from small_steps import END, GOLD

from flows.document import Flow
from simulator.engine import Engine
from simulator.scenario import Edit

BECKY = Person(joined=at("2026-01-05 10:00"), properties={"tier": "gold"})
JOE = Person(joined=at("2026-01-08 10:00"))
D1, D2, D3 = wait("d1", value=3), wait("d2", value=4), wait("d3", value=5)
E1, E2, E3 = email("e1"), email("e2"), email("e3")
BEFORE = flow(D1, E1, D2, E2)
AS_IT_WAS = {
    "p0": ["e1 01-08 10", "e2 01-12 10"],
    "p1": ["e1 01-11 10", "e2 01-15 10"],
}


def edited(*versions: Flow, days: int = 30, on: tuple[str, ...] = ("01-07", "01-09")) -> Engine:
    """A run in which the second version holds from the 7th on, the third from the 9th."""
    first, *later = versions
    edits = tuple(
        Edit(at=at(f"2026-{day} 00:00"), flow=version)
        for day, version in zip(on, later, strict=False)
    )
    setting = scenario(days=days).model_copy(update={"edits": edits})
    return run(first, population(BECKY, JOE), setting)


def got(engine: Engine) -> dict[str, list[str]]:
    """What each was sent, and when."""
    found: dict[str, list[str]] = {"p0": [], "p1": []}
    for row in tables(engine)["sends"]:
        told = f"{row['action']} {row['at']:%m-%d %H}"
        found[row["profile"]].append(told if row["reason"] is None else f"{told} {row['reason']}")
    return found


def left(engine: Engine) -> list[tuple[str, str | None]]:
    """When and why each left."""
    return [
        (f"{row['left_at']:%m-%d %H}" if row["left_at"] else "", row["left_because"])
        for row in tables(engine)["enrolments"]
    ]


def split(yes: str, no: str) -> Json:
    """A split of the tier gold and everybody else."""
    links = {"next_if_true": yes, "next_if_false": no}
    return {
        "id": "split",
        "type": "conditional-split",
        "data": {"profile_filter": GOLD},
        "links": links,
    }


YES, NO = email("yes") | {"links": END}, email("no") | {"links": END}
SPLIT = flow(D1, split("yes", "no"), YES, NO)
