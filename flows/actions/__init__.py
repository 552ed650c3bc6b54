"""The actions a flow may hold, in one union; an unknown type is kept as it came."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Discriminator, Tag

from flows.actions.ab_test import AbTest
from flows.actions.base import Action, OpaqueAction
from flows.actions.conditional_split import ConditionalSplit
from flows.actions.countdown_delay import CountdownDelay
from flows.actions.list_update import ListUpdate
from flows.actions.multi_branch_split import MultiBranchSplit
from flows.actions.send_email import SendEmail
from flows.actions.send_sms import SendSms
from flows.actions.send_webhook import SendWebhook
from flows.actions.target_date import TargetDate
from flows.actions.time_delay import TimeDelay
from flows.actions.trigger_split import TriggerSplit
from flows.actions.update_profile import UpdateProfile

ACTIONS: tuple[type[Action], ...] = (
    SendEmail,
    SendSms,
    SendWebhook,
    AbTest,
    TimeDelay,
    CountdownDelay,
    TargetDate,
    ConditionalSplit,
    TriggerSplit,
    MultiBranchSplit,
    UpdateProfile,
    ListUpdate,
)
_BY_TYPE: dict[str, type[Action]] = {kind.model_fields["type"].default: kind for kind in ACTIONS}


def _tag(raw: Any) -> str:
    name = raw.get("type") if isinstance(raw, dict) else getattr(raw, "type", None)
    return name if isinstance(name, str) and name in _BY_TYPE else "opaque"


AnyAction = Annotated[
    Annotated[SendEmail, Tag("send-email")]
    | Annotated[SendSms, Tag("send-sms")]
    | Annotated[SendWebhook, Tag("send-webhook")]
    | Annotated[AbTest, Tag("ab-test")]
    | Annotated[TimeDelay, Tag("time-delay")]
    | Annotated[CountdownDelay, Tag("countdown-delay")]
    | Annotated[TargetDate, Tag("target-date")]
    | Annotated[ConditionalSplit, Tag("conditional-split")]
    | Annotated[TriggerSplit, Tag("trigger-split")]
    | Annotated[MultiBranchSplit, Tag("multi-branch-split")]
    | Annotated[UpdateProfile, Tag("update-profile")]
    | Annotated[ListUpdate, Tag("list-update")]
    | Annotated[OpaqueAction, Tag("opaque")],
    Discriminator(_tag),
]

__all__ = ["ACTIONS", "Action", "AnyAction", "OpaqueAction"]
