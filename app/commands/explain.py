"""`rehearsal explain`: one person's story."""

from __future__ import annotations

import dataclasses
import json
import sys
from pathlib import Path

from app.given import source_of_run
from simulator.story import Story, tell


def explain_person(folder: Path, profile_id: str, *, as_json: bool) -> None:
    """Print the story of one person out of the run in `folder`."""
    story = tell(folder, source_of_run(folder), profile_id)
    sys.stdout.write(as_document(story) if as_json else in_words(story))


def as_document(story: Story) -> str:
    """The story as JSON, times in ISO."""
    lines = [
        {k: v for k, v in dataclasses.asdict(line).items() if k != "order"} for line in story.lines
    ]
    document = {"profile_id": story.profile_id, "profile": story.profile, "lines": lines}
    return json.dumps(document, indent=2, ensure_ascii=False, default=_plain) + "\n"


def _plain(value: object) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def in_words(story: Story) -> str:
    """The story for a reader: a moment, what happened, and why, a line each."""
    name = " ".join(
        str(story.profile[key]) for key in ("first_name", "last_name") if key in story.profile
    )
    head = f"{story.profile_id} {name}".strip()
    out = [head, "=" * len(head)]
    if not story.lines:
        out.append("Nothing happened to this person in the run.")
    for line in story.lines:
        flow = f"  [{line.flow}]" if line.flow else ""
        out.append(f"{line.at:%Y-%m-%d %H:%M:%S}  {line.title}{flow}")
        said = line.until is None or " UTC" in line.why
        until = "" if said else f" Until {line.until:%Y-%m-%d %H:%M:%S} UTC."
        out.append(f"{'':21}{line.why}{until}")
    return "\n".join(out) + "\n"
