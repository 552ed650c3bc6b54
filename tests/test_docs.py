"""What pages say of the code is true of it."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest
from source_code import ROOT, modules

DOCS = ROOT / "docs"
TERMS = re.findall(
    r"`(\w+(?:\.\w+)+)` \|$", (DOCS / "glossary.md").read_text("utf-8"), re.MULTILINE
)


@pytest.mark.parametrize("term", sorted(set(TERMS)))
def test_a_term_of_the_glossary_has_its_place_in_the_code(term: str) -> None:
    module, _, name = term.rpartition(".")
    assert hasattr(importlib.import_module(module), name)


def test_the_glossary_is_in_order() -> None:
    words = re.findall(
        r"^\| ([a-z][^|]*) \|", (DOCS / "glossary.md").read_text("utf-8"), re.MULTILINE
    )
    assert words[0] == "word"
    assert words[1:] == sorted(words[1:])


def test_every_section_that_code_names_is_in_the_semantics() -> None:
    sections = set(
        re.findall(r"^#+ ([A-E]\.?\d*)", (DOCS / "semantics.md").read_text("utf-8"), re.M)
    )
    named = {
        (section, module.path)
        for module in modules()
        for group in re.findall(r"semantics ((?:[A-E]\.?\d*(?:, | and | to )?)+)", module.text)
        for section in re.findall(r"[A-E](?:\.?\d+)?", group)
    }
    known = {section.rstrip(".") for section in sections}
    assert {(section, path) for section, path in named if section not in known} == set()


def test_every_variable_that_the_app_reads_is_in_the_guide() -> None:
    read = set(re.findall(r"REHEARSAL_\w+", (ROOT / "app" / "settings.py").read_text("utf-8")))
    told = set(re.findall(r"REHEARSAL_\w+", (DOCS / "guide" / "settings.md").read_text("utf-8")))
    assert read - {"REHEARSAL_"} <= told


def test_every_table_that_a_run_writes_is_in_the_guide() -> None:
    tables = importlib.import_module("simulator.shards").TABLES["all"]
    page = (DOCS / "guide" / "repeatable-runs.md").read_text("utf-8")
    assert [name for name in tables if f"| `{name}` |" not in page] == []


@pytest.mark.parametrize("page", sorted((DOCS / "decisions").glob("*.md")), ids=lambda p: p.stem)
def test_a_decision_has_its_three_parts(page: Path) -> None:
    text = page.read_text("utf-8")
    assert text.startswith(f"# {int(page.name[:4])}. ")
    assert re.findall(r"^\*\*(\w+)\.\*\*", text, re.MULTILINE) == [
        "Context",
        "Decision",
        "Consequences",
    ]
