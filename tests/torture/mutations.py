"""A million mutated documents: reading never fails, and what is read is given back as it was.

`python -m tests.torture mutations` tries them on two processes; `--count`, `--first` (to go on
where a run ended) and `--processes` say how many, which, and on how many.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field
from random import Random
from typing import get_args

from flows.checks import check
from flows.digits import write
from flows.document import Flow, dump
from flows.envelopes import Form
from flows.klaviyo import looks_like_klaviyo, to_klaviyo
from flows.loading import Loaded, read
from flows.parsing import parse
from tests.torture.corpus import corpus
from tests.torture.mutating import mutated

COUNT = int(os.environ.get("REHEARSAL_MUTATIONS", "1_000_000"))
"""How many documents are tried."""
CHUNK = 2_000
SHOWN = 50
"""How many failures are told one by one."""


@dataclass
class Tally:
    """What came of some documents."""

    tried: int = 0
    read: int = 0
    flawed: int = 0
    failures: list[str] = field(default_factory=list)
    codes: Counter[str] = field(default_factory=Counter)

    def add(self, other: Tally) -> None:
        """Count another tally in."""
        self.tried += other.tried
        self.read += other.read
        self.flawed += other.flawed
        self.failures += other.failures
        self.codes.update(other.codes)

    def __str__(self) -> str:
        """The tally in a line."""
        refused = self.tried - self.read
        return (
            f"{self.tried:,} documents: {self.read:,} read ({self.flawed:,} with problems), "
            f"{refused:,} refused with a place, {len(self.failures):,} failures"
        )


def document(seed: int) -> str:
    """The text of the mutated document with this number."""
    chance = Random(seed)
    bases = corpus()
    return mutated(chance.choice(bases), bases, chance)


def try_one(seed: int, tally: Tally) -> None:
    """Read one document, and count what came of it."""
    tally.tried += 1
    try:
        text = document(seed)
        loaded = read(text)
        wrong = _wrong(text, loaded, thorough=seed % 16 == 0)
    except Exception as error:
        frame = error.__traceback__
        while frame and frame.tb_next:
            frame = frame.tb_next
        place = f"{frame.tb_frame.f_code.co_filename}:{frame.tb_lineno}" if frame else ""
        wrong = f"{type(error).__name__} at {place}: {str(error)[:200]}"
    else:
        tally.read += loaded.flow is not None
        tally.flawed += loaded.flow is not None and bool(loaded.problems)
        tally.codes.update({problem.code for problem in loaded.problems})
    if wrong:
        tally.failures.append(f"{seed}: {wrong}")


def _wrong(text: str, loaded: Loaded, *, thorough: bool) -> str:
    """What is wrong with what came of a document; nothing if all is well."""
    if any(not one.where or not one.text for one in loaded.problems):
        return "a problem without a place or a text"
    flow = loaded.flow
    if flow is None:
        return "" if loaded.problems else "refused without a reason"
    if any(not one.where.startswith("$") for one in check(flow)):
        return "a finding without a place"
    if not any(summaries(flow)):
        return "no summary"
    if any(one.code == "D09" for one in loaded.problems):
        return ""
    return _lost(text, flow) or (_unstable(flow) if thorough else "")


def summaries(flow: Flow) -> Iterator[str]:
    """The lines in which lists and cards show a flow."""

    def names(identifier: str) -> str:
        return flow.names.get(identifier, identifier)

    yield f"{flow.name} ({flow.status}), {len(flow.actions)} steps"
    for trigger in flow.triggers:
        yield trigger.sentence(names)
    for action in flow.actions:
        yield action.sentence(names)


def _lost(text: str, flow: Flow) -> str:
    """Whether the document does not come back, key by key and digit by digit."""
    given, _ = parse(text, "flow.json")
    back = to_klaviyo(flow, None) if looks_like_klaviyo(given) else flow.to_json()
    return "" if write(back) == write(given) else "it does not come back as it was"


def _unstable(flow: Flow) -> str:
    """Whether another form, the shelf or a worker makes something else of the flow."""
    for form in get_args(Form):
        json.dumps(to_klaviyo(flow, form))
    again = read(dump(flow)).flow
    if again is None or write(to_klaviyo(again, None)) != write(to_klaviyo(flow, None)):
        return "the native document holds something else"
    sent = Flow.model_validate_json(flow.model_dump_json(exclude_unset=True))
    return "" if sent.by_id.keys() == flow.by_id.keys() else "a worker gets other steps"


def chunk(first: int, count: int) -> Tally:
    """The tally of the documents from `first` on."""
    tally = Tally()
    for seed in range(first, first + count):
        try_one(seed, tally)
    return tally


def run(first: int, count: int, processes: int) -> Tally:
    """Try them all, telling how it goes."""
    tally, started = Tally(), time.monotonic()
    with ProcessPoolExecutor(processes) as pool:
        parts = [
            pool.submit(chunk, at, min(CHUNK, first + count - at))
            for at in range(first, first + count, CHUNK)
        ]
        for i, part in enumerate(as_completed(parts), 1):
            found = part.result()
            room = max(SHOWN - len(tally.failures), 0)
            sys.stdout.writelines(f"{failure}\n" for failure in found.failures[:room])
            tally.add(found)
            if i % 10 == 0 or i == len(parts):
                rate = tally.tried / (time.monotonic() - started)
                sys.stdout.write(f"{tally}, {rate:,.0f}/s\n")
                sys.stdout.flush()
    return tally


def main(arguments: list[str]) -> tuple[bool, str]:
    """Whether all went well, and the line for the page."""
    parser = argparse.ArgumentParser(prog="python -m tests.torture mutations")
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--count", type=int, default=COUNT)
    parser.add_argument("--processes", type=int, default=2)
    asked = parser.parse_args(arguments)
    started = time.monotonic()
    tally = run(asked.first, asked.count, asked.processes)
    minutes = (time.monotonic() - started) / 60
    rate = tally.tried / (minutes * 60)
    line = f"mutated {tally}, in {minutes:.1f} minutes, {rate:,.0f} a second."
    return not tally.failures, line
