"""The language of semantics B.13: values, tags and filters, as people write them."""

from datetime import UTC, datetime

import pytest

from flows.templates import Occasion, TemplateProblemError, render

OCCASION = Occasion(
    now=datetime(2026, 3, 4, 9, 30, tzinfo=UTC),
    unsubscribe_link="https://shop.example/u?a=1&b=2",
    preferences_link="https://shop.example/p",
    web_view_link="https://shop.example/v",
    preview_text="Tea & time",
    recipient="P1",
)
CONTEXT = {
    "first_name": "Zoë",
    "person": {"first_name": "Zoë", "Favourite colour": "teal", "points": 7, "html": "<b>&"},
    "event": {
        "$value": 1200.5,
        "Items": ["Oolong", "Assam"],
        "lines": [{"title": "Oolong", "price": "9.5"}, {"title": "Assam", "price": "12"}],
        "when": "2016-02-11T16:46:08-05:00",
    },
    "organization": {"name": "Juniper"},
}


def plain(source: str) -> str:
    return render(source, CONTEXT, html=False, occasion=OCCASION)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("{{ first_name|default:'there' }}", "Zoë"),
        ("{{ last_name|default:'there' }}", "there"),
        ("{{ person|lookup:'Favourite colour' }}", "teal"),
        ("{{ person|lookup:'nothing' }}", "None"),
        ("[{{ person.nothing.deeper }}]", "[]"),
        ("{{ event.lines.1.title }}", "Assam"),
        ("{{ event|lookup:'lines'|lookup:'0'|lookup:'title' }}", "Oolong"),
        ("{{ event|lookup:'$value'|floatformat:2 }}", "1200.50"),
        ("{{ organization.name }}", "Juniper"),
    ],
)
def test_a_value_is_found_by_dots_and_by_lookup(source: str, text: str) -> None:
    assert plain(source) == text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (
            "{% if person.points > 5 %}many{% elif person.points %}some{% else %}no{% endif %}",
            "many",
        ),
        ("{% if not person.nothing and 'Assam' in event.Items %}yes{% endif %}", "yes"),
        (
            "{% if person.points == '7' %}equal{% else %}a text is no number{% endif %}",
            "a text is no number",
        ),
        (
            "{% for i in event.Items %}{{ forloop.counter }}{{ i }}{% if not forloop.last %}, "
            "{% endif %}{% endfor %}",
            "1Oolong, 2Assam",
        ),
        ("{% for i in event.none %}x{% empty %}nothing{% endfor %}", "nothing"),
        ("{% for i in event.lines|slice:':1' %}{{ i.title }}{% endfor %}", "Oolong"),
        ("{% with n=person.points %}{{ n }}{{ n }}{% endwith %}", "77"),
        ("{% firstof person.nothing first_name 'x' %}", "Zoë"),
        ("{% for i in event.Items %}{% cycle 'a' 'b' %}{% endfor %}", "ab"),
        ("{% comment %}{{ broken|nofilter }}{% endcomment %}ok{# and this #}", "ok"),
        ("{% verbatim %}{{ first_name }}{% endverbatim %}", "{{ first_name }}"),
        ("{% templatetag openvariable %}", "{{"),
        ("@media{#id{color:red}}", "@media{#id{color:red}}"),
    ],
)
def test_a_tag_of_django_means_what_it_means_there(source: str, text: str) -> None:
    assert plain(source) == text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("{% today '%Y-%m-%d' as today %}{{ today }}", "2026-03-04"),
        (
            "{% today '%Y-%m-%d' as today %}{{ today|days_later:5|format_date_string|date:'M d' }}",
            "Mar 09",
        ),
        ("{% current_day %} {% current_month %} {% current_month_name %}", "4 3 March"),
        ("{% current_weekday %} {% current_year %} {% now 'Y' %}", "Wednesday 2026 2026"),
        ("{% currency_format event|lookup:'$value' %}", "$1,200.50"),
        ("{% currency_format event.lines.0.price %}", "$9.50"),
        ("{% currency_format '$40' %}", "$40"),
        ("{% unsubscribe %}", "Unsubscribe: https://shop.example/u?a=1&b=2"),
        ("{% manage_preferences 'Less often' %}", "Less often: https://shop.example/p"),
        (
            "{% manage_preferences_link %} {% web_view_link %}",
            "https://shop.example/p https://shop.example/v",
        ),
        ("{% render_variable preview_text %}", "Tea & time"),
        (
            '{% catalog event.sku integration="api" unpublished="cancel" %}'
            "{{ catalog_item.title }}{% endcatalog %}",
            "Sample product",
        ),
        (
            '{% customobjects object_type_title="Pet" as pets %}{% for p in pets %}x'
            "{% empty %}no pets{% endfor %}{% endcustomobjects %}",
            "no pets",
        ),
        ("{% customobject id=event.pet as pet %}[{{ pet.name }}]{% endcustomobject %}", "[]"),
    ],
)
def test_a_tag_of_klaviyo_means_what_it_means_there(source: str, text: str) -> None:
    assert plain(source) == text


