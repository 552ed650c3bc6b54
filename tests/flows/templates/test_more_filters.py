"""The other filters that the reference names, worked out by hand (semantics B.13)."""

from datetime import UTC, datetime

import pytest
from django.template import defaultfilters

from flows.templates import Occasion, render
from flows.templates.filters import FILTERS

CONTEXT = {
    "items": [{"n": "b", "p": 2}, {"n": "a", "p": 10}, {"n": "b", "p": 1}],
    "words": ["pear", "Apple", "fig"],
    "gaps": ["a", None, "b"],
    "nested": ["Tea", ["Oolong", "Assam"], "Pots"],
    "when": "2026-03-01T00:00:00",
    "html": "<b>x</b>",
    "lines": "a\nb",
}
EXAMPLES = [
    ("{{ gaps|compact|join:',' }}", "a,b"),
    ("{{ words|count }} {{ words|size }}", "3 3"),
    ("{{ words|first }} {{ words|last }}", "pear fig"),
    ("{{ words|sort|join:',' }}", "Apple,fig,pear"),
    ("{{ words|sort_natural|join:',' }}", "Apple,fig,pear"),
    ("{{ words|reverse|join:',' }}", "fig,Apple,pear"),
    ("{{ items|sort:'p'|map:'p'|join:',' }}", "1,2,10"),
    ("{{ items|dictsort:'n'|map:'n'|join:'' }}", "abb"),
    ("{{ items|dictsortreversed:'p'|map:'p'|join:',' }}", "10,2,1"),
    ("{{ items|uniq:'n'|count }}", "2"),
    ("{{ items|map:'p'|sum_list }}", "13.0"),
    ("{{ words|slice:'1:'|join:',' }} {{ 'oolong'|slice:':3' }}", "Apple,fig ool"),
    ("{{ 'a-b-c'|split:'-'|last }}", "c"),
    ("{{ 'tea'|prepend:'green ' }} {{ 'tea'|append:'pot' }}", "green tea teapot"),
    ("{{ 'a b a'|remove:'a' }}|{{ 'a b a'|replace:'a|c' }}", " b |c b c"),
    ("{{ 'a a'|replace_first:'a|b' }} {{ 'a a'|replace_last:'a|b' }}", "b a a b"),
    ("[{{ '  x '|strip }}][{{ '  x '|lstrip }}][{{ '  x '|rstrip }}]", "[x][x ][  x]"),
    ("{{ 3|times:4 }} {{ 10|divide:4 }} {{ 10|divide:0 }}", "12.0 2.5 0.0"),
    ("{{ 3|plus:4 }} {{ 3|minus:4 }} {{ 10|modulo:4 }}", "7.0 -1.0 2.0"),
    ("{{ 'a b&c'|url_encode }} {{ 'a+b%26c'|url_decode }}", "a+b%26c a b&c"),
    ("{{ 'a?'|base64_url_safe_encode }} {{ 'YT8='|base64_url_safe_decode }}", "YT8= a?"),
    ("{{ 'TeA'|downcase }} {{ 'TeA'|upcase }} {{ 'teA'|capfirst }}", "tea TEA TeA"),
    ("{{ html|strip_html }} {{ html|striptags }}", "x x"),
    ("{{ html|escape_once }}", "&lt;b&gt;x&lt;/b&gt;"),
    ("{{ 'x.example/a'|httpsize }} {{ 'https://x.example'|httpize }}",
     "https://x.example/a http://x.example"),
    ("{{ 'a'|md5_hash }}", "0cc175b9c0f1b6a831c399e269772661"),
    ("{{ 'a'|sha_1 }}", "86f7e437faa5a7fce15d1ddcb9eaeaea377667b8"),
    ("{{ ''|default:'there' }} {{ none|default_if_none:'x' }}", "there "),
    ("{{ 3.14159|floatformat:2 }} {{ 3.0|floatformat }} {{ words|floatformat:2 }}|", "3.14 3 |"),
    ("{{ when|days_later:30 }} {{ when|days_later:'-1' }}", "2026-03-31 2026-02-28"),
    ("{{ when|format_date_string|date:'D j N' }}", "Sun 1 March"),
    ("{{ 'soon'|format_date_string }}{{ 'soon'|days_later:2 }}", ""),
    ("{{ '03/01/2026'|format_date_string|date:'Y-m-d' }}", "2026-03-01"),
    ("{{ when|timesince }}", "3\xa0days, 9\xa0hours"),
    ("{{ '2026-03-04 12:30'|timeuntil }}", "3\xa0hours"),
    ("{{ 5|at_least:7 }} {{ 5|at_most:3 }}", "7 3"),
    ("{{ 1.2|round_up }} {{ 1.25|round_down:1 }}", "2.0 1.2"),
    ("{{ nested|unordered_list }}",
     "\t<li>Tea\n\t<ul>\n\t\t<li>Oolong</li>\n\t\t<li>Assam</li>\n\t</ul>\n\t</li>\n"
     "\t<li>Pots</li>"),
    ("{{ lines|linebreaksbr }} {{ lines|strip_newlines }}", "a<br>b ab"),
    ("{{ 3|pluralize }}{{ 1|pluralize }} {{ 2|divisibleby:2 }}", "s True"),
    ("{{ 1048576|filesizeformat }} {{ 'a b'|slugify }} {{ 'yes'|yesno:'1,0' }}", "1.0\xa0MB a-b 1"),
    ("{{ 'one two three'|truncatewords:2 }} {{ 'abcdef'|truncatechars:4 }}", "one two … abc…"),
    ("{{ words|pprint }}", "['pear', 'Apple', 'fig']"),
    ("{{ html|json_script:'d' }}",
     '<script id="d" type="application/json">"\\u003Cb\\u003Ex\\u003C/b\\u003E"</script>'),
    ("{{ lines|linenumbers }}", "1. a\n2. b"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "text"), EXAMPLES)
def test_a_filter_gives_what_was_worked_out_by_hand(source: str, text: str) -> None:
    occasion = Occasion(now=datetime(2026, 3, 4, 9, 30, tzinfo=UTC))
    assert render(source, CONTEXT, html=False, occasion=occasion) == text


DOCUMENTED = (
    "abs add append at_least at_most base64_encode base64_decode base64_url_safe_encode "
    "base64_url_safe_decode capitalize ceil compact concat count days_later default floatadd "
    "floatformat format_date_string lookup lower multiply newline_to_br round_up title upper "
    "divide find_replace replace join map prepend remove slice sort split strip times truncate "
    "url_encode uniq"
)


@pytest.mark.parametrize("name", DOCUMENTED.split())
def test_every_documented_filter_is_known(name: str) -> None:
    assert name in FILTERS


def test_every_filter_of_django_is_known() -> None:
    assert set(defaultfilters.register.filters) - set(FILTERS) == set()
