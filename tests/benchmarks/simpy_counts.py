"""What both sides are held to: the counts of a run, out of a summary or out of rows."""

from __future__ import annotations

from collections import Counter
from typing import Any

from simulator.report import Summary
from tests.benchmarks.simpy_peer import Logs

Counts = dict[str, Any]


def wanted_counts(summary: Summary) -> Counts:
    """The counts of a run of one flow, by name; those of steps by step."""
    flow = summary.flows[0]
    found: Counts = {
        "steps": summary.steps,
        "enrolled": flow.enrolled,
        "finished": flow.finished,
        "waiting": flow.waiting,
        "turned away": flow.turned_away,
        "events": summary.events,
    }
    for key, action in flow.actions.items():
        found[key] = {
            "arrived": action.arrived,
            "waiting": action.waiting,
            "left": action.left,
            "sent": action.sent,
            "skipped": action.skipped,
        }
    return found


def counts(logs: Logs) -> Counts:
    """The same out of rows."""
    ends = Counter(row[5] for row in logs.enrolments)
    found: Counts = {
        "steps": logs.taken,
        "enrolled": len(logs.enrolments),
        "finished": ends["finished"],
        "waiting": ends[None],
        "turned away": dict(logs.turned_away),
        "events": dict(Counter(row[1] for row in logs.events)),
    }
    arrived = Counter(row[3] for row in logs.steps)
    left = Counter((row[3], row[6]) for row in logs.steps)
    sends = Counter((row[3], row[8]) for row in logs.sends)
    for key, number in arrived.items():
        found[key] = {
            "arrived": number,
            "waiting": left[key, None],
            "left": {way: n for (step, way), n in left.items() if step == key and way},
            "sent": sends[key, None],
            "skipped": {why: n for (step, why), n in sends.items() if step == key and why},
        }
    return found
