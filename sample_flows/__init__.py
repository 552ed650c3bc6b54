"""Eight flows of a made-up tea shop, ready to open, run and send from."""

from importlib import resources

from flows.document import Flow

ORDER = (
    "welcome-series",
    "abandoned-checkout",
    "browse-abandonment",
    "post-purchase",
    "win-back",
    "birthday",
    "price-drop",
    "back-in-stock",
)
"""Ids in the order in which a person would build them; each is the file's name too."""


def text(flow_id: str) -> str:
    """The document as it lies in the package."""
    return (resources.files(__name__) / f"{flow_id}.json").read_text("utf-8")


def samples() -> tuple[Flow, ...]:
    """The flows, read afresh."""
    return tuple(Flow.model_validate_json(text(flow_id)) for flow_id in ORDER)
