"""Edited chains of waits and emails, against a plain interpreter that knows no columns."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st
from small_runs import START, Json, Person, email, flow, population, run, scenario, tables, wait

from flows.document import Flow
from simulator.scenario import Edit

WAITS = {"w1": 6, "w2": 20, "w3": 50}
"""Hours of each wait."""
STEPS = (*WAITS, "e1", "e2", "e3")
DAYS = 20
END = START + timedelta(days=DAYS)

chains = st.lists(st.sampled_from(STEPS), unique=True, min_size=1).filter(
    lambda chain: any(key.startswith("e") for key in chain)
)
moments = st.integers(0, 120).map(lambda hours: START + timedelta(hours=hours, minutes=30))
Versions = list[tuple[datetime, list[str]]]


def made(chain: list[str]) -> Flow:
    """The chain as a flow."""
    steps: list[Json] = [
        wait(key, unit="hours", value=WAITS[key]) if key in WAITS else email(key) for key in chain
    ]
    return flow(*steps)


def behind(chain: list[str], key: str) -> str | None:
    """The step behind another one."""
    return next((after for before, after in pairwise(chain) if before == key), None)


def at(versions: Versions, moment: datetime) -> list[str]:
    return [chain for since, chain in versions if since <= moment][-1]


def handed_on(versions: Versions, key: str, since: datetime, due: datetime) -> str | None:
    """Where who waits for a step since a moment belongs when it is due."""
    held: str | None = key
    for (_, old), (when, new) in pairwise(versions):
        if since < when <= due:
            while held is not None and held not in new:
                held = behind(old, held)
    return held


def told(versions: Versions, joined: datetime) -> list[tuple[str, datetime]]:
    """The emails that somebody gets who joins at that moment."""
    sent: list[tuple[str, datetime]] = []
    passed: set[str] = set()
    key: str | None = at(versions, joined)[0]
    since = due = joined
    while key is not None:
        key = handed_on(versions, key, since, due)
        if key is None or due >= END:
            break
        since, chain = due, at(versions, due)
        if key not in passed:
            passed.add(key)
            if key not in WAITS:
                sent.append((key, due))
            elif not any(after not in WAITS for after in chain[chain.index(key) + 1 :]):
                break
            else:
                due += timedelta(hours=WAITS[key])
        key = behind(chain, key)
    return sent


@settings(max_examples=60, deadline=None)
@given(chains, st.lists(st.tuples(moments, chains), max_size=3, unique_by=lambda e: e[0]))
def test_everybody_gets_what_the_plain_rules_say(
    first: list[str], later: list[tuple[datetime, list[str]]]
) -> None:
    joined = [START + timedelta(hours=hours) for hours in (0, 5, 24, 50, 90)]
    edits = tuple(Edit(at=moment, flow=made(chain)) for moment, chain in later)
    setting = scenario(days=DAYS).model_copy(update={"edits": edits})
    engine = run(made(first), population(*(Person(joined=when) for when in joined)), setting)
    found: dict[str, list[tuple[str, datetime]]] = {f"p{i}": [] for i in range(len(joined))}
    for row in tables(engine)["sends"]:
        found[row["profile"]].append((row["action"], row["at"]))
    versions: Versions = sorted([(START, first), *later], key=lambda version: version[0])
    assert found == {f"p{i}": told(versions, when) for i, when in enumerate(joined)}
