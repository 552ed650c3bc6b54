"""The command line as scripts use it: files, exit codes, one clear sentence for what is wrong."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from sample_flows import text

ROOT = Path(__file__).resolve().parents[2]
COMMAND = (sys.executable, "-m", "app")
COLUMNS = {
    "enrolments": "profile flow visit entered_at left_at left_because trigger",
    "steps": "profile flow visit action arrived_at left_at way_out note",
    "sends": "profile flow visit action channel variation at status reason",
    "events": "profile metric at value origin",
    "changes": "profile at flow action property list value",
}


def rehearsal(*words: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [*COMMAND, *map(str, words)],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("command-line")
    (made / "flow.json").write_text(text("abandoned-checkout"), "utf-8")
    (made / "birthday.json").write_text(text("birthday"), "utf-8")
    (made / "people.csv").write_text(
        "id,email,first_name,timezone,email_consent,lists\n"
        'a,ada@example.com,Ada,Europe/Paris,subscribed,"{""news"": ""2026-01-06T10:00:00""}"\n'
        "b,bob@example.com,Bob,Nowhere/Land,subscribed,not json\n"
        "a,twin@example.com,Twin,Europe/Paris,subscribed,\n",
        "utf-8",
    )
    return made


@pytest.fixture(scope="module")
def run(folder: Path) -> Path:
    done = rehearsal(
        "run", "flow.json", "--profiles", 500, "--days", 30, "--out", "out", cwd=folder
    )
    assert (done.returncode, done.stderr) == (0, "")
    return folder / "out"


def test_a_run_writes_the_documented_tables_and_summary(run: Path) -> None:
    columns = {name: " ".join(pq.read_schema(run / f"{name}.parquet").names) for name in COLUMNS}
    assert columns == COLUMNS
    summary = json.loads((run / "summary.json").read_text("utf-8"))
    sends = pq.read_table(run / "sends.parquet").to_pylist()
    assert summary["profiles"] == 500
    assert summary["channels"]["email"]["sent"] == len(
        [s for s in sends if s["status"] == "sent" and s["channel"] == "email"]
    )
    assert not (run / ".parts").exists()


def test_the_same_run_again_gives_the_same_bytes(run: Path, folder: Path) -> None:
    words = ("run", "flow.json", "--profiles", 500, "--days", 30, "--out", "again")
    assert rehearsal(*words, cwd=folder).returncode == 0
    for name in COLUMNS:
        again = (folder / "again" / f"{name}.parquet").read_bytes()
        assert again == (run / f"{name}.parquet").read_bytes(), name


def test_explain_tells_what_the_tables_say(run: Path, folder: Path) -> None:
    sends = pq.read_table(run / "sends.parquet").to_pylist()
    profile = sends[0]["profile"]
    done = rehearsal("explain", run, profile, "--json", cwd=folder)
    story = json.loads(done.stdout)
    told = [
        (line["action_id"], line["at"])
        for line in story["lines"]
        if line["kind"] in {"sent", "skipped"}
    ]
    mine = [(s["action"], s["at"].isoformat()) for s in sends if s["profile"] == profile]
    assert told == mine
    assert all(line["why"] for line in story["lines"])


def test_people_from_a_file_are_run_and_bad_rows_are_told(folder: Path) -> None:
    flow = {
        "name": "Hello",
        "triggers": [{"type": "list", "id": "news"}],
        "entry_action_id": "mail",
        "actions": [
            {
                "id": "mail",
                "type": "send-email",
                "links": {"next": None},
                "data": {
                    "status": "live",
                    "message": {"subject_line": "Hello", "template_id": "T"},
                },
            }
        ],
    }
    (folder / "hello.json").write_text(json.dumps(flow), "utf-8")
    words = ("run", "hello.json", "--profiles", "people.csv", "--behaviour", "none")
    done = rehearsal(*words, "--days", 10, "--out", "given", cwd=folder)
    assert done.returncode == 0, done.stderr
    sends = pq.read_table(folder / "given" / "sends.parquet").to_pylist()
    assert [(s["profile"], f"{s['at']:%Y-%m-%d %H:%M}", s["status"]) for s in sends] == [
        ("a", "2026-01-06 10:00", "sent")
    ]
    rejected = (folder / "given" / "rejected.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["where"] for line in rejected] == ["people.csv:3", "people.csv:4"]
    told = rehearsal("explain", "given", "a", cwd=folder)
    assert "Email sent: Hello" in told.stdout


def test_check_says_whether_there_are_problems(folder: Path) -> None:
    assert rehearsal("check", "flow.json", cwd=folder).returncode == 0
    broken = json.loads(text("birthday"))
    broken["entry_action_id"] = "nobody"
    (folder / "dangling.json").write_text(json.dumps(broken), "utf-8")
    done = rehearsal("check", "dangling.json", "--json", cwd=folder)
    problems: list[dict[str, Any]] = json.loads(done.stdout)["dangling.json"]
    assert done.returncode == 1
    assert "$.entry_action_id" in {problem["where"] for problem in problems}


def test_convert_goes_there_and_back(folder: Path) -> None:
    assert rehearsal("convert", "birthday.json", "public.json", cwd=folder).returncode == 0
    public = json.loads((folder / "public.json").read_text("utf-8"))
    assert sorted(public) == ["definition", "name", "status"]
    assert rehearsal("convert", "public.json", "native.json", cwd=folder).returncode == 0
    back = rehearsal("convert", "native.json", "again.json", "--to", "klaviyo", cwd=folder)
    assert back.returncode == 0
    assert json.loads((folder / "again.json").read_text("utf-8")) == public


REFUSED = {
    "no such flow": ("check nowhere.json", "nowhere.json cannot be read"),
    "not json": ("run broken.json --out x", "broken.json:1:6"),
    "not a flow": ("check list.json", "list.json"),
    "a loop": ("run loop.json --out x", "goes round in a circle"),
    "no such person": ("explain out nobody", "no person with the id “nobody”"),
    "no run": ("explain . p0000001", "holds no finished run"),
    "no such people": ("run flow.json --profiles nobody.csv --out x", "nobody.csv"),
    "events alone": ("run flow.json --events e.csv --out x", "--events needs --profiles"),
    "no such behaviour": ("run flow.json --behaviour odd --out x", "“odd”"),
    "nobody": ("run flow.json --profiles 0 --out x", "--profiles is 0"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_used_is_refused_in_one_sentence(name: str, folder: Path, run: Path) -> None:
    assert run.exists()
    (folder / "broken.json").write_text('{"a":', "utf-8")
    (folder / "list.json").write_text("[]", "utf-8")
    _write_loop(folder / "loop.json")
    words, sentence = REFUSED[name]
    done = rehearsal(*words.split(), cwd=folder)
    assert done.returncode == 2
    assert sentence in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def _write_loop(path: Path) -> None:
    def delay(name: str, following: str) -> dict[str, Any]:
        data = {"unit": "days", "value": 1}
        return {"id": name, "type": "time-delay", "data": data, "links": {"next": following}}

    loop = {
        "rehearsal": 1,
        "name": "Loop",
        "triggers": [{"type": "list", "id": "news"}],
        "entry_action_id": "a",
        "actions": [delay("a", "b"), delay("b", "a")],
    }
    path.write_text(json.dumps(loop), "utf-8")


def test_a_run_that_is_interrupted_leaves_no_summary_and_can_be_run_again(folder: Path) -> None:
    words = ["run", "flow.json", "--profiles", "400000", "--out", "cut"]
    process = subprocess.Popen(
        [*COMMAND, *words],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stderr=subprocess.PIPE,
        text=True,
    )
    while not (folder / "cut" / "run.json").exists():
        assert process.poll() is None
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert (process.returncode, said) == (130, "Stopped: cut holds no whole run.\n")
    assert sorted(path.name for path in (folder / "cut").iterdir()) == ["run.json"]
    done = rehearsal("explain", "cut", "p0000001", cwd=folder)
    assert done.returncode == 0
    again = rehearsal("run", "flow.json", "--profiles", 100, "--out", "cut", cwd=folder)
    assert again.returncode == 0
    assert (folder / "cut" / "summary.json").exists()


def test_a_full_disk_is_told_and_nothing_half_written_stays(folder: Path) -> None:
    limited = f"ulimit -f 40; exec {sys.executable} -m app run flow.json --profiles 5000 --out full"
    done = subprocess.run(
        ["bash", "-c", f"trap '' XFSZ; {limited}"],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 2
    assert "could not be written" in done.stderr
    assert "Traceback" not in done.stderr
    assert not list((folder / "full").glob("*.parquet*"))
    assert not (folder / "full" / "summary.json").exists()
