"""How pages name what is known of a person: properties, predictions, consent."""

from __future__ import annotations

from flows.columns import Value
from flows.conditions.predictive import PREDICTION_WORDS
from flows.rules import CHANNEL_WORDS

_PREDICTED, _AFFINITY = "predictive_analytics.", "channel_affinity."
_KINDS = {"consent": "consent", "suppression": "block", "permission": "permission"}
_OWN = (f"{_PREDICTED}predicted_gender", "permission.", "consent.sms_", "consent.whatsapp_")
"""Properties whose values are words of the account, such as likely_female."""


def plain_name(key: str) -> str:
    """A property's name as a person would write it; one with capitals stands as it is."""
    if key != key.lower():
        return key
    told = _predicted(key) or _of_channel(key) or key.replace("_", " ").replace(".", ": ")
    return told[:1].upper() + told[1:]


def plain_value(key: str, value: Value) -> str:
    """A property's value in words; what the account itself calls so, without its underscores."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ", ".join(plain_value(key, one) for one in value) or "nothing"
    if isinstance(value, str) and key.startswith(_OWN):
        return value.replace("_", " ")
    return "–" if value is None else str(value)


def _predicted(key: str) -> str:
    """“Probability of churn”, “rank of SMS”."""
    if not key.startswith(_PREDICTED):
        return ""
    dimension = key.removeprefix(_PREDICTED)
    if not dimension.startswith(_AFFINITY):
        return PREDICTION_WORDS.get(dimension, dimension.replace("_", " "))
    channel, _, measured = dimension.removeprefix(_AFFINITY).partition(".")
    return f"{'place' if measured == 'priority' else measured} of {_channel(channel)}"


def _of_channel(key: str) -> str:
    """“Email consent: method”, “WhatsApp marketing permission”."""
    kind, _, rest = key.partition(".")
    if kind not in _KINDS or not rest:
        return ""
    channel, _, what = rest.partition(".")
    name, _, use = channel.partition("_")
    words = " ".join(filter(None, (_channel(name), use, _KINDS[kind])))
    return f"{words}: {what.replace('_', ' ')}" if what else words


def _channel(name: str) -> str:
    return {str(key): word for key, word in CHANNEL_WORDS.items()}.get(name, name)
