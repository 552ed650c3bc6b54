"""Laws that hold for every edit of any flow."""

from flow_strategies import flows
from hypothesis import given
from hypothesis import strategies as st

from flows import graph
from flows.actions import ACTIONS
from flows.actions.base import Action
from flows.document import Flow, dump
from flows.edits import DROP_ALL, Slot, duplicate, insert, move, new_action, paste, remove
from flows.errors import ImpossibleEditError
from flows.loading import read

TYPES = tuple(str(kind.model_fields["type"].default) for kind in ACTIONS)


def links(of: Flow) -> dict[Slot, str | None]:
    """Where every place of a flow leads."""
    return {slot: graph.target(of, slot) for slot in graph.slots(of)}


@given(flows(), st.data())
def test_inserting_and_removing_again_leaves_all_links_as_they_were(
    generated: Flow, data: st.DataObject
) -> None:
    before = dump(generated)
    at = data.draw(st.sampled_from(graph.slots(generated)))
    new = new_action(data.draw(st.sampled_from(TYPES)), generated)
    after = remove(insert(generated, new, at), new.key)
    assert links(after) == links(generated)
    assert after.templates == generated.templates
    assert dump(generated) == before


def draw_edit(flow: Flow, data: st.DataObject) -> Flow:
    """One edit out of all, at a place of the flow."""
    slot = data.draw(st.sampled_from(graph.slots(flow)))
    new = new_action(data.draw(st.sampled_from(TYPES)), flow)
    if not flow.actions:
        return insert(flow, new, slot)
    some = data.draw(st.sampled_from(flow.actions))
    copies = data.draw(st.lists(st.sampled_from(flow.actions), unique_by=key))
    way = data.draw(st.sampled_from([None, DROP_ALL, *(way.name for way in some.ways())]))
    edits = (
        lambda: insert(flow, new, slot),
        lambda: remove(flow, some.key, way),
        lambda: move(flow, some.key, slot),
        lambda: duplicate(flow, some.key),
        lambda: paste(flow, copies, slot),
    )
    return data.draw(st.sampled_from(edits))()


def key(action: Action) -> str:
    return action.key


@given(flows(), st.data())
def test_every_edit_leaves_a_sound_flow_and_the_old_one_as_it_was(
    generated: Flow, data: st.DataObject
) -> None:
    before = dump(generated)
    try:
        after = draw_edit(generated, data)
    except ImpossibleEditError:
        after = generated
    assert graph.dangling(after) == ()
    assert graph.cycles(after) == ()
    assert graph.reachable(after) >= graph.reachable(generated) & set(after.by_id)
    assert len(after.by_id) == len(after.actions)
    assert read(dump(after)).flow == after
    assert dump(generated) == before
