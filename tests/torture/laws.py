"""Every generated law with many times its usual examples."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
EFFORT = 20


def main(arguments: list[str]) -> tuple[bool, str]:
    """Whether all held, and the line for the page; the effort is the only argument."""
    effort = int(arguments[0]) if arguments else EFFORT
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
    line = (
        f"every generated law with {effort} times its usual examples: {_verdict(done.stdout)}, "
        f"in {(time.monotonic() - started) / 60:.1f} minutes."
    )
    return done.returncode == 0, line


def _verdict(said: str) -> str:
    """What pytest says last: how many passed and failed."""
    found = re.findall(r"(\d+ (?:passed|failed|error)[^=\n]*?) in ", said)
    return found[-1] if found else "no test ran"
