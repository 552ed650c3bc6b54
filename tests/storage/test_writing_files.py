"""Files that are written as a whole or not at all."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from flows.people import Population, Profiles, no_consent
from storage.errors import DiskFullError, FileError
from storage.exchange import Rejected, write_events, write_profiles, write_rejected

PEOPLE = Profiles(
    np.array([f"p{n}" for n in range(100_000)], dtype=object), {}, no_consent(100_000)
)
ROOT = Path(__file__).parents[2]


def test_an_unknown_form_is_named(tmp_path: Path) -> None:
    for path in (tmp_path / "people.xlsx", tmp_path / "people"):
        with pytest.raises(FileError, match="The form of the file is unknown"):
            write_profiles(PEOPLE, path)
        with pytest.raises(FileError, match="The form of the file is unknown"):
            write_events(Population(PEOPLE), path)


@pytest.mark.parametrize("name", ["people.csv", "people.jsonl", "people.parquet"])
def test_a_folder_that_is_not_there_is_named(tmp_path: Path, name: str) -> None:
    with pytest.raises(FileError, match=f"{name}: The file cannot be written"):
        write_profiles(PEOPLE, tmp_path / "nowhere" / name)
    with pytest.raises(FileError, match="cannot be written"):
        write_rejected([Rejected("a:1", "because", "{}")], tmp_path / "nowhere" / "r.jsonl")


@pytest.mark.parametrize("name", ["people.csv", "people.jsonl", "people.parquet"])
def test_a_file_that_grows_too_large_leaves_the_one_before_it_in_place(
    tmp_path: Path, name: str
) -> None:
    (tmp_path / name).write_text("the one before")
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "sys.path.insert(0, sys.argv[2])\n"
        "from test_writing_files import PEOPLE, DiskFullError, write_profiles\n"
        "try:\n"
        "    write_profiles(PEOPLE, Path(sys.argv[1]))\n"
        "except DiskFullError as error:\n"
        "    print(error)\n"
    )
    told = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / name), str(Path(__file__).parent)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (told.stderr, told.stdout.startswith("There is no space left to write")) == ("", True)
    assert (tmp_path / name).read_text() == "the one before"
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_disk_full_says_what_to_do() -> None:
    assert str(DiskFullError("x.csv")) == (
        "There is no space left to write x.csv. What was saved before is safe; "
        "free some space, or delete old runs, and try again."
    )
