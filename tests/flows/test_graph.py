"""The flow as a graph."""

from datetime import timedelta

from flow_strategies import flows
from hypothesis import given
from small_flows import delay, email, flow, paths, split

from flows import graph
from flows.document import Flow
from flows.graph import ENTRANCE, Slot

DIAMOND = flow(split("s", "yes", "no"), email("no", "end"), email("yes", "end"), delay("end"))


def test_steps_come_after_what_leads_to_them_and_first_ways_first() -> None:
    assert graph.order(DIAMOND) == ("s", "yes", "no", "end")


def test_detached_steps_stand_last_unless_they_lead_back() -> None:
    detached = flow(email("a", "b"), email("b"), email("lone"), email("leading", "b"))
    assert graph.order(detached) == ("leading", "a", "b", "lone")


def test_places_that_lead_to_a_step_are_found() -> None:
    assert graph.incoming(DIAMOND) == {
        "s": (ENTRANCE,),
        "no": (Slot("s", "false"),),
        "yes": (Slot("s", "true"),),
        "end": (Slot("no"), Slot("yes")),
    }


def test_a_step_with_two_ways_in_is_a_rejoin() -> None:
    assert graph.rejoins(DIAMOND) == ("end",)


def test_a_split_meets_where_all_its_ways_come_together() -> None:
    apart = flow(split("s", "yes", None), email("yes"))
    assert (graph.meeting(DIAMOND, "s"), graph.meeting(apart, "s")) == ("end", None)


def test_only_steps_without_another_way_in_belong_to_a_step() -> None:
    assert graph.owned(DIAMOND, "s") == {"yes", "no", "end"}
    assert graph.owned(DIAMOND, "yes") == set()


def test_everybody_passes_the_places_that_lie_on_all_paths() -> None:
    assert graph.passages(DIAMOND) == {
        "s": (ENTRANCE,),
        "yes": (ENTRANCE, Slot("s", "true")),
        "no": (ENTRANCE, Slot("s", "false")),
        "end": (ENTRANCE,),
    }


def test_loops_are_found_with_their_steps_in_order() -> None:
    loops = flow(email("a", "b"), delay("b", "a"), email("self", "self"), entry="a")
    assert graph.cycles(loops) == (("a", "b"), ("self",))
    assert graph.descendants(loops, "a") == {"a", "b"}
    assert graph.order(loops) == ("a", "b", "self")


def test_broken_links_are_told_apart_from_ends() -> None:
    broken = flow(paths("p", "gone", None), entry="p")
    assert graph.dangling(broken) == ((Slot("p", "path-1"), "gone"),)
    assert graph.ends(broken) == (Slot("p", "else"),)


def test_every_path_to_a_step_is_listed_once() -> None:
    yes = (ENTRANCE, Slot("s", "true"), Slot("yes"))
    no = (ENTRANCE, Slot("s", "false"), Slot("no"))
    assert graph.paths(DIAMOND, "end") == (yes, no)
    assert graph.paths(DIAMOND, "end", limit=1) == (yes,)


def test_the_longest_path_counts_its_delays() -> None:
    slow = delay("slow", "end", value=2, secondary_value=6)
    quick = delay("quick", "end", unit="hours", value=3, secondary_value=30)
    shape = flow(split("s", "slow", "quick"), slow, quick, delay("end", None, value=1))
    assert graph.longest(shape) == timedelta(days=3, hours=6)


def test_a_delay_beyond_all_time_is_held_at_the_longest_span() -> None:
    assert graph.longest(flow(delay("a", "b", value=10**12), delay("b"))) == timedelta.max


@given(flows())
def test_in_flows_without_loops_every_link_leads_forward(generated: Flow) -> None:
    place = {action_id: i for i, action_id in enumerate(graph.order(generated))}
    links = [
        (slot.action_id, graph.target(generated, slot))
        for slot in graph.slots(generated)
        if slot.action_id
    ]
    assert all(place[start] < place[end] for start, end in links if end)
    assert graph.reachable(generated) == set(generated.by_id)
    assert graph.cycles(generated) == ()
