"""`rehearsal convert`: every form of a definition, and what is refused."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.commands.convert import Public, convert_flow
from app.commands.files import load_flow
from app.commands.refusals import UnusableError

STEP = {"type": "time-delay", "data": {"unit": "days", "value": 1}, "links": {"next": None}}
BARE = {"triggers": [], "actions": [{"id": "a"} | STEP], "entry_action_id": "a"}
ANSWER = {"data": {"type": "flow", "id": "F", "attributes": {"definition": BARE, "x": None}}}
CREATED = {
    "triggers": [],
    "actions": [{"temporary_id": "a"} | STEP],
    "entry_action_id": "a",
}


def converted(
    folder: Path, document: Any, to: str | None = None, form: Public | None = None
) -> Any:
    """What comes of a document."""
    source, target = folder / "in.json", folder / "out.json"
    source.write_text(document if isinstance(document, str) else json.dumps(document), "utf-8")
    convert_flow(source, target, to, form)
    return json.loads(target.read_text("utf-8"))


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("bare", BARE),
        ("definition", {"name": "Untitled flow", "status": "draft", "definition": BARE}),
        ("original", ANSWER),
        ("response", ANSWER),
        (
            "request",
            {
                "data": {
                    "type": "flow",
                    "attributes": {"name": "Untitled flow", "definition": CREATED},
                }
            },
        ),
    ],
)
def test_a_definition_goes_out_in_the_form_asked_for(
    form: Public, expected: Any, tmp_path: Path
) -> None:
    assert converted(tmp_path, ANSWER, form=form) == expected
    native = converted(tmp_path, ANSWER)
    assert native["rehearsal"] == 1
    assert converted(tmp_path, native, form=form) == expected


def test_without_a_form_it_goes_out_with_name_and_status(tmp_path: Path) -> None:
    assert converted(tmp_path, ANSWER, to="klaviyo") == {
        "name": "Untitled flow",
        "status": "draft",
        "definition": BARE,
    }


def test_a_form_of_a_definition_is_none_of_the_native_document(tmp_path: Path) -> None:
    with pytest.raises(UnusableError, match="--form bare is a form of the Klaviyo definition"):
        converted(tmp_path, BARE, to="native", form="bare")


def test_what_cannot_be_read_is_converted_and_not_run(tmp_path: Path) -> None:
    wrong = {"actions": [{"id": "a"} | STEP | {"data": {"unit": "years", "value": 1}}]}
    assert converted(tmp_path, wrong, form="original") == wrong
    place = r"in\.json, \$\.actions\[0\]\.data\.unit: “unit” must be minutes, hours or days"
    with pytest.raises(UnusableError, match=place):
        load_flow(tmp_path / "in.json")
