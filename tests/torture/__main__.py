"""`python -m tests.torture`: every generated law with many times the usual examples.

Takes the effort as its only argument, 20 by default, and writes what came of it to
docs/measurements.md.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from tests.benchmarks.machine import described

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "measurements.md"
BEGIN, END = "<!-- tortured -->", "<!-- /tortured -->"
EFFORT = 20


def main() -> None:
    """Run, write down, and exit as the tests do."""
    effort = int(sys.argv[1]) if len(sys.argv) > 1 else EFFORT
    started = time.monotonic()
    command = [sys.executable, "-m", "pytest", "-q", "-m", "hypothesis", "-n", "2"]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=os.environ | {"REHEARSAL_EFFORT": str(effort)},
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    sys.stdout.write(done.stdout)
    _write(effort, _verdict(done.stdout), time.monotonic() - started)
    sys.exit(done.returncode)


def _verdict(said: str) -> str:
    """What pytest says last: how many passed and failed."""
    found = re.findall(r"(\d+ (?:passed|failed|error)[^=\n]*?) in ", said)
    return found[-1] if found else "no test ran"


def _write(effort: int, verdict: str, seconds: float) -> None:
    text = PAGE.read_text("utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    day = datetime.now(UTC).date().isoformat()
    line = (
        f"{day}, {described()}: every generated law with {effort} times its usual examples: "
        f"{verdict}, in {seconds / 60:.1f} minutes."
    )
    PAGE.write_text(f"{before}{BEGIN}\n\n{line}\n\n{END}{after}", "utf-8")


if __name__ == "__main__":
    main()
