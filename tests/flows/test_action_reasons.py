"""Why a step decided so about one person, and what holds for every decision."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest
from fake_scene import scene
from flow_strategies import action_documents
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter
from small_flows import Json, has, one_group

from flows.actions import Action, AnyAction
from flows.actions.base import EXIT, STAY
from flows.columns import Column
from flows.conditions.base import Names
from flows.document import Flow
from flows.rules import Rules
from flows.scene import SUBSCRIBED, Consent

READ: TypeAdapter[Action] = TypeAdapter(AnyAction)
NAMES = Names({"LIST": "Newsletter"})
GOLD = one_group(has("properties['tier']", "equals", "gold"))
VERSION: Json = {"id": "a", "type": "send-email", "data": {"message": {"template_id": "T"}}}
TWO = {"variations": [VERSION, VERSION | {"id": "b"}]}


def made(kind: str, **data: Any) -> Action:
    return READ.validate_python({"id": "x", "type": kind, "data": data})


def operations(*several: Json) -> Action:
    return made("update-profile", profile_operations=list(several), status="live")


def put(key: str, value: str) -> Json:
    head = {"operator": "update", "property_key": key, "property_type": "string"}
    return head | {"property_value": value}


def someone(**more: Any) -> Any:
    """One person with addresses who agreed to email and texts, at noon."""
    agreed = Consent(np.array([SUBSCRIBED]), np.array([0]), np.array([False]))
    facts = {"consents": {"email": agreed, "sms": agreed}} | more
    return scene("2026-03-10T12:00:00", **facts)


LIVE = {"status": "live"}
PASSED = "Every check passed: filters, address, consent, quiet hours, smart sending."
AS_IS = Rules(as_live=False)
LIST_FLOW = Flow.model_validate({"triggers": [{"type": "list", "id": "LIST"}]})
GOLD_FLOW = Flow.model_validate({"profile_filter": GOLD})
EXPLAINED: list[tuple[Action, dict[str, Any], str]] = [
    (made("send-email", message={"template_id": "T"}, **LIVE), {}, PASSED),
    (made("send-email", **LIVE), {}, "The step is not set up, so it is skipped."),
    (
        made("send-email", message={"template_id": "T"}, status="draft"),
        {"rules": AS_IS},
        "The step is a draft, so people pass it by.",
    ),
    (
        made("send-email", message={"template_id": "T"}, status="disabled"),
        {},
        "The step is disabled, so people pass it by.",
    ),
    (
        made("send-sms", message={"body": "x"}, status="manual"),
        {"rules": AS_IS},
        "The step is manual: it waits for a review, and the person moves on.",
    ),
    (
        made("send-email", message={"template_id": "T"}, **LIVE),
        {"flow": LIST_FLOW},
        "They are no longer in Newsletter.",
    ),
    (
        made("send-sms", message={"body": "x"}, **LIVE),
        {"consents": {}},
        "Consent for SMS: never subscribed.",
    ),
    (
        made("send-webhook", message={"url": "https://x.example"}, **LIVE),
        {},
        "The request goes out; nobody waits for the answer.",
    ),
    (
        made("send-webhook", message={}, **LIVE),
        {},
        "The step is not set up, so it is skipped.",
    ),
    (operations(put("tier", "tin")), {}, "Set tier to tin."),
    (operations(), {}, "The step is not set up, so it is skipped."),
    (
        made("list-update", list_id="LIST", on_execution=True, **LIVE),
        {},
        "Add to Newsletter.",
    ),
    (made("time-delay", value=2), {}, "No live step comes after it, so it is skipped."),
    (made("conditional-split", profile_filter=None), {}, "YES: the split asks nothing."),
    (
        made("ab-test", main_action=VERSION, **LIVE),
        {},
        PASSED,
    ),
    (
        made(
            "ab-test",
            main_action=VERSION,
            experiment_status="live",
            current_experiment=TWO,
            **LIVE,
        ),
        {"chances": {("ab-test", False): [0.7]}},
        f"Version b by chance. {PASSED}",
    ),
    (
        made("multi-branch-split", branches=[{"branch_id": "a", "branch_filter": GOLD}]),
        {},
        "Everyone else: no path before it fits.",
    ),
]


@pytest.mark.parametrize(
    ("action", "facts", "why"), EXPLAINED, ids=lambda one: getattr(one, "type", "")
)
def test_a_decision_is_explained(action: Action, facts: dict[str, Any], why: str) -> None:
    assert action.explain(someone(**facts), NAMES) == why


@pytest.mark.parametrize(
    "action",
    [
        made("send-email", message={"template_id": "T"}, **LIVE),
        made("send-sms", message={"body": "x"}, **LIVE),
        made("send-webhook", message={"url": "https://x.example"}, **LIVE),
        operations(put("a", "b")),
        made("list-update", list_id="LIST", on_execution=True, **LIVE),
    ],
    ids=lambda one: str(one.type),
)
def test_every_step_names_the_part_of_the_flow_filter_that_failed(action: Action) -> None:
    said = action.explain(someone(flow=GOLD_FLOW), NAMES)
    assert said.startswith("The flow filter does not hold: ")
    assert "wanted" in said
    assert action.explain(someone(flow=GOLD_FLOW, properties={"tier": ["gold"]}), NAMES) != said


class Chances(dict[Any, list[float]]):
    """Whatever chance is asked for, spread evenly over the rows."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.size = size

    def __missing__(self, key: Any) -> list[float]:
        return [i / self.size for i in range(self.size)]


