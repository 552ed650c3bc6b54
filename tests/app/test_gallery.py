"""The gallery reads each flow once a revision, and shows it in words and in miniature."""

from datetime import UTC, datetime

import sample_flows
from app.gallery import Gallery
from app.thumbnail import thumbnail
from flows.document import Flow
from storage.flow_store import FlowSummary

WELCOME = next(flow for flow in sample_flows.samples() if flow.id == "welcome-series")


def stored(revision: int) -> FlowSummary:
    return FlowSummary(
        id=WELCOME.id,
        name=WELCOME.name,
        status="draft",
        trigger="list",
        steps=len(WELCOME.actions),
        revision=revision,
        saved_at=datetime(2026, 1, 5, tzinfo=UTC),
        trashed_at=None,
    )


def test_a_flow_is_read_again_only_when_it_was_saved_again() -> None:
    read: list[str] = []

    def load(flow_id: str) -> Flow:
        read.append(flow_id)
        return WELCOME

    gallery = Gallery(load)
    for revision in (1, 1, 2, 2):
        gallery.cards([stored(revision)])
    assert read == [WELCOME.id, WELCOME.id]


def test_a_card_tells_the_trigger_and_the_size() -> None:
    (card,) = Gallery(lambda _: WELCOME).cards([stored(1)])
    assert (card.face.trigger, card.face.steps) == (
        "Someone joins Newsletter",
        len(WELCOME.actions),
    )


def test_the_miniature_colours_steps_by_kind_and_writes_nothing_out_of_the_flow() -> None:
    picture = thumbnail(WELCOME.model_copy(update={"name": "<script>"}))
    assert "rp-thumb-trigger" in picture
    assert "script" not in picture


def test_an_empty_flow_has_a_miniature_of_its_trigger() -> None:
    assert thumbnail(Flow()).count("rp-thumb-card") == 1
