"""Tests of versions: shares, winners, and what goes out before and after."""

from __future__ import annotations

from typing import Any

import pytest
from fake_scene import FakeScene, at, scene, times
from small_actions import LIVE, NAMES, agreed, made, told
from small_flows import Json

from flows.actions import Action
from flows.actions.ab_test import AbTest
from flows.actions.base import Step
from flows.decisions import Decision
from flows.document import Flow
from flows.scene import SUBSCRIBED


def version(name: str, **message: Any) -> Json:
    data = {"message": {"body": name, **message}, **LIVE}
    return {"id": name, "type": "send-mobile-push", "data": data}


def push_trial(state: str | None = "live", **more: Any) -> Action:
    experiment = {"variations": [version("a"), version("b")], **more}
    return made(
        "content-experiment",
        {
            **LIVE,
            "experiment_status": state,
            "main_action": version("main"),
            "current_experiment": experiment,
        },
    )


def crowd(*chances: float, **facts: Any) -> FakeScene:
    size = len(chances)
    given = {
        "consents": {"push": agreed(*[SUBSCRIBED] * size)},
        "chances": {("ab-test", False): list(chances)},
        "flow": Flow(id="f"),
        **facts,
    }
    return scene(size=size, **given)


def variations(step: Step) -> list[int]:
    assert step.sends is not None
    return step.sends.variation.tolist()


@pytest.mark.parametrize("state", [None, "draft", "completed"])
def test_before_and_after_a_test_the_main_message_goes_out(state: str | None) -> None:
    step = push_trial(state).advance(crowd(0.1, 0.9))

    assert (variations(step), told(step)) == ([-1, -1], [None, None])


@pytest.mark.parametrize(
    "allocations",
    [
        {"a": 25, "b": 75},
        {"0": 25, "1": 75},
        {"a": 0.25, "1": 0.75},
    ],
)
def test_shares_go_by_id_or_place(allocations: Json) -> None:
    held = push_trial(allocations=allocations)

    assert variations(held.advance(crowd(0.0, 0.24, 0.25, 0.99))) == [0, 0, 1, 1]


def test_shares_go_by_temporary_id() -> None:
    first, second = version("a"), {"temporary_id": "t", **version("b")}
    held = push_trial(variations=[first, second], allocations={"a": 10, "t": 90})

    assert variations(held.advance(crowd(0.05, 0.2))) == [0, 1]


def winner(choice: str, moment: str, name: str = "f/x") -> Decision:
    return Decision(kind="winner", name=name, at=at(moment), choice=choice)


def test_from_the_moment_on_everybody_gets_the_version_that_won() -> None:
    now = times("2026-03-10T11:59:59", "2026-03-10T12:00:00", "2026-03-11T00:00:00")
    people = crowd(0.9, 0.9, 0.9, decisions=(winner("a", "2026-03-10T12:00:00"),))
    people.now = now

    assert variations(push_trial().advance(people)) == [1, 0, 0]


def test_the_main_message_can_win() -> None:
    people = crowd(0.1, decisions=(winner("main", "2026-03-01"),))
    held = push_trial()

    assert variations(held.advance(people)) == [-1]
    assert held.explain(people, NAMES).startswith("The main message, for it has won the test. ")


def test_what_other_tests_decide_changes_nothing_here() -> None:
    elsewhere = (winner("a", "2026-03-01", "f/y"), winner("a", "2026-03-01", "g/x"))

    assert variations(push_trial().advance(crowd(0.9, decisions=elsewhere))) == [1]


def test_a_flow_without_an_id_goes_by_its_name() -> None:
    here = crowd(0.9, flow=Flow(name="Hello"), decisions=(winner("a", "2026-03-01", "Hello/x"),))

    assert variations(push_trial().advance(here)) == [0]


def test_a_version_is_explained_by_chance_or_by_its_victory() -> None:
    held, passed = push_trial(), "Every check passed"

    assert held.explain(crowd(0.9), NAMES).startswith(f"Version b by chance. {passed}")
    won = crowd(0.9, decisions=(winner("a", "2026-03-01"),))
    assert held.explain(won, NAMES).startswith(f"Version a, which has won. {passed}")


def test_how_a_test_of_emails_ends_is_read_in_full() -> None:
    email = {"id": "a", "type": "send-email", "data": {"message": {"template_id": "T"}}}
    settings = {
        "enabled": True,
        "automatic_end_date": "2026-04-01T00:00:00+00:00",
        "automatic_end_statistical_certainty": False,
    }
    held = made(
        "ab-test",
        {
            "main_action": email,
            "current_experiment": {
                "variations": [email],
                "winner_metric": "submission",
                "automatic_winner_selection_settings": settings,
            },
        },
    )

    assert isinstance(held, AbTest)
    assert held.experiment is not None
    assert held.experiment.automatic_winner_selection_settings is not None
    assert held.experiment.automatic_winner_selection_settings.to_json() == settings
