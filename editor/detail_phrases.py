"""How consent came about, as sentences with blanks: when, by which method, from which source."""

from __future__ import annotations

from collections.abc import Callable

from editor.phrases import DATE_SPANS, SPANS, Blank, Json, Phrase, choice, put, span_of, span_rest
from flows.conditions.consent_forms import FORMS, PERMISSION_FILTERS
from flows.conditions.known import METHODS

_WORDS = {
    "status_date": "since a day",
    "bounce_date": "bounced on a day",
    "manual_suppression_date": "suppressed by hand on a day",
    "invalid_email_date": "found invalid on a day",
    "effective_date": "in effect since a day",
    "recorded_date": "recorded on a day",
    "custom_source": "the source",
    "is_double_opt_in": "double opt-in",
    "is_rcs_capable": "RCS",
}
_SET = "is-set"
_MAY_BE_SET = {"bounce_date", "manual_suppression_date", "invalid_email_date"}
_NAMED = {"form": "of the forms", "api": "with a key ending in", "manual_import": "by the users",
          "manual_add": "by the users"}  # fmt: skip
_INTEGRATIONS = {"shopify": "Shopify", "constant_contact": "Constant Contact"}
_PAGES = "is_double_opt_in"
"""Stands only where the address of a preference page may be asked, too."""
Lift = Callable[[Json], Json]


def allowed(condition: Json) -> tuple[str, ...]:
    """The keys of the filters that the public definition lets the condition have, in order."""
    if condition.get("type") == "profile-permissions":
        status = str((condition.get("permission") or {}).get("reachable_status"))
        ways = sorted(f"method {name}" for name in METHODS)
        return (*sorted(PERMISSION_FILTERS), *ways) if status.startswith("explicitly") else ()
    asked: Json = condition.get("consent") or {}
    subscription = (asked.get("consent_status") or {}).get("subscription")
    form = (asked.get("channel"), asked.get("can_receive_marketing"), subscription)
    return next((tuple(sorted(keys)) for known, keys in FORMS.items() if known == form), ())


def first_detail(condition: Json) -> Json | None:
    """A new filter for the condition; None where it takes none."""
    keys = allowed(condition)
    return detail_of(keys[-1] if keys[-1] in _WORDS else keys[0], condition) if keys else None


def detail_of(key: str, condition: Json) -> Json:
    """A filter with this key: a field, or a method."""
    field, _, method = key.partition(" ")
    if field == "method":
        named = condition.get("type") == "profile-permissions"
        made: Json = {"field": "subscribe_method" if named else "method", "method": method}
        return made | ({"filter": _integration(condition)} if _chooses(method, made) else {})
    if field == "custom_source":
        return {"field": field, "filter": {"type": "string", "operator": "equals", "value": ""}}
    if field.startswith("is_"):
        return {"field": field, "filter": {"type": "boolean", "operator": "equals", "value": True}}
    return {"field": field, "filter": span_of("in-the-last", {})}


def detail_phrase(condition: Json, row: Json, lift: Lift) -> Phrase:
    """What is asked, then what it asks for."""
    field = str(row.get("field"))
    is_method = field.endswith("method")
    key = f"method {row.get('method')}" if is_method else field
    options = {one: _name(one) for one in (*allowed(condition), key)}
    which = choice("Detail", key, options, lambda new: lift(detail_of(new, condition)))
    if not is_method:
        return (which, *_field(field, row, lift))
    pages = key == "method preference_page" and _PAGES in allowed(condition)
    return (which, *(_page(row, lift) if pages else _method(row, lift)))


def _field(field: str, row: Json, lift: Lift) -> Phrase:
    held: Json = row.get("filter") or {}

    def inner(new: Json) -> Json:
        return lift({**row, "filter": new})

    if field.startswith("is_"):
        yes = {True: "is there", False: "is not there"}
        return (choice("Yes or no", bool(held.get("value")), yes, put(held, "value", inner)),)
    if field == "custom_source":
        return ("is", _text("Source", held, inner))
    operator = str(held.get("operator", ""))
    kinds = {key: SPANS[key] for key in (*DATE_SPANS, operator) if key in SPANS}
    if field in _MAY_BE_SET:
        kinds[_SET] = "at any time"

    def span(new: str) -> Json:
        there: Json = {"type": "existence", "operator": _SET}
        return inner(there if new == _SET else span_of(new, held))

    return (choice("When", operator, kinds, span), *span_rest(held, operator, inner))


def _method(row: Json, lift: Lift) -> Phrase:
    """Which form, key, page or user it was, where the method has such; none means any."""
    method, held = str(row.get("method")), row.get("filter") or {}

    def listed(chosen: list[str]) -> Json:
        test: Json = {"type": "string", "operator": "in", "value": list(chosen)}
        return lift({**row, "filter": test if chosen else None})

    if _chooses(method, row):
        now = next(iter(held.get("value") or ()), None)
        return (choice("Integration", now, _INTEGRATIONS, lambda one: listed([one])),)
    plain = row.get("field") == "method"
    if method in _NAMED and (plain or method == "form"):
        names = Blank(label="Which", kind="texts", value=held.get("value") or [], fill=listed)
        return _NAMED[method], names
    return ()


def _page(row: Json, lift: Lift) -> Phrase:
    """The address of the page; empty for any."""

    def fill(address: str) -> Json:
        test: Json = {"type": "string", "operator": "equals", "value": address}
        return lift({**row, "filter": test if address else None})

    now = (row.get("filter") or {}).get("value")
    return "at the address", Blank(label="Address", kind="text", value=now, fill=fill)


def _chooses(method: str, row: Json) -> bool:
    return method == "integration" and row.get("field") == "method"


def _integration(condition: Json) -> Json:
    """The integration that the public definition knows: one for leaving email, else the other."""
    asked: Json = condition.get("consent") or {}
    leaving = asked.get("channel") == "email" and not asked.get("can_receive_marketing")
    name = "constant_contact" if leaving else "shopify"
    return {"type": "string", "operator": "in", "value": [name]}


def _text(label: str, held: Json, lift: Lift) -> Blank:
    return Blank(label=label, kind="text", value=held.get("value"), fill=put(held, "value", lift))


def _name(key: str) -> str:
    field, _, method = key.partition(" ")
    return METHODS.get(method, method) if field == "method" else _WORDS.get(field, field)
