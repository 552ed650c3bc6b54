"""What a template asks of the account, found without rendering it."""

from flows.templates.uses import Product, Uses, uses


def test_everything_a_template_asks_for_is_listed_once() -> None:
    source = (
        "{% if person.vip %}{% coupon_code 'VIP' %}{% else %}{% coupon_code 'TEN' %}{% endif %}"
        "{% coupon_code 'TEN' %}{{ feeds.weather.days.0 }}{{ feeds|lookup:'sea tide' }}"
        "{% catalog 'T1' unpublished='cancel' %}{{ catalog_item.title }}{% endcatalog %}"
        "{% catalog event.ProductID %}{% endcatalog %}"
        "{% customobjects object_type_title='Pet' as pets %}{% endcustomobjects %}"
        "{% customobject id=event.pet as pet %}{% endcustomobject %}{% unsubscribe %}"
    )
    assert uses(source) == Uses(
        coupons=("VIP", "TEN"),
        feeds=("weather", "sea tide"),
        products=(Product(id="T1"),),
        items=(Product(id="T1"), Product(path=("event", "ProductID"))),
        objects=("Pet", ""),
        tags=("coupon_code", "catalog", "customobjects", "customobject", "unsubscribe"),
    )


def test_what_stands_in_a_comment_or_is_printed_as_it_is_asks_for_nothing() -> None:
    source = "{% comment %}{% coupon_code 'A' %}{% endcomment %}{# {% unsubscribe %} #}"
    assert uses(source + "{% verbatim %}{% web_view %}{% endverbatim %}") == Uses()


def test_several_texts_ask_for_all_that_each_asks_for() -> None:
    told = Uses.together(map(uses, ("{% coupon_code 'A' %}", "{% web_view %}", "{% broken")))
    assert told == Uses(broken=True, coupons=("A",), tags=("coupon_code", "web_view"))