def test_a_made_coupon_code_is_the_same_for_one_person_and_differs_between_people() -> None:
    source = "{% coupon_code 'BASKET10' %}"
    other = Occasion(recipient="P2")
    first = plain(source)
    assert first.startswith("BASKET10-")
    assert first == plain(source)
    assert first != render(source, CONTEXT, html=False, occasion=other)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("{{ -1.2|abs }}", "1.2"),
        ("{{ 1|at_least:5.0 }}", "5.0"),
        ("{{ 1|at_most:-1.0 }}", "-1.0"),
        ("{{ 5|add:2 }}", "7"),
        ("{{ 1|floatadd:1.1 }}", "2.1"),
        ("{{ 1.1|floatsub:1 }}", "0.1"),
        ("{{ '10'|multiply:'2' }}", "20.0"),
        ("{{ 'x'|multiply:'2' }}", "0.0"),
        ("{{ '10'|divide:'2' }}", "5.0"),
        ("{{ 5|remainder:2 }}", "1.0"),
        ("{{ 5.01|ceil }} {{ 5.9|floor }}", "6.0 5.0"),
        ("{{ 5.123|round_up:2 }} {{ 5.129|round_down:2 }}", "5.13 5.12"),
        ("{{ '.25'|percentize:2 }}", "25.00%"),
        ("{{ 3|gt:2 }}", "True"),
        ("{{ 'hello'|append:' world' }}", "hello world"),
        ("{{ 'world'|prepend:'hello ' }}", "hello world"),
        ("{{ 'hello'|concat:' world' }}", "hello world"),
        ("{{ 'hello'|capitalize }} {{ 'hello'|upper }} {{ 'a b'|title }}", "Hello HELLO A B"),
        ("{{ 'Hi, there,'|find_replace:',|-' }}", "Hi- there-"),
        ("{{ 'aXbX'|remove_first:'X' }} {{ 'aXbX'|remove_last:'X' }}", "abX aXb"),
        ("{{ 'a,b'|split:','|join:' & ' }}", "a & b"),
        ("{{ event.Items|list_to_string }}", "Oolong and Assam"),
        ("{{ event.lines|map:'title'|reverse|first }}", "Assam"),
        ("{{ event.lines|sort:'title'|first|lookup:'title' }}", "Assam"),
        ("{{ event.lines|list_where:'title=Assam'|count }}", "1"),
        ("{{ event.Items|concat:event.Items|uniq|size }}", "2"),
        ("{{ 'tea'|base64_encode }} {{ 'dGVh'|base64_decode }}", "dGVh tea"),
        ("{{ 'a b/c'|urlencodeplus }}", "a+b%2Fc"),
        ("{{ 'https://x.example/'|trim_slash }}", "https://x.example"),
        ("{{ event.when|format_date_string|date:'F d, o' }}", "February 11, 2016"),
        ("{{ 'line'|newline_to_br }}", "line"),
        ("{{ 'abcdefghij'|truncate:5 }}", "abcde..."),
    ],
)
def test_a_filter_gives_what_its_reference_says(source: str, text: str) -> None:
    assert plain(source) == text


def test_values_are_escaped_in_html_and_left_alone_in_text() -> None:
    source = "{{ person.html }} {{ person.html|safe }} {% unsubscribe 'Bye & thanks' %}"
    assert render(source, CONTEXT, html=True, occasion=OCCASION) == (
        '&lt;b&gt;&amp; <b>& <a href="https://shop.example/u?a=1&amp;b=2">Bye &amp; thanks</a>'
    )
    assert plain(source) == "<b>& <b>& Bye & thanks: https://shop.example/u?a=1&b=2"


@pytest.mark.parametrize(
    ("source", "line", "reason"),
    [
        ("a\n{{ first_name|nofilter }}", 2, "Invalid filter: 'nofilter'."),
        (
            "{% if a %}\n\n{% nothing %}{% endif %}",
            3,
            "The tag “nothing” is not known; expected here: elif, else, endif.",
        ),
        ("\n{% for a in b %}", 2, "The tag “for” is never closed by “endfor”."),
        ("x\ny {{ first_name", 2, "A tag is opened by “{{” and not closed on the same line."),
        ("{{ event.$value }}", 1, "Could not parse the remainder: '$value' from 'event.$value'."),
        ("{% unsubscribe 'a' 'b' %}", 1, "“unsubscribe” takes 0 to 1 values."),
        ("{% include 'secrets.html' %}", 1, "The tag “include” is not known."),
        (
            "ok\n{{ 'x'|center:'900' }}",
            2,
            "A value does not fit what is done with it (“center” pads to at most 200 characters).",
        ),
    ],
)
def test_a_fault_is_told_with_its_line(source: str, line: int, reason: str) -> None:
    with pytest.raises(TemplateProblemError) as told:
        plain(source)
    assert (told.value.line, told.value.reason) == (line, reason)


def test_rendering_leaves_the_given_values_alone() -> None:
    context = {"person": {"a": 1}}
    render("{% today as person %}{{ person }}", context, html=False)
    assert context == {"person": {"a": 1}}
