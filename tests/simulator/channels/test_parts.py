"""The small parts of a message: addresses, segments, the text part, the size of a page."""

import time

import pytest

from simulator.channels.addresses import address
from simulator.channels.errors import InvalidAddressError
from simulator.channels.page import nesting, track
from simulator.channels.plain_text import plain_text
from simulator.channels.segments import segments


@pytest.mark.parametrize(
    ("text", "spec"),
    [
        ("ann@example.com", "ann@example.com"),
        (" ann+tea@Example.COM ", "ann+tea@example.com"),
        ("zoë@exämple.com", "zoë@xn--exmple-cua.com"),
        ("a@localhost", "a@localhost"),
    ],
)
def test_an_address_is_read_with_its_domain_in_ascii(text: str, spec: str) -> None:
    assert address(text).spec == spec


@pytest.mark.parametrize(
    "text",
    ["", "ann", "@x.example", "ann@", "a b@x.example", "a@x..example", "a@-x.example",
     ".a@x.example", "a..b@x.example", "a@x.example>", '"a"@x.example', "a@b@x.example",
     "a\r\n@x.example",
     "x" * 65 + "@x.example", "a@" + "x" * 64 + ".example", "a@x_y.example"],
)  # fmt: skip
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(InvalidAddressError):
        address(text)


@pytest.mark.parametrize(
    ("body", "encoding", "parts"),
    [
        ("", "GSM-7", 1),
        ("a" * 160, "GSM-7", 1),
        ("a" * 161, "GSM-7", 2),
        ("a" * 306, "GSM-7", 2),
        ("a" * 307, "GSM-7", 3),
        ("€" * 80, "GSM-7", 1),
        ("€" * 81, "GSM-7", 2),
        ("a" * 152 + "€" * 77, "GSM-7", 3),
        ("ё" * 70, "UCS-2", 1),
        ("ё" * 71, "UCS-2", 2),
        ("🫖" * 35, "UCS-2", 1),
        ("🫖" * 36, "UCS-2", 2),
        ("a" * 66 + "🫖" * 35, "UCS-2", 3),
    ],
)
def test_a_text_message_is_counted_as_operators_count(body: str, encoding: str, parts: int) -> None:
    assert segments(body) == (encoding, parts)


def test_the_text_part_reads_like_the_page() -> None:
    page = """<html><head><title>no</title><style>p{}</style></head><body>
    <div style="display: none">hidden<br><b>too</b></div>
    <h1>Good &amp; warm</h1><p>One<br>two  three</p>
    <ul><li>first</li><li>second <a href="https://x.example/s">here</a></li></ul>
    <table><tr><td>Tea</td><td>$9</td></tr></table>
    <a href="https://x.example/">https://x.example/</a> <img src="x" alt="a pot"></body></html>"""
    assert plain_text(page) == (
        "Good & warm\n\nOne\ntwo three\n\n- first\n\n- second here (https://x.example/s)\n\n"
        "Tea $9\n\nhttps://x.example/\n"
    )


@pytest.mark.parametrize(
    ("page", "depth"),
    [
        ("<p>a</p><p>b</p>", 1),
        ("<div><p><br><img></p></div>", 2),
        ("<b></i></i></b>", 1),
        ("<div>" * 50, 50),
        ("<mj-image /><mj-image />", 0),
    ],
)
def test_nesting_counts_what_is_open_at_once(page: str, depth: int) -> None:
    assert nesting(page) == depth


@pytest.mark.parametrize(
    "page",
    [
        "<" + "a" * 500_000,
        "<a " * 150_000,
        "<a " * 150_000 + ">",
        "<!--" * 100_000,
        "<!--" * 100_000 + ">",
        "<" * 500_000,
        "<a title='" * 50_000 + ">",
        "<style>" * 50_000 + ">",
        "<title>a</title>" * 30_000,
        "</b>" * 100_000,
        "<div style='display:none'>" * 20_000,
    ],
)
def test_pages_of_broken_tags_are_read_in_linear_time(page: str) -> None:
    started = time.process_time()
    nesting(page)
    plain_text(page)
    assert time.process_time() - started < 3.0


def test_a_link_that_is_none_is_left_alone() -> None:
    assert track("http://[broken", ()) == "http://[broken"
