"""What a template needs to know about the person and the event, without rendering it."""

from flows.templates import Variable, variables


def test_each_mention_has_its_path_its_line_and_whether_it_is_guarded() -> None:
    source = "\n".join(
        [
            "Hello {{ first_name|default:'there' }}, {{ last_name|title }}",
            "{{ event|lookup:'$value'|floatformat:2 }} {{ person|lookup:'Favourite colour' }}",
            "{% if person.city %}{{ person.city }}, {{ person.zip }}{% endif %}",
            "{% for item in event.Items %}{{ item.title }}{{ forloop.counter }}{% endfor %}",
            "{% with name=person.nick|default:'you' %}{{ name }}{% endwith %}",
            "{% firstof person.a person.b %}{% currency_format event.Price %}",
            "{% today as day %}{{ day }}{{ organization.name }}",
            "{% catalog event.sku %}{{ catalog_item.title }}{% endcatalog %}",
        ]
    )
    assert variables(source) == (
        Variable("first_name", 1, True),
        Variable("last_name", 1, False),
        Variable("event.$value", 2, False),
        Variable("person.Favourite colour", 2, False),
        Variable("person.city", 3, True),
        Variable("person.city", 3, True),
        Variable("person.zip", 3, False),
        Variable("event.Items", 4, False),
        Variable("person.nick", 5, True),
        Variable("person.a", 6, True),
        Variable("person.b", 6, False),
        Variable("event.Price", 6, False),
        Variable("event.sku", 8, False),
    )


def test_a_condition_guards_what_it_asks_for_in_all_its_branches() -> None:
    source = (
        "{% if not event.URL or x %}a{% elif event.n > 2 %}{{ event.URL }}{% endif %}{{ event.n }}"
    )
    assert [(v.path, v.guarded) for v in variables(source)] == [
        ("event.URL", True),
        ("x", True),
        ("event.n", True),
        ("event.URL", True),
        ("event.n", False),
    ]


def test_a_filter_may_need_a_value_of_its_own() -> None:
    assert variables("{{ first_name|default:person.nick }}") == (
        Variable("first_name", 1, True),
        Variable("person.nick", 1, False),
    )
