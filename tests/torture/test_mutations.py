"""The torture of mutated documents, tried on a few; and where its results are written."""

from tests.torture.__main__ import with_line
from tests.torture.mutations import chunk, document, main


def test_no_mutated_document_makes_reading_fail() -> None:
    tally = chunk(0, 300)
    assert tally.failures == []
    assert (tally.tried, 0 < tally.flawed <= tally.read < 300) == (300, True)


def test_a_document_is_told_by_its_number() -> None:
    assert document(7) == document(7)
    assert len({document(seed) for seed in range(40)}) > 35


def test_a_part_has_one_line_on_the_page() -> None:
    page = "A\n<!-- tortured -->\n<!-- /tortured -->\nB\n"
    twice = with_line(with_line(with_line(page, "laws", "one"), "mutations", "two"), "laws", "new")
    listed = [line for line in twice.splitlines() if line.startswith("- ")]
    assert [line.split(",")[0] for line in listed] == ["- **laws**", "- **mutations**"]
    assert listed[0].endswith(": new")
    assert twice.startswith("A\n<!-- tortured -->\n")
    assert twice.endswith("B\n")


def test_the_command_says_whether_all_went_well() -> None:
    well, line = main(["--count", "100", "--first", "5000", "--processes", "1"])
    assert well
    assert line.startswith("mutated 100 documents: ")
