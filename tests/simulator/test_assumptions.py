"""Every figure is said in words, has a source, and can be changed by its key."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from flows.conditions.base import Need
from simulator.assumptions import Assumption, AssumptionError, assumptions, with_assumption
from simulator.scenario import Scenario
from simulator.synthetic.habits import ANSWERS, CONSENT_EVENTS, OWN

SCENARIO = Scenario()
METRICS = (
    *OWN,
    *ANSWERS,
    *CONSENT_EVENTS,
    *SCENARIO.audience.rates,
    *SCENARIO.audience.after_order,
    *SCENARIO.audience.same_as,
    "RSNxYV",
)
NEEDS = (
    *(Need(kind="metric", name=name) for name in METRICS),
    Need(kind="list", name="L1", trigger=True),
    Need(kind="segment", name="S1", trigger=True),
    Need(kind="group", name="G1"),
    Need(kind="property", name="plan/level", values=("gold", "silver")),
    Need(kind="property", name="country", values=("NZ",)),
    Need(kind="event-property", metric="RSNxYV", name="colour", values=("red",)),
    Need(kind="item", name="price-drop", values=(10,), trigger=True),
    Need(kind="predictive", name="predictive_analytics.churn_probability"),
    Need(kind="object", name="Pet", values=(1,), value_type="numeric"),
    Need(kind="object", name="Pet", property="species", values=("cat",)),
    *(
        Need(kind="consent-detail", name=name)
        for name in (
            *("consent.email.double_opt_in", "consent.sms.rcs_capable"),
            *("consent.sms_transactional", "permission.whatsapp_marketing"),
            "suppression.email.bounced_at",
        )
    ),
    Need(kind="postal-code", name="US/02116", values=(50,), value_type="numeric"),
)
NOT_FIGURES = {
    *("rate", "compared", "compared_standard"),
    *("groups/joined_before", "groups/joins_during", "groups/member", "owning/owners"),
}
"""What stands in for single rates and shares, each of which has a line of its own."""


def numbers(figures: Any, path: tuple[str, ...] = ()) -> Iterator[str]:
    """The keys of all numbers in a scenario's JSON."""
    items = enumerate(figures) if isinstance(figures, list) else figures.items()
    for step, value in items:
        inner = (*path, str(step).replace("/", "~1"))
        if isinstance(value, dict | list):
            yield from numbers(value, inner)
        elif isinstance(value, int | float):
            yield "/".join(inner)


def by_key(scenario: Scenario) -> dict[str, Assumption]:
    return {line.key: line for line in assumptions(scenario, NEEDS, {"L1": "Newsletter"})}


def test_every_number_of_the_behaviour_file_is_an_assumption() -> None:
    figures = SCENARIO.model_dump(mode="json")["behaviour"]
    assert set(numbers(figures)) == {
        key.removeprefix("behaviour/") for key in by_key(SCENARIO) if key.startswith("behaviour/")
    }


def test_every_number_of_the_audience_that_counts_is_an_assumption() -> None:
    figures = SCENARIO.model_dump(mode="json")["audience"]
    single_zones = {"en_GB", "de_DE", "fr_FR", "en_IE", "sv_SE"}
    expected = {
        key
        for key in numbers(figures)
        if key not in NOT_FIGURES and key.split("/")[1:2] not in [[z] for z in single_zones]
    } | {f"locales/{locale}" for locale in single_zones}
    found = {key.removeprefix("audience/") for key in by_key(SCENARIO)}
    assert expected <= found


def test_assumptions_read_as_sentences_with_their_source() -> None:
    lines = by_key(SCENARIO)
    welcome = lines["behaviour/email/welcome/0"]
    assert (welcome.label, welcome.source) == (
        "28.9 % of people open a welcome email",
        "Omnisend H1 2021",
    )
    assert lines["behaviour/open_delay_h/median"].label == (
        "Half of those who open an email do so within 3 hours"
    )
    assert lines["audience/rates/RSNxYV"].label == (
        "“RSNxYV” happens 0.8 times per person in 30 days"
    )
    assert lines["audience/groups/joins_during_of/L1"].label == (
        "30 % of people join “Newsletter” in the course of the run"
    )
    assert lines["audience/compared_of/plan~1level"].label == (
        "50 % of people have a “plan/level” that conditions compare with (gold, silver)"
    )
    assert lines["behaviour/fatigue/half_life_days"].source == "no source"
    assert lines["audience/shop/drop"].label == "A sale makes an item 20 % cheaper on average"
    assert lines["audience/owning/owners_of/Pet"].label == "50 % of people have a “Pet”"
    assert lines["audience/compared_of/Pet~1species"].label == (
        "50 % of “Pet” have a “species” that conditions compare with (cat)"
    )
    assert lines["audience/living/near"].label == (
        "50 % of the country's people live within twice the asked distance of US/02116"
    )


def test_what_no_flow_asks_for_is_not_assumed() -> None:
    keys = {line.key for line in assumptions(SCENARIO, [Need(kind="metric", name="Placed Order")])}
    parts = {key.split("/")[1] for key in keys if key.startswith("audience/")}
    assert not parts & {"shop", "predicting", "owning", "details", "living"}


def test_every_assumption_can_be_changed_by_its_key() -> None:
    for key, line in by_key(SCENARIO).items():
        if isinstance(line.value, str):
            continue
        other = 0.25 if line.unit in {"share", "weight"} else line.value + 1
        changed = with_assumption(SCENARIO, key, other)
        before, after = by_key(SCENARIO), by_key(changed)
        assert after[key].value == other
        assert {k: v for k, v in before.items() if k != key} == {
            k: v for k, v in after.items() if k != key
        }


def test_nothing_is_assumed_of_answers_where_nobody_answers() -> None:
    silent = Scenario(behaviour=None)
    assert not any(line.key.startswith("behaviour/") for line in assumptions(silent, NEEDS))


def test_metrics_are_known_by_their_names() -> None:
    scenario = Scenario(names={"X1": "Viewed Product"})
    keys = {line.key for line in assumptions(scenario, [Need(kind="metric", name="X1")])}
    assert "audience/browsing/views_per_session" in keys
    assert "audience/rates/X1" not in keys


@pytest.mark.parametrize(
    ("key", "value", "sentence"),
    [
        (
            "behaviour/email/welcome/0",
            3,
            "3 cannot stand for “behaviour/email/welcome/0”: "
            "input should be less than or equal to 1.",
        ),
        (
            "behaviour/email/welcome/9",
            0.1,
            "0.1 cannot stand for “behaviour/email/welcome/9”: there is no such assumption.",
        ),
        ("days", 3, "3 cannot stand for “days”: there is no such assumption."),
        (
            "audience/rates",
            3,
            "3 cannot stand for “audience/rates”: there is no such assumption.",
        ),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(key: str, value: float, sentence: str) -> None:
    with pytest.raises(AssumptionError) as refused:
        with_assumption(SCENARIO, key, value)
    assert str(refused.value) == sentence
