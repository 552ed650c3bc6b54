"""Templates found by coverage: `python -m tests.torture atheris --minutes 10`.

Atheris is an optional tool (`pip install "rehearsal[fuzz]"`); without it the part is passed over.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

from tests.torture.template_grammar import template

MINUTES = 10.0
SEEDS = 400
ROOT = Path(__file__).resolve().parents[2]


def main(arguments: list[str]) -> tuple[bool, str]:
    """Whether all went well, and a line for the page."""
    parser = argparse.ArgumentParser(prog="tests.torture atheris")
    parser.add_argument("--minutes", type=float, default=MINUTES)
    asked = parser.parse_args(arguments)
    if find_spec("atheris") is None:
        return True, "passed over, for atheris is not installed"
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder, "corpus")
        corpus.mkdir()
        for seed in range(SEEDS):
            (corpus / str(seed)).write_bytes(b"\x01" + template(seed).encode()[:4000])
        command = [sys.executable, "-m", "tests.torture.atheris_templates", str(asked.minutes)]
        figures = Path(folder, "figures")
        command += [str(corpus), str(Path(folder, "words")), str(figures)]
        done = subprocess.run(command, check=False, cwd=ROOT, capture_output=True, text=True)
        told = figures.read_text("ascii") if figures.exists() else "no figures"
    if done.returncode:
        sys.stderr.write((done.stdout + done.stderr)[-6000:])
    return done.returncode == 0, f"{asked.minutes:g} minutes, {told}, " + (
        "no fault" if done.returncode == 0 else "ended by a fault"
    )
