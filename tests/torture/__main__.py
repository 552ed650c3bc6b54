"""`python -m tests.torture`: what takes too long for the suite, each part by name or all of them.

`laws` takes the effort, 20 by default: `python -m tests.torture laws 50`. `mutations` takes
`--count`, `--first` and `--processes`. `reference` takes how many runs to compare. `templates`
takes `--count`, `--first` and `--processes`, `atheris` the `--minutes`. What came of
a part is written to docs/measurements.md.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from tests.benchmarks.machine import described
from tests.torture import fuzzing, laws, mutations, reference, templates

PAGE = Path(__file__).resolve().parents[2] / "docs" / "measurements.md"
BEGIN, END = "<!-- tortured -->", "<!-- /tortured -->"
Part = Callable[[list[str]], tuple[bool, str]]
PARTS: dict[str, Part] = {
    "atheris": fuzzing.main,
    "laws": laws.main,
    "mutations": mutations.main,
    "reference": reference.main,
    "templates": templates.main,
}
"""Each part takes its arguments, and says whether all went well, in a line for the page."""


def main(arguments: list[str]) -> None:
    """Run the parts named, or all, write down what came of them, and exit as they did."""
    named, rest = arguments[:1], arguments[1:]
    if named and named[0] not in PARTS:
        sys.exit(f"There is no part “{named[0]}”: name one of {', '.join(PARTS)}.")
    well = True
    for name in named or PARTS:
        part_well, line = PARTS[name](rest)
        well &= part_well
        sys.stdout.write(f"{name}: {line}\n")
        text = with_line(PAGE.read_text("utf-8"), name, line)
        PAGE.write_text(text, "utf-8")
    sys.exit(0 if well else 1)


def with_line(page: str, name: str, line: str) -> str:
    """The page with the line of a part, instead of its older one."""
    before, _, rest = page.partition(BEGIN)
    held, _, after = rest.partition(END)
    lines = dict(re.findall(r"^- \*\*(\w+)\*\*, (.*)$", held, re.MULTILINE))
    lines[name] = f"{datetime.now(UTC).date().isoformat()}, {described()}: {line}"
    listed = "\n".join(f"- **{key}**, {lines[key]}" for key in sorted(lines))
    return f"{before}{BEGIN}\n\n{listed}\n\n{END}{after}"


if __name__ == "__main__":
    main(sys.argv[1:])
