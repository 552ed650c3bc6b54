"""What templates find at the top of a message, name by name (semantics B.13)."""

from datetime import UTC, datetime
from typing import Any

import pytest

from flows.catalogue import Catalogue, Item, ItemChange
from flows.rules import Coupon
from flows.templates import About, Occasion, TemplateProblemError, opened, render
from flows.templates.products import Products

PET = {"id": "7", "name": "Rex", "Shoe size": 3, "vet": '{"name":"Dr. Ode"}'}
ABOUT = About(
    profile_id="P1",
    person={
        "first_name": "Zoë",
        "last_name": "Ünal",
        "email": "zoe@example.com",
        "phone_number": "+447700900123",
        "organization": "Tea Ltd",
        "title": "Buyer",
        "city": "Leeds",
        "region": "Yorkshire",
        "country": "United Kingdom",
        "zip": "LS1 1AA",
        "timezone": "Europe/London",
        "address1": "1 High Street",
        "source": "Form",
        "ViewedItems": ("Oolong", "Assam"),
        "nothing": None,
        "predictive_analytics.churn": 0.4,
    },
    event={
        "$value": 58.0,
        "Items": ("Oolong", "Glass teapot"),
        "extra": '{"lines":[{"title":"Oolong","price":"9.50"}],"note":"Thanks"}',
        "raw": '{ "kept": "as it is" }',
    },
    object=PET,
    objects={"Pet": (PET, {"id": "8", "name": "Mia"}), "Ship to": ({"id": "9", "city": "York"},)},
    organization={"name": "Juniper", "full_address": "12 Orchard Row"},
    feeds={"weather": {"days": [{"sky": "clear"}]}},
)
CATALOGUE = Catalogue(
    items=(
        Item(
            id="T1",
            title="Oolong",
            description="Smoked",
            url="https://shop.example/oolong",
            image_url="https://shop.example/oolong.jpg",
            price=14.5,
            inventory=5,
            categories=("Tea",),
        ),
        Item(id="T1-L", parent="T1", title="Large", price=24.0),
    ),
    changes=(
        ItemChange(at=datetime(2026, 3, 1, tzinfo=UTC), item="T1", price=12.0),
        ItemChange(at=datetime(2026, 4, 1, tzinfo=UTC), item="T1", price=9.0),
    ),
)
OCCASION = Occasion(
    now=datetime(2026, 3, 4, 9, 30, tzinfo=UTC),
    recipient="P1",
    coupons={"TEN": Coupon(kind="static", code="SAVE-TEN"), "EACH": Coupon(kind="unique")},
    products=Products(CATALOGUE),
    objects={title: [opened(one) for one in held] for title, held in ABOUT.objects.items()},
)


def shown(source: str) -> str:
    return render(source, ABOUT.values(), html=False, occasion=OCCASION)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("{{ first_name }} {{ last_name }} {{ email }}", "Zoë Ünal zoe@example.com"),
        ("{{ person.KlaviyoID }} {{ person.id }} {{ person.full_name }}", "P1 P1 Zoë Ünal"),
        ("{{ person.organization }}, {{ person.title }}", "Tea Ltd, Buyer"),
        ("{{ person.phone_number }}", "+447700900123"),
        (
            "{{ person.City }}/{{ person.Region }}/{{ person.Country }}/{{ person.Zipcode }}",
            "Leeds/Yorkshire/United Kingdom/LS1 1AA",
        ),
        ("{{ person.ViewedItems.1 }} {{ person.ViewedItems|join:'+' }}", "Assam Oolong+Assam"),
        ("{{ person|lookup:'$address1' }} {{ person|lookup:'$source' }}", "1 High Street Form"),
        ("{{ person|lookup:'$timezone' }} {{ person|lookup:'$city' }}", "Europe/London Leeds"),
        ("{{ person.predictive_analytics.churn }}", "0.4"),
        ("{{ person|lookup:'predictive_analytics.churn' }}", "0.4"),
        ("[{{ person.nothing }}][{{ person.city2.deeper }}]", "[][]"),
        ("{{ person|lookup:'nothing' }}", "None"),
        ("{{ person.CITY }}{{ Person.city }}{{ Email }}", ""),
        ("{{ event|lookup:'$value' }} {{ event.Items.0 }}", "58.0 Oolong"),
        ("{{ event.extra.lines.0.title }}: {{ event.extra.note }}", "Oolong: Thanks"),
        ("{{ event|lookup:'extra'|lookup:'lines'|lookup:'0'|lookup:'price' }}", "9.50"),
        ("{{ event.raw }}", '{ "kept": "as it is" }'),
        (
            "{{ object.name }} {{ object|lookup:'Shoe size' }} {{ object.vet.name }}",
            "Rex 3 Dr. Ode",
        ),
        ("{{ object_filter.Pet.name }} {{ object_filter.Ship_to.city }}", "Rex York"),
        ("{{ organization.name }}, {{ organization.full_address }}", "Juniper, 12 Orchard Row"),
        ("[{{ organization.city }}]", "[]"),
        ("{{ feeds.weather.days.0.sky }} {{ feeds|lookup:'weather'|length }}", "clear 1"),
        ("[{{ feeds.none.at.all }}]", "[]"),
    ],
)
def test_a_value_is_found_under_the_name_the_reference_gives(source: str, text: str) -> None:
    assert shown(source) == text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("{% if person.nope %}a{% else %}b{% endif %}", "b"),
        ("{% if person.nope < 5 %}before every number{% endif %}", "before every number"),
        ("{% if person|lookup:'nope' >= 0 %}a{% else %}b{% endif %}", "b"),
        ("{% if 3 > person.nope %}a{% else %}b{% endif %}", "a"),
        ("{% if person.nope < person.nada %}a{% else %}b{% endif %}", "b"),
        ("{% if '7' > 5 or '3' < 5 or '5' == 5 %}a{% else %}b{% endif %}", "b"),
        ("{% if 'b' > 'a' and 5.0 == 5 %}a{% endif %}", "a"),
        ("{% if person.nope == None %}a{% endif %}", "a"),
    ],
)
def test_what_is_missing_is_false_and_less_than_every_number(source: str, text: str) -> None:
    assert shown(source) == text


