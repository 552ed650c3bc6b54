"""Catalogues out of files: items, how they change, and what is wrong with them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows.catalogue import Catalogue, Item, ItemChange
from storage.errors import FileError
from storage.exchange import read_catalogue

SALE = datetime(2026, 1, 20, tzinfo=UTC)


def test_a_document_holds_items_and_their_changes(tmp_path: Path) -> None:
    path = tmp_path / "shop.json"
    own = Catalogue(
        items=(Item(id="A", title="Pot", price=30.0, inventory=3, categories=("Pots",)),),
        changes=(ItemChange(at=SALE, item="A", price=20.0),),
    )
    path.write_text(own.model_dump_json(), "utf-8")
    assert read_catalogue(path).catalogue == own
    path.write_text(json.dumps([{"id": "B"}]), "utf-8")
    assert read_catalogue(path).catalogue == Catalogue(items=(Item(id="B"),))


def test_a_table_holds_an_item_or_a_change_a_row(tmp_path: Path) -> None:
    path = tmp_path / "shop.csv"
    path.write_text(
        "id,title,price,inventory,published,parent,categories,at\n"
        "1,Pot,30,,true,,Pots; Gifts,\n"
        "1-red,Red pot,30,4,false,1,,\n"
        "1-red,,24.5,0,,,,01/20/2026\n",
        "utf-8",
    )
    given = read_catalogue(path)
    assert given.rejected == ()
    assert given.catalogue == Catalogue(
        items=(
            Item(id="1", title="Pot", price=30, published=True, categories=("Pots", "Gifts")),
            Item(id="1-red", title="Red pot", price=30, inventory=4, published=False, parent="1"),
        ),
        changes=(ItemChange(at=SALE, item="1-red", price=24.5, inventory=0),),
    )


def test_rows_that_cannot_be_used_are_refused_alone(tmp_path: Path) -> None:
    path = tmp_path / "shop.csv"
    path.write_text(
        "id,price,inventory,at\nA,30,,\n,5,,\nB,cheap,,\nA,1,,\nC,1,half,\nA,2,,soon\nZ,2,,2026-01-20\n",
        "utf-8",
    )
    given = read_catalogue(path)
    assert [item.id for item in given.catalogue.items] == ["A"]
    assert given.catalogue.changes == ()
    assert [(one.where, one.reason) for one in given.rejected] == [
        ("shop.csv:3", "The row has no id."),
        (
            "shop.csv:4",
            "$.price: this is no number.",
        ),
        ("shop.csv:5", "The item “A” was given before."),
        (
            "shop.csv:6",
            "$.inventory: this is no whole number.",
        ),
        ("shop.csv:7", "`at` is no time: “soon”."),
        ("shop.csv:8", "There is no item “Z”."),
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{", "The file is no JSON."),
        ('{"items": [{"title": "Pot"}]}', "$.items[0].id: this is missing."),
        ('{"items": [{"id": "A", "stock": 4}]}', "$.items[0].stock is not known here."),
        ('{"item": []}', "$.item is not known here."),
        ('[{"id": "A"}, {"id": "A"}]', "$.items[1].id: the item “A” was given before."),
        (
            '{"changes": [{"at": "2026-01-20", "item": "A"}]}',
            "$.changes[0].item: there is no item “A”.",
        ),
    ],
)
def test_a_document_that_cannot_be_used_says_where(tmp_path: Path, text: str, reason: str) -> None:
    path = tmp_path / "shop.json"
    path.write_text(text, "utf-8")
    with pytest.raises(FileError) as refused:
        read_catalogue(path)
    assert refused.value.reason == reason


def test_a_column_that_says_nothing_here_is_no_catalogue(tmp_path: Path) -> None:
    path = tmp_path / "shop.csv"
    path.write_text("id,colour\nA,red\n")
    with pytest.raises(FileError, match="The column “colour” is not known here"):
        read_catalogue(path)
