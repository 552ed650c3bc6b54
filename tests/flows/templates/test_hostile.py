"""Templates by people who may write anything: nothing is called, nothing runs for long."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.templates import TemplateProblemError, render

DEEP: object = "leaf"
for _ in range(14):
    DEEP = [DEEP, {"next": DEEP}]
LONG = {
    "deep": DEEP,
    "list": list(range(1000)),
    "text": "x" * 60_000,
    "texts": ["y" * 1000] * 50,
}


class Trap(dict):  # type: ignore[type-arg]
    """A dict that remembers being called or reached into."""

    touched = False

    def __call__(self) -> str:
        type(self).touched = True
        return "called"

    def secret(self) -> str:
        type(self).touched = True
        return "secret"


def test_methods_of_values_are_neither_called_nor_seen() -> None:
    person = {"name": "Ann"}
    trap = Trap(name="Ann")
    source = "{{ person.clear }}{{ person.items }}{{ trap.secret }}{{ trap.pop }}{{ person.name }}"
    assert render(source, {"person": person, "trap": trap}, html=True) == "Ann"
    assert person == {"name": "Ann"}
    assert not Trap.touched


@pytest.mark.parametrize("name", ["_x", "person.__class__", "person._private"])
def test_hidden_names_are_refused(name: str) -> None:
    with pytest.raises(TemplateProblemError, match="underscore"):
        render("{{ " + name + " }}", {"person": {}}, html=True)


@pytest.mark.parametrize(
    "tag",
    [
        "include 'a'",
        "extends 'a'",
        "load x",
        "debug",
        "url 'x'",
        "lorem 9 p",
        "csrf_token",
        "ifchanged",
        "regroup a by b as c",
    ],
)
def test_tags_that_reach_out_or_run_away_are_not_known(tag: str) -> None:
    with pytest.raises(TemplateProblemError, match="is not known"):
        render("{% " + tag + " %}", {}, html=True)


GREEDY = {
    "nested loops": "{% for a in list %}" * 4 + "{% endfor %}" * 4,
    "loops over text": "{% for a in list %}{% for b in list %}" + "x" * 30_000 + "{% endfor %}" * 2,
    "doubling text": "{% with a=text %}" + "{% with a=a|append:a %}" * 20 + "{% endwith %}" * 21,
    "doubling lists": "{% with a=texts %}" + "{% with a=a|concat:a %}" * 20 + "{% endwith %}" * 21,
    "padding": "{{ 'a'|ljust:'200000000' }}",
    "digits": "{{ 1.5|floatformat:900000 }}",
    "format": "{{ 1|stringformat:'999999999d' }}",
    "joining": "{{ list|join:text }}",
    "replacing": "{{ text|find_replace:'x|yyyyyyyyyy' }}",
    "searching": "{% for a in list %}" + "{% if 'z' in text %}{% endif %}" * 500 + "{% endfor %}",
    "printing": "{{ text }}" * 100,
    "cycling": "{% for a in list %}{% for b in list %}{% cycle text text %}" + "{% endfor %}" * 2,
    "huge number": "{{ '" + "9" * 1900 + "'|add:1 }}",
    "deep tags": "{% if text %}" * 500 + "{% endif %}" * 500,
    "long tag": "{% if a" + " or a" * 1000 + " %}{% endif %}",
    "wrapping": "{{ text|wordwrap:3 }}",
    "deep argument": "{% for a in list %}{{ 'a,b'|split:','|join:deep }}{% endfor %}",
    "deep value in a tag": "{% for a in list %}{% now deep %}{% endfor %}",
    "long form of a time": "{% now text %}",
    "printing one of several": "{% for a in list %}{% firstof deep %}{% endfor %}",
    "unclosed tags": "{%" * 32_000,
    "unclosed values": "{{" * 32_000,
    "200 KB": "{%" * 100_000,
}


@pytest.mark.parametrize("source", GREEDY.values(), ids=GREEDY.keys())
def test_greed_is_refused_before_it_costs_much(source: str) -> None:
    started = time.process_time()
    with pytest.raises(TemplateProblemError):
        render(source, LONG, html=True)
    assert time.process_time() - started < 2.0


def test_a_line_of_unclosed_comments_is_read_in_linear_time() -> None:
    source = "{#" * 32_000
    started = time.process_time()
    assert render(source, {}, html=False) == source
    assert time.process_time() - started < 2.0


PIECES = st.sampled_from(
    [
        "{%",
        "%}",
        "{{",
        "}}",
        "{#",
        "#}",
        " if ",
        " for a in list ",
        "endif",
        "endfor",
        "else",
        "a",
        ".b",
        "|",
        "upper",
        "join:",
        "'",
        '"',
        "\n",
        "\\",
        "with a=list",
        "endwith",
        "verbatim",
        "endverbatim",
        "_",
        "1e9",
        "text",
        "lookup:",
        " == ",
        " not ",
        "autoescape off",
        "é",
    ]
)


def outcome(source: str) -> str:
    """The rendered text, or what was said about it."""
    try:
        return render(source, LONG, html=True)
    except TemplateProblemError as problem:
        return f"line {problem.line}: {problem.reason}"


@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_text_is_rendered_or_refused_in_words(source: str) -> None:
    assert isinstance(outcome(source), str)
