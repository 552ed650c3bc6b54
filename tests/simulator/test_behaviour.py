"""The simulated world: near its figures, the same for one person alone and in any crowd."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from effort import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.columns import Column
from flows.document import Flow
from simulator import chance
from simulator.behaviour import Behaviour, SimulatedWorld, message_kind
from simulator.behaviour_settings import DefaultEmail, Fatigue, load_behaviour
from simulator.world import UNSUBSCRIBING, Response, SentBatch

HOUR = 3_600_000_000
CROWD = 200_000
EMAIL_METRICS = ("Opened Email", "Clicked Email", "Placed Order", UNSUBSCRIBING["email"])


def flow(name: str, trigger: dict[str, Any], **more: object) -> Flow:
    return Flow.model_validate({"id": name, "name": name, "triggers": [trigger]} | more)


WELCOME = flow("Welcome", {"type": "list", "id": "newsletter"})
CART = flow("Come back", {"type": "metric", "id": "Started Checkout"})
FLOWS = (WELCOME, CART)


def keys_of(people: np.ndarray) -> np.ndarray:
    return chance.mix(people.astype(np.uint64))


def batch(people: np.ndarray, rows: np.ndarray, **how: object) -> SentBatch:
    """A message to these people, who stand at these rows of a world."""
    size = len(people)
    return SentBatch(
        flow=int(how.get("flow", 0)),
        action=str(how.get("action", "a")),
        channel=str(how.get("channel", "email")),
        rows=rows.astype(np.int32),
        keys=keys_of(people),
        at=np.full(size, how.get("at", 0), dtype=np.int64),
        visit=np.ones(size, dtype=np.int64),
        variation=np.zeros(size, dtype=np.int16),
    )


def first_answers(behaviour: Behaviour, **how: object) -> list[Response]:
    people = np.arange(CROWD)
    return SimulatedWorld(behaviour, 1, FLOWS, CROWD).answer(batch(people, people, **how))


def answers_of(metric: str, answers: list[Response]) -> list[Response]:
    return [answer for answer in answers if answer.metric == metric]


def share(metric: str, answers: list[Response]) -> float:
    return sum(len(answer.cause) for answer in answers_of(metric, answers)) / CROWD


def people_opens(answers: list[Response]) -> Response:
    return next(a for a in answers if not a.properties["machine_open"].pool[0])


def test_opens_clicks_orders_and_goodbyes_come_at_their_rates() -> None:
    answers = first_answers(Behaviour())
    by_people = len(people_opens(answers).cause) / CROWD
    assert by_people == pytest.approx(0.289, abs=0.004)
    assert share("Opened Email", answers) == pytest.approx(0.50, abs=0.01)
    assert share("Clicked Email", answers) == pytest.approx(0.0563, abs=0.002)
    assert share("Placed Order", answers) == pytest.approx(0.0298, abs=0.0015)
    assert share(UNSUBSCRIBING["email"], answers) == pytest.approx(0.0073, abs=0.0007)


def test_texts_and_pushes_are_answered_at_their_rates() -> None:
    texts = first_answers(Behaviour(), channel="sms", flow=1)
    assert share("Clicked SMS", texts) == pytest.approx(0.162, abs=0.003)
    assert share("Placed Order", texts) == pytest.approx(0.091, abs=0.003)
    assert share(UNSUBSCRIBING["sms"], texts) == pytest.approx(0.024, abs=0.002)
    assert share("Opened Push", first_answers(Behaviour(), channel="push")) == pytest.approx(
        0.05, abs=0.002
    )


def test_channels_nobody_answers_bring_nothing() -> None:
    assert first_answers(Behaviour(), channel="webhook") == []


@pytest.mark.parametrize(("hours", "expected"), [(1, 0.33), (3, 0.50), (24, 0.79), (168, 0.94)])
def test_opens_come_when_people_read_their_mail(hours: int, expected: float) -> None:
    at = people_opens(first_answers(Behaviour())).at
    assert np.mean(at <= hours * HOUR) == pytest.approx(expected, abs=0.01)


@pytest.mark.parametrize(("hours", "expected"), [(24, 0.89), (48, 0.94), (168, 0.98)])
def test_clicks_come_sooner_than_opens(hours: int, expected: float) -> None:
    (clicks,) = answers_of("Clicked Email", first_answers(Behaviour()))
    assert np.mean(clicks.at <= hours * HOUR) == pytest.approx(expected, abs=0.015)


def test_nobody_clicks_before_opening_or_orders_before_clicking() -> None:
    answers = first_answers(Behaviour())
    opened = dict(zip(*times(people_opens(answers)), strict=True))
    clicked = dict(zip(*times(answers_of("Clicked Email", answers)[0]), strict=True))
    ordered = dict(zip(*times(answers_of("Placed Order", answers)[0]), strict=True))
    left = dict(zip(*times(answers_of(UNSUBSCRIBING["email"], answers)[0]), strict=True))
    assert all(at >= opened[person] for person, at in clicked.items())
    assert all(at >= clicked[person] for person, at in ordered.items())
    assert all(at >= opened[person] for person, at in left.items())


def times(response: Response) -> tuple[list[int], list[int]]:
    return response.cause.tolist(), response.at.tolist()


def test_causes_ascend_and_no_answer_comes_before_its_message() -> None:
    for channel in ("email", "sms", "push", "whatsapp"):
        for answer in first_answers(Behaviour(), channel=channel, at=HOUR):
            assert (np.diff(answer.cause) > 0).all()
            assert (answer.at >= HOUR).all()
            assert len(answer.values) == len(answer.cause)


def test_orders_are_worth_the_average_and_name_their_basket() -> None:
    model = Behaviour(default_email=DefaultEmail(aov=80))
    (orders,) = answers_of("Placed Order", first_answers(model))
    assert np.mean(orders.values) == pytest.approx(80, rel=0.05)
    assert set(orders.properties) == {"Items", "ItemCount", "Categories", "OrderId"}


def test_recent_messages_tire_and_are_forgotten() -> None:
    people = np.arange(CROWD)
    model = Behaviour(fatigue=Fatigue(open_multiplier_per_extra_message=0.5))
    world = SimulatedWorld(model, 1, FLOWS, CROWD)
    week = 7 * 24 * HOUR
    opens = [
        len(people_opens(world.answer(batch(people, people, action=str(at), at=at))).cause) / CROWD
        for at in (0, 0, week, 20 * week)
    ]
    full = 0.289
    assert opens == pytest.approx([full, full / 2, full / 2, full], abs=0.006)


@given(st.lists(st.integers(0, 400), min_size=1, max_size=25, unique=True), st.integers(0, 99))
@settings(max_examples=examples(40), deadline=None)
def test_a_person_answers_alone_as_in_any_crowd_and_order(people: list[int], seed: int) -> None:
    """Messages to all 400, and to these in this order, are answered alike."""
    crowd, few = np.arange(401), np.array(people)
    together = SimulatedWorld(Behaviour(), seed, FLOWS, 401)
    alone = SimulatedWorld(Behaviour(), seed, FLOWS, len(few))
    for number, channel in enumerate(("email", "sms", "email", "push")):
        how = {"action": f"a{number}", "channel": channel, "at": number * 5 * HOUR}
        how |= {"flow": number % 2}
        expected = by_person(together.answer(batch(crowd, crowd, **how)), crowd)
        found = by_person(alone.answer(batch(few, np.arange(len(few)), **how)), few)
        assert found == {person: said for person, said in expected.items() if person in people}


def by_person(answers: list[Response], people: np.ndarray) -> dict[int, list[object]]:
    said: dict[int, list[object]] = {}
    for answer in answers:
        columns = {name: column.values() for name, column in answer.properties.items()}
        for place, cause in enumerate(answer.cause.tolist()):
            own = {name: values[place] for name, values in columns.items()}
            value = np.nan_to_num(answer.values[place], nan=-1)
            line = (answer.metric, int(answer.at[place]), float(value), own)
            said.setdefault(int(people[cause]), []).append(line)
    return said


def test_other_actions_and_visits_are_answered_by_other_chances() -> None:
    one, other = (people_opens(first_answers(Behaviour(), action=a)).cause for a in "ab")
    both = len(np.intersect1d(one, other)) / CROWD
    assert both == pytest.approx(0.289**2, abs=0.004)


@pytest.mark.parametrize(
    ("name", "trigger", "kind"),
    [
        ("Hello", {"type": "list", "id": "L"}, "welcome"),
        ("Basket", {"type": "metric", "id": "Started Checkout"}, "cart"),
        ("Basket", {"type": "metric", "id": "Added to Cart"}, "cart"),
        ("Look again", {"type": "metric", "id": "Viewed Product"}, "browse"),
        ("After", {"type": "metric", "id": "Placed Order"}, "post_purchase"),
        ("Win-back", {"type": "metric", "id": "Placed Order"}, "winback"),
        ("Order confirmation", {"type": "metric", "id": "Placed Order"}, "confirm"),
        ("Again", {"type": "metric", "id": "Subscribed to Back in Stock"}, "product"),
        ("Cart reminder", {"type": "metric", "id": "RSNxYV"}, "cart"),
        ("Misc", {"type": "metric", "id": "RSNxYV"}, "default"),
        ("Misc", {"type": "segment", "id": "S"}, "default"),
        (
            "Treat",
            {
                "type": "date",
                "date_field_type": "profile-property",
                "date_profile_property": "birthday",
            },
            "birthday",
        ),
        (
            "Misc",
            {
                "type": "price-drop",
                "trigger_filter": None,
                "price_drop_amount_value": 5,
                "audience": ["viewed"],
            },
            "product",
        ),
    ],
)
def test_trigger_and_name_tell_the_kind(name: str, trigger: dict[str, Any], kind: str) -> None:
    assert message_kind(flow(name, trigger)) == kind


def test_a_metric_id_tells_the_kind_by_its_name() -> None:
    named = flow("Misc", {"type": "metric", "id": "X1"}, names={"X1": "Checkout Started"})
    assert message_kind(named) == "cart"


def test_a_behaviour_file_keeps_the_defaults_of_what_it_leaves_out(tmp_path) -> None:
    path = tmp_path / "quiet.json"
    path.write_text('{"default_email": {"open": 0.1}, "email": {"welcome": [0.2, 0.1, 0.5]}}')
    loaded = load_behaviour(path)
    assert loaded.default_email == DefaultEmail(open=0.1)
    assert loaded.email_rates("welcome") == (0.2, 0.1, 0.5)
    assert loaded.email_rates("cart") == (0.1, 0.17, 0.3)
    assert loaded.open_delay_h == Behaviour().open_delay_h


def test_orders_have_the_columns_of_the_audiences_orders() -> None:
    (orders,) = answers_of("Placed Order", first_answers(Behaviour()))
    assert all(isinstance(column, Column) for column in orders.properties.values())
