"""What is known of a person stands under names that people would write."""

import pytest

from app.pages.known_names import plain_name, plain_value
from flows.columns import Value


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("first_name", "First name"),
        ("Loyalty_Tier", "Loyalty_Tier"),
        ("predictive_analytics.churn_probability", "Probability of churn"),
        ("predictive_analytics.channel_affinity.sms.rank", "Rank of SMS"),
        ("predictive_analytics.channel_affinity.email.priority", "Place of email"),
        ("consent.email.method", "Email consent: method"),
        ("consent.sms_transactional", "SMS transactional consent"),
        ("suppression.email.bounced_at", "Email block: bounced at"),
        ("permission.whatsapp_marketing", "WhatsApp marketing permission"),
        ("address.line_one", "Address: line one"),
    ],
)
def test_a_property_is_named_in_words(key: str, name: str) -> None:
    assert plain_name(key) == name


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("permission.whatsapp_marketing", "implicitly_reachable", "implicitly reachable"),
        ("predictive_analytics.predicted_gender", "likely_female", "likely female"),
        ("nick_name", "a_b", "a_b"),
        ("vip", True, "yes"),
        ("likes", ("tea", False), "tea, no"),
        ("likes", (), "nothing"),
        ("age", None, "–"),
    ],
)
def test_a_value_is_said_in_words(key: str, value: Value, said: str) -> None:
    assert plain_value(key, value) == said
