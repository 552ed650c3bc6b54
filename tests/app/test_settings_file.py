"""The scenario of a run: a file with any part of one, and options that win over it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.commands.files import load_behaviour
from app.commands.refusals import UnusableError
from app.commands.run import RunRequest, run_flows
from app.commands.settings_file import Asked, load_scenario, scenario_of
from app.given import source_of_run
from flows.catalogue import Catalogue, Item
from sample_flows import text
from simulator.behaviour import Behaviour
from simulator.rehearse import read_inputs
from simulator.scenario import Scenario


def written(folder: Path, document: object, name: str = "scenario.json") -> Path:
    path = folder / name
    path.write_text(document if isinstance(document, str) else json.dumps(document), "utf-8")
    return path


def test_a_behaviour_with_a_name_that_nobody_knows_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, {"opens": 3})
    with pytest.raises(UnusableError) as refused:
        load_behaviour(str(path))
    assert str(refused.value) == f"{path}, $.opens: nothing is known by this name."


def test_a_file_may_hold_any_part_of_a_scenario(tmp_path: Path) -> None:
    document = {
        "days": 30,
        "start": "2026-02-01",
        "rules": {
            "coupons": {"WELCOME": {"kind": "static", "code": "TEN"}},
            "feeds": {"reviews": {"stars": 5}},
            "limits": {"email": 100},
        },
        "audience": {"shop": {"drop": 0.4}},
        "names": {"T9sNn9": "Placed Order"},
    }
    scenario = load_scenario(written(tmp_path, document))
    assert scenario == Scenario.model_validate(document)
    assert scenario.rules.limits.email == 100
    assert scenario.audience.shop.drop == 0.4


def test_without_options_and_file_the_scenario_is_the_usual_one() -> None:
    assert scenario_of(Asked()) == (Scenario(), ())


def test_options_win_over_the_file(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        {
            "days": 30,
            "seed": 4,
            "profiles": 50,
            "behaviour": None,
            "rules": {"as_live": False, "sample_sticky": True},
            "catalogue": {"items": [{"id": "A"}]},
        },
    )
    as_written, _ = scenario_of(Asked(scenario=path))
    assert (as_written.days, as_written.seed, as_written.behaviour) == (30, 4, None)
    shop = written(tmp_path, [{"id": "B"}], "shop.json")
    start = datetime(2026, 3, 1)  # a time without a zone is one of UTC
    scenario, refused = scenario_of(
        Asked(
            scenario=path,
            catalogue=shop,
            days=7,
            seed=9,
            profiles=5,
            behaviour="default",
            as_live=True,
            start=start,
        )
    )
    assert (scenario.days, scenario.seed, scenario.profiles) == (7, 9, 5)
    assert scenario.behaviour == Behaviour()
    assert scenario.rules.as_live
    assert scenario.rules.sample_sticky
    assert scenario.catalogue == Catalogue(items=(Item(id="B"),))
    assert scenario.start == datetime(2026, 3, 1, tzinfo=UTC)
    assert refused == ()


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        ('{"days": 3', ":1: this is not JSON: Expecting ',' delimiter."),
        ({"dayz": 3}, ", $.dayz: nothing is known by this name."),
        ({"rules": {"limit": {}}}, ", $.rules.limit: nothing is known by this name."),
        (
            {"rules": {"coupons": {"A": {"kode": "x"}}}},
            ", $.rules.coupons.A.kode: nothing is known by this name.",
        ),
        (
            {"catalogue": {"items": [{"id": "A", "cost": 2}]}},
            ", $.catalogue.items[0].cost: nothing is known by this name.",
        ),
        ({"days": 0}, ", $.days: 0 is not from 1 to 3,650."),
        ({"rules": {"account_timezone": "Mars"}}, ", $.rules.account_timezone: “Mars” is no time"),
        ({"days": "long"}, ", $.days: this is no whole number"),
        ({"audience": {"shop": {"drop": 2}}}, ", $.audience.shop.drop: this has to be less than"),
    ],
)
def test_what_is_wrong_in_a_file_is_told_with_its_place(
    tmp_path: Path, document: object, reason: str
) -> None:
    path = written(tmp_path, document)
    with pytest.raises(UnusableError) as refused:
        load_scenario(path)
    assert str(refused.value).startswith(f"{path}{reason}")


def test_what_is_in_feeds_and_in_names_is_free(tmp_path: Path) -> None:
    document = {"rules": {"feeds": {"any": {"thing": [{"goes": 1}]}}}, "names": {"X": "Y"}}
    assert load_scenario(written(tmp_path, document)).rules.feeds == document["rules"]["feeds"]


def test_a_run_takes_people_with_what_they_did_and_have(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    people = written(tmp_path, "id,email\nann,ann@example.com\n", "people.csv")
    done = written(tmp_path, "profile,metric,time\nann,Seen,2026-01-06\n", "events.csv")
    held = written(tmp_path, "profile,object_type,id\nann,Pet,1\nzoe,Pet,2\n", "objects.csv")
    shop = written(tmp_path, "id,price\nA,5\nB,cheap\n", "shop.csv")
    run_flows(
        RunRequest(
            flows=(written(tmp_path, text("birthday"), "flow.json"),),
            out=tmp_path / "out",
            profiles=str(people),
            events=done,
            objects=held,
            catalogue=shop,
            days=3,
            as_json=True,
        )
    )
    said = capsys.readouterr()
    assert json.loads(said.out)["profiles"] == 1
    assert said.err.startswith("2 rows could not be used; see")
    rejected = (tmp_path / "out" / "rejected.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["where"] for line in rejected] == ["objects.csv:3", "shop.csv:3"]
    again = source_of_run(tmp_path / "out").shard(0, 1)
    assert again.objects["Pet"].ids.tolist() == ["1"]
    assert list(again.events) == ["Seen"]
    assert read_inputs(tmp_path / "out")[1].catalogue == Catalogue(items=(Item(id="A", price=5.0),))


@pytest.mark.parametrize("option", ["events", "objects"])
def test_events_and_objects_need_people_of_a_file(tmp_path: Path, option: str) -> None:
    flow = written(tmp_path, text("birthday"), "flow.json")
    request = RunRequest(flows=(flow,), out=tmp_path, **{option: tmp_path / "x.csv"})
    with pytest.raises(UnusableError, match=f"--{option} needs --profiles with a file"):
        run_flows(request)


def test_an_empty_catalogue_is_none(tmp_path: Path) -> None:
    with pytest.raises(UnusableError, match="there is no item in this catalogue"):
        scenario_of(Asked(catalogue=written(tmp_path, "[]", "shop.json")))
