"""A flow document, looked at."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

MESSAGES = {
    "send-email": "email",
    "send-sms": "sms",
    "send-mobile-push": "push",
    "send-whatsapp": "whatsapp",
    "send-internal-alert": "alert",
    "send-webhook": "webhook",
}
TESTS = ("ab-test", "content-experiment")
STATUSED = frozenset({*MESSAGES, *TESTS, "update-profile", "list-update", "internal-service"})


@dataclass
class Flow:
    """A flow with its actions by id."""

    document: dict[str, Any]
    as_live: bool
    actions: dict[str, dict[str, Any]] = field(init=False)

    def __post_init__(self) -> None:
        self.actions = {action["id"]: action for action in self.document["actions"]}

    @property
    def key(self) -> str:
        """What chance and tables know the flow by."""
        return self.document.get("id") or self.document["name"]

    @property
    def stubs(self) -> dict[str, Any]:
        """What code steps give, by the step's id."""
        return self.document.get("stubs") or {}

    @property
    def trigger(self) -> dict[str, Any]:
        """The only trigger."""
        return self.document["triggers"][0]

    def status(self, action: dict[str, Any]) -> str:
        """The status that an action has in this run; none for waits and splits."""
        if action["type"] not in STATUSED:
            return "none"
        written = (action.get("data") or {}).get("status") or "draft"
        return "live" if self.as_live and written in {"draft", "manual"} else written

    def acts(self) -> bool:
        """Whether any action is live or manual (semantics B.1)."""
        return any(self.status(one) in {"live", "manual"} for one in self.actions.values())

    def acts_after(self, action_id: str) -> bool:
        """Whether any action that can be reached from this one is live or manual."""
        seen: set[str] = set()
        ahead = ways(self.actions[action_id])
        while ahead:
            one = ahead.pop()
            if one in self.actions and one not in seen:
                seen.add(one)
                ahead += ways(self.actions[one])
        return any(self.status(self.actions[one]) in {"live", "manual"} for one in seen)


def ways(action: dict[str, Any]) -> list[str]:
    """Where the ways out of an action lead."""
    links = [action.get("links") or {}]
    if action["type"] == "multi-branch-split":
        links = [branch.get("links") or {} for branch in action["data"]["branches"]]
    return [end for one in links for end in one.values() if end]


def first_messages(flow: Flow, action_id: str) -> list[dict[str, Any]]:
    """The messages that can come first behind an action."""
    found: list[dict[str, Any]] = []
    ahead, seen = ways(flow.actions[action_id]), {action_id}
    while ahead:
        one = ahead.pop()
        if one not in flow.actions or one in seen:
            continue
        seen.add(one)
        action = flow.actions[one]
        if action["type"] in MESSAGES or action["type"] in TESTS:
            found.append(action)
        else:
            ahead += ways(action)
    return found
