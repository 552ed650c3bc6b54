"""`rehearsal check`: the problems of flows."""

from __future__ import annotations

import dataclasses
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from app.commands.files import load, placed
from app.commands.refusals import UnusableError
from flows.checks import check
from flows.problem import Problem

UNREADABLE = frozenset({"D01", "D02", "D03", "D04", "D05"})
"""Codes of documents that are no flows at all: too large, not JSON, of a newer format."""


def check_flows(paths: Sequence[Path], *, as_json: bool) -> int:
    """Print the problems of each file; 1 if there is an error or a warning among them, else 0.

    UnusableError for a file that holds no flow.
    """
    found = {str(path): problems_of(path) for path in paths}
    for name, problems in found.items():
        for one in problems:
            if one.code in UNREADABLE:
                raise UnusableError(placed(name, one))
    if as_json:
        listed = {p: [dataclasses.asdict(one) for one in found[p]] for p in found}
        sys.stdout.write(json.dumps(listed, indent=2, ensure_ascii=False) + "\n")
    else:
        for name, problems in found.items():
            sys.stdout.write(in_words(name, problems))
    return int(any(one.severity != "hint" for problems in found.values() for one in problems))


def problems_of(path: Path) -> tuple[Problem, ...]:
    """What reading and checking a file brings to light, each once."""
    loaded = load(path)
    checked = check(loaded.flow) if loaded.flow else ()
    placed = tuple(loaded.place(problem) for problem in checked)
    return tuple(dict.fromkeys((*loaded.problems, *placed)))


def in_words(name: str, problems: Sequence[Problem]) -> str:
    """The problems of one file for a reader, the worst first."""
    if not problems:
        return f"{name}: no problems\n"
    order = {"error": 0, "warning": 1, "hint": 2}
    lines = [f"{name}: {len(problems)} {'problem' if len(problems) == 1 else 'problems'}"]
    for one in sorted(problems, key=lambda problem: order[problem.severity]):
        lines.append(f"  {one.severity:<8}{one.code:<5}{one.where}")
        lines.append(f"          {one.text}{' ' + one.fix if one.fix else ''}")
    return "\n".join(lines) + "\n"