@pytest.mark.parametrize(
    "source",
    [
        "{{ event.$value }}",
        "{{ event|lookup:'extra'.note }}",
        "{{ 1 + 2 }}",
        "{% if 1 + 2 == 3 %}{% endif %}",
        "{{ '3.14'|float }}",
        "{{ 3.14|round(2) }}",
        "{{ person.first_name or 'there' }}",
        "{% set a = 1 %}",
        "{% assign a = 1 %}",
        "{% if a %}{% elseif b %}{% endif %}",
        "{% customobject as pet %}{% endcustomobject %}",
        "{% customobjects as pets %}{% endcustomobjects %}",
        "{% catalog %}{% endcatalog %}",
        "{% coupon_code %}",
        "{% render_variable subject %}",
    ],
)
def test_what_other_languages_have_is_a_fault(source: str) -> None:
    with pytest.raises(TemplateProblemError):
        shown(source)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("{{ catalog_item.title }}: {{ catalog_item.description }}", "Oolong: Smoked"),
        ("{{ catalog_item.price }}", "12.00"),
        ("{{ catalog_item.url }}", "https://shop.example/oolong"),
        ("{{ catalog_item.featured_image.full.src }}", "https://shop.example/oolong.jpg"),
        ("{{ catalog_item.featured_image.thumbnail.src }}", "https://shop.example/oolong.jpg"),
        ("{{ catalog_item.variants.0.title }} {{ catalog_item.variants.0.price }}", "Large 24.00"),
        ("{{ catalog_item.categories.0 }}", "Tea"),
        ("{{ catalog_item.metadata|lookup:'$price' }}", "12.00"),
        ("{% if catalog_item.inventory_quantity > 4 %}in stock{% endif %}", "in stock"),
    ],
)
def test_a_product_is_told_as_it_is_at_the_moment_of_sending(source: str, text: str) -> None:
    assert shown("{% catalog 'T1' %}" + source + "{% endcatalog %}") == text


def test_a_product_that_nobody_sells_prints_nothing_and_one_may_be_a_variant() -> None:
    block = "{{% catalog '{}' %}}[{{{{ catalog_item.title }}}}]{{% endcatalog %}}"
    assert shown(block.format("T9")) == "[]"
    assert shown(block.format("T1-L")) == "[Large]"


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (
            '{% customobjects object_type_title="Pet" as pets %}{% for p in pets %}'
            "{{ p.name }};{% endfor %}{% endcustomobjects %}",
            "Rex;Mia;",
        ),
        (
            '{% customobjects object_type_title="Boat" as boats %}{{ boats|length }}'
            "{% endcustomobjects %}",
            "0",
        ),
        ("{% customobject id='8' as pet %}{{ pet.name }}{% endcustomobject %}", "Mia"),
        ("{% customobject id=object.id as pet %}{{ pet.name }}{% endcustomobject %}", "Rex"),
        (
            '{% customobject id="8" object_type_title="Ship to" as s %}[{{ s.name }}]'
            "{% endcustomobject %}",
            "[]",
        ),
    ],
)
def test_custom_objects_are_those_of_the_person(source: str, text: str) -> None:
    assert shown(source) == text


def test_a_static_coupon_has_one_code_and_another_one_for_each_person() -> None:
    assert shown("{% coupon_code 'TEN' %}") == "SAVE-TEN"
    assert shown("{% coupon_code 'EACH' %}").startswith("EACH-")
    with pytest.raises(TemplateProblemError, match="There is no coupon “GONE”"):
        shown("{% coupon_code 'GONE' %}")


def test_values_that_were_given_are_not_changed_by_a_message() -> None:
    before: dict[str, Any] = ABOUT.values()
    shown("{% with person='x' %}{% today as event %}{{ person }}{% endwith %}")
    assert ABOUT.values() == before
