"""Older formats of the native document."""

from typing import Any

import pytest

from flows.upgrades import UnknownFormatError, upgrade


def rename_title(document: dict[str, Any]) -> dict[str, Any]:
    """A step from a format 1 with “title” to a format 2 with “name”."""
    return {"name" if key == "title" else key: value for key, value in document.items()}


def number_steps(document: dict[str, Any]) -> dict[str, Any]:
    """A step from format 2 to a format 3 that counts its actions."""
    return document | {"count": len(document["actions"])}


STEPS = {1: rename_title, 2: number_steps}


def test_a_document_of_the_newest_format_stays_as_it_is() -> None:
    assert upgrade({"rehearsal": 1, "name": "A"}) == {"rehearsal": 1, "name": "A"}


def test_older_documents_take_every_step_in_order() -> None:
    old = {"rehearsal": 1, "title": "Winback", "actions": []}
    new = {"rehearsal": 3, "name": "Winback", "actions": [], "count": 0}
    assert upgrade(old, steps=STEPS, newest=3) == new
    assert old == {"rehearsal": 1, "title": "Winback", "actions": []}


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (4, "The document has format 4, but this version reads formats up to 3."),
        (0, "“rehearsal” must be the number of a known format, at most 3."),
        (True, "“rehearsal” must be the number of a known format, at most 3."),
        ("1", "“rehearsal” must be the number of a known format, at most 3."),
    ],
)
def test_a_format_that_no_step_leads_from_is_named(number: object, sentence: str) -> None:
    with pytest.raises(UnknownFormatError) as caught:
        upgrade({"rehearsal": number}, steps=STEPS, newest=3)
    assert str(caught.value) == sentence
