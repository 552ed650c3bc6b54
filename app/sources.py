"""The files of people that were uploaded, and how a scenario names them."""

from __future__ import annotations

import uuid
from pathlib import Path, PurePath

from app.errors import UnreadablePeopleError
from app.given import GivenFiles
from flows.part import Part
from simulator.scenario import Scenario

FORMS = (".csv", ".jsonl", ".ndjson", ".parquet")
KEY = "people"
"""Where a stored scenario names its files, beside its own fields."""


class Upload(Part):
    """An uploaded file: `file` is its name in the folder of uploads, `name` what it was called."""

    file: str
    name: str


class PeopleFiles(Part):
    """The people that were uploaded for a run, perhaps with what they did and what they have."""

    profiles: Upload
    events: Upload | None = None
    objects: Upload | None = None

    def paths(self, folder: Path) -> GivenFiles:
        """Where the files lie in the folder of uploads."""
        return GivenFiles(
            folder / self.profiles.file,
            folder / self.events.file if self.events else None,
            folder / self.objects.file if self.objects else None,
        )


def place_for(name: str, folder: Path) -> tuple[Upload, Path]:
    """A free place for an uploaded file; of its own name only a known ending is used."""
    ending = PurePath(name).suffix.lower()
    if ending not in FORMS:
        raise UnreadablePeopleError(name, f"it has to end with {', '.join(FORMS)}.")
    upload = Upload(file=f"{uuid.uuid4().hex}{ending}", name=PurePath(name).name)
    return upload, folder / upload.file


def files_of(scenario: Scenario) -> PeopleFiles | None:
    """The files a scenario names; None for made-up people."""
    named = (scenario.model_extra or {}).get(KEY)
    return PeopleFiles.model_validate(named) if named else None


def with_files(scenario: Scenario, files: PeopleFiles | None) -> Scenario:
    """The same scenario over these files, or over made-up people."""
    document = {k: v for k, v in scenario.to_json().items() if k != KEY}
    return Scenario.model_validate(document | ({KEY: files.to_json()} if files else {}))
