"""Where cards stand: laws over any flow, and a few pictures in numbers."""

from itertools import combinations, pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from editor.layout import CARD, Layout, Route, Spot, lay_out
from editor.skeleton import TRIGGER
from flows.document import Flow

Step = tuple[str, tuple[str | None, ...]]


def flow(entry: str | None, **steps: Step) -> Flow:
    actions = [_action(key, kind, targets) for key, (kind, targets) in steps.items()]
    return Flow.model_validate({"entry_action_id": entry, "actions": actions})


def email(target: str | None = None) -> Step:
    return "send-email", (target,)


def wait(target: str | None = None) -> Step:
    return "time-delay", (target,)


def split(yes: str | None = None, no: str | None = None) -> Step:
    return "conditional-split", (yes, no)


def _action(key: str, kind: str, targets: tuple[str | None, ...]) -> dict[str, Any]:
    if kind == "conditional-split":
        links = {"next_if_true": targets[0], "next_if_false": targets[1]}
        return {"id": key, "type": kind, "links": links}
    if kind == "multi-branch-split":
        branches = [
            {"branch_id": f"b{i}", "name": f"Path {'x' * i * 9}", "links": {"next": target}}
            for i, target in enumerate(targets)
        ]
        return {"id": key, "type": kind, "data": {"branches": branches}}
    data = {"value": 1} if kind == "time-delay" else None
    return {"id": key, "type": kind, "links": {"next": targets[0]}, "data": data}


@st.composite
def flows(draw: st.DrawFn, *, rings: bool = False) -> Flow:
    """Any shape: branches, rejoins, loose steps, and on wish links that lead back."""
    size = draw(st.integers(0, 14))
    steps: dict[str, Step] = {}
    for i in range(size):
        later = range(0 if rings else i + 1, size)
        target = st.none() | (st.sampled_from([f"s{j}" for j in later]) if later else st.none())
        kind, ways = draw(
            st.sampled_from(
                [
                    ("send-email", 1),
                    ("time-delay", 1),
                    ("conditional-split", 2),
                    ("multi-branch-split", 4),
                ]
            )
        )
        steps[f"s{i}"] = (kind, tuple(draw(target) for _ in range(ways)))
    return flow("s0" if size and draw(st.booleans()) else None, **steps)


def overlap(one: Spot, other: Spot) -> bool:
    return (
        one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    )


def crossings(layout: Layout) -> list[tuple[str, str]]:
    """Edges that run through the inside of a card, with the card's id."""
    spots = {**layout.cards, **layout.ends}
    return [
        (edge.id, key)
        for edge in layout.edges
        for key, spot in spots.items()
        if any(overlap(strip, spot) for strip in strips(edge))
    ]


def strips(edge: Route) -> list[Spot]:
    """The edge's straight pieces as hairline rectangles."""
    return [
        Spot(min(a[0], b[0]), min(a[1], b[1]), abs(a[0] - b[0]), abs(a[1] - b[1]))
        for a, b in pairwise(edge.points)
    ]


@given(flows(rings=True))
def test_no_two_cards_overlap(any_flow: Flow) -> None:
    layout = lay_out(any_flow)
    spots = [*layout.cards.values(), *layout.ends.values()]
    assert not [pair for pair in combinations(spots, 2) if overlap(*pair)]


@given(flows(rings=True))
def test_every_step_has_a_card_and_every_way_out_an_edge(any_flow: Flow) -> None:
    layout = lay_out(any_flow)
    ways = {f"{key}:{way.name}" for key, a in any_flow.by_id.items() for way in a.ways()}
    assert set(layout.cards) == {TRIGGER, *any_flow.by_id}
    assert {edge.id for edge in layout.edges} == ways | {f"{TRIGGER}:next"}


@given(flows())
def test_a_step_stands_below_all_that_lead_to_it(any_flow: Flow) -> None:
    layout = lay_out(any_flow)
    for edge in layout.edges:
        if edge.target and edge.kind != "jump":
            source = layout.cards[edge.source]
            assert layout.cards[edge.target].y > source.y + source.height


@given(flows(rings=True))
def test_no_edge_runs_through_a_card(any_flow: Flow) -> None:
    assert crossings(lay_out(any_flow)) == []


@given(flows(rings=True))
def test_an_edge_begins_under_its_step_and_ends_on_the_next(any_flow: Flow) -> None:
    layout = lay_out(any_flow)
    for edge in layout.edges:
        source = layout.cards[edge.source]
        end = layout.ends.get(edge.id) or layout.cards[str(edge.target)]
        assert edge.points[0] == (source.x + source.width / 2, source.y + source.height)
        assert edge.points[-1] == (end.x + end.width / 2, end.y)


@given(flows(rings=True))
def test_each_edge_runs_through_its_plus(any_flow: Flow) -> None:
    for edge in lay_out(any_flow).edges:
        x, y = edge.plus
        upright = [(a, b) for a, b in pairwise(edge.points) if a[0] == b[0] == x]
        assert any(a[1] < y < b[1] for a, b in upright)


@given(flows(rings=True))
def test_the_same_flow_is_laid_out_the_same(any_flow: Flow) -> None:
    again = Flow.model_validate(any_flow.to_json())
    assert lay_out(any_flow) == lay_out(again)


def test_an_empty_flow_is_a_trigger_and_an_exit() -> None:
    layout = lay_out(flow(None))
    assert layout.cards == {TRIGGER: Spot(-150.0, 0.0, *CARD)}
    assert list(layout.ends) == [f"{TRIGGER}:next"]
    assert [edge.kind for edge in layout.edges] == ["end"]


def test_a_chain_stands_in_one_column() -> None:
    layout = lay_out(flow("a", a=email("b"), b=wait("c"), c=email()))
    middles = {spot.x + spot.width / 2 for spot in layout.cards.values()}
    assert middles == {0.0}


def test_a_rejoin_stands_in_the_middle_below_what_it_joins() -> None:
    joined = flow("s", s=split("a", "b"), a=email("j"), b=email("j"), j=email())
    layout = lay_out(joined)
    assert layout.cards["j"].x == layout.cards["s"].x
    edges = {edge.id: edge for edge in layout.edges}
    assert edges["a:next"].kind == edges["b:next"].kind == "join"
    assert edges["a:next"].points[-2:] == edges["b:next"].points[-2:]


def test_both_ways_to_one_step_run_side_by_side() -> None:
    layout = lay_out(flow("s", s=split("j", "j"), j=email()))
    yes, no = (edge for edge in layout.edges if edge.source == "s")
    assert yes.plus[0] < 0 < no.plus[0]
    assert yes.plus[0] == -no.plus[0]


def test_what_nobody_reaches_stands_apart_at_the_right() -> None:
    layout = lay_out(flow("a", a=email(), lost=email("after"), after=email("a")))
    assert layout.apart == {"lost", "after"}
    assert layout.cards["lost"].x > layout.cards["a"].x + CARD[0]
    assert {edge.id: edge.kind for edge in layout.edges}["after:next"] == "jump"


def test_a_link_back_is_a_jump() -> None:
    layout = lay_out(flow("a", a=email("b"), b=email("a")))
    assert {edge.id: edge.kind for edge in layout.edges}["b:next"] == "jump"
    assert layout.apart == frozenset()


def test_a_thousand_nested_splits_are_laid_out() -> None:
    steps = {f"s{i}": split(f"s{i + 1}") for i in range(1000)}
    layout = lay_out(flow("s0", **steps, s1000=email()))
    assert len(layout.cards) == 1002
