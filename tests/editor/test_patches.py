"""Patches between two pictures of a flow."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from small_flows import delay, email, flow, split

from editor.layout import lay_out
from editor.patches import difference
from editor.skeleton import TRIGGER
from editor.view import View, picture
from flows.document import Flow


def view_of(shown: Flow, revision: int = 0) -> View:
    return picture(shown, lay_out(shown), (), revision)


def patched(patch: dict[str, Any], page: dict[str, Any]) -> dict[str, Any]:
    """What the page holds after a patch."""
    kept = {} if patch["base"] == -1 else {k: v for k, v in page.items() if k not in patch["gone"]}
    for key, (x, y) in patch["moved"].items():
        kept[key] = kept[key] | {"spot": kept[key]["spot"] | {"x": x, "y": y}}
    for key, by in patch["slid"].items():
        kept[key] = kept[key] | {
            "points": tuple(_slid(point, by) for point in kept[key]["points"]),
            "plus": _slid(kept[key]["plus"], by),
            "label_at": kept[key]["label_at"] and _slid(kept[key]["label_at"], by),
        }
    return kept | {item["id"]: item for item in patch["nodes"] + patch["edges"]}


def _slid(point: tuple[float, float], by: tuple[float, float]) -> tuple[float, float]:
    return point[0] + by[0], point[1] + by[1]


def test_the_first_patch_brings_everything() -> None:
    view = view_of(flow(email("a")), 3)
    patch = difference(None, view)
    assert (patch["base"], patch["revision"], patch["gone"]) == (-1, 3, [])
    assert [node["id"] for node in patch["nodes"]] == [TRIGGER, "a", "a:next@"]
    assert [edge["id"] for edge in patch["edges"]] == [f"{TRIGGER}:next", "a:next"]


def test_a_patch_brings_only_what_changed() -> None:
    before = view_of(flow(email("a", "b"), email("b")), 1)
    after = view_of(flow(email("a", "b"), email("b", name="New")), 2)
    patch = difference(before, after)
    assert [node["id"] for node in patch["nodes"]] == ["b"]
    assert (patch["base"], patch["revision"], patch["edges"], patch["gone"]) == (1, 2, [], [])


def test_what_only_moves_travels_short() -> None:
    before = view_of(flow(email("a", "b"), email("b")))
    after = view_of(flow(email("a", "new"), email("new", "b"), email("b")))
    patch = difference(before, after)
    assert [node["id"] for node in patch["nodes"]] == ["new"]
    assert patch["moved"] == {"b": (-150.0, 396.0), "b:next@": (-36.0, 520.0)}
    assert [edge["id"] for edge in patch["edges"]] == ["a:next", "new:next"]
    assert patch["slid"] == {"b:next": (0.0, 132.0)}


def test_a_patch_names_what_has_gone() -> None:
    before = view_of(flow(email("a", "b"), email("b")))
    after = view_of(flow(email("a")))
    assert set(difference(before, after)["gone"]) == {"b", "b:next", "b:next@"}


SHAPES = st.sampled_from(
    [
        flow(entry=None),
        flow(email("a")),
        flow(email("a", "b"), delay("b")),
        flow(email("a", "s"), split("s", "b", None), delay("b")),
        flow(split("s", "b", "b"), email("b", name="Joined")),
        flow(email("a"), email("lost")),
    ]
)


@given(st.lists(SHAPES, min_size=1, max_size=5))
def test_patches_in_a_row_give_what_a_fresh_page_gets(shapes: list[Flow]) -> None:
    page: dict[str, Any] = {}
    before: View | None = None
    for revision, shape in enumerate(shapes):
        view = view_of(shape, revision)
        page = patched(difference(before, view), page)
        before = view
    assert page == patched(difference(None, view_of(shapes[-1])), {})