def _row(document: Json, values: list[list[Any]], spread: list[float]) -> Any:
    """The step over rows that differ in what they are, did at entry, remember and draw."""
    tier, points, score, memory, stock = zip(*values, strict=True)
    flow = Flow.model_validate({"actions": [document], "entry_action_id": "x", "stubs": STUBS})
    here = scene(
        size=len(values),
        properties={"tier": tier, "points": points, "country": tier},
        event={"$value": points, "ProductName": tier},
        memory={"elsewhere": score, "x": memory},
        stock=np.array(stock, dtype=np.int64),
        consents={channel: _consent(memory) for channel in ("email", "sms", "push", "whatsapp")},
        chances=defaultdict(lambda: spread),
        flow=flow,
    )
    return flow.action("x").advance(here)


def _consent(codes: Sequence[int]) -> Consent:
    status = np.array([code % 3 for code in codes], dtype=np.int8)
    zeros = np.zeros(len(codes), dtype=np.int64)
    return Consent(status, zeros, zeros.astype(np.bool_))


STUBS: Json = {
    name: {"cases": [{"when": GOLD, "outputs": {"score": 9}}], "outputs": {"score": 1, "tier": "x"}}
    for name in ("x", "elsewhere")
}
rows = st.lists(
    st.tuples(
        st.sampled_from([None, "gold", "tin"]),
        st.sampled_from([None, 3, 700.5]),
        st.integers(-1, 1),
        st.integers(-1, 1),
        st.sampled_from([0, 2**60]),
    ),
    min_size=2,
    max_size=4,
)


@given(action_documents("x"), rows, st.randoms(use_true_random=False))
def test_rows_together_get_what_each_gets_alone(
    document: Json, values: list[Any], random: Any
) -> None:
    spread = [random.random() for _ in values]
    together = _row(document, values, spread)
    alone = [_row(document, [one], [draw]) for one, draw in zip(values, spread, strict=True)]

    def all_of(read: Callable[[Any], Any]) -> list[Any]:
        return [value for step in alone for value in np.asarray(read(step)).tolist()]

    assert together.way.tolist() == all_of(lambda step: step.way)
    assert together.leave_at.tolist() == all_of(lambda step: step.leave_at)
    for name in ("note", "remember"):
        held = getattr(together, name)
        assert held is None or held.tolist() == all_of(lambda step, name=name: getattr(step, name))
    if together.sends:
        assert together.sends.reason.tolist() == all_of(lambda step: step.sends.reason)
        assert together.sends.variation.tolist() == all_of(lambda step: step.sends.variation)
    for i, change in enumerate(together.changes):
        assert change.rows.tolist() == all_of(lambda step, i=i: step.changes[i].rows)
        if change.values is not None:
            assert change.values.values() == [
                value for step in alone for value in step.changes[i].values.values()
            ]


@given(action_documents("x"), st.integers(1, 4))
def test_every_row_takes_a_way_or_waits_and_nobody_goes_back_in_time(
    document: Json, size: int
) -> None:
    flow = Flow.model_validate({"actions": [document], "entry_action_id": "x"})
    here, action = scene(size=size, chances=Chances(size), flow=flow), flow.action("x")
    step = action.advance(here)
    ways = range(len(action.ways()))
    assert all(way in (EXIT, STAY, *ways) for way in step.way.tolist())
    assert (step.leave_at >= here.now).all()
    assert (step.leave_at > here.now)[step.way == STAY].all()
    assert {len(step.way), len(step.leave_at)} == {size}
    assert all(len(change.rows) == size for change in step.changes)
    assert all(isinstance(c.values, Column) for c in step.changes if c.kind == "property")
