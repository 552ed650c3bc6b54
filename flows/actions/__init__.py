"""The actions a flow may hold, in one union; an unknown type is kept as it came."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Discriminator, Tag

from flows.actions.ab_test import AbTest
from flows.actions.action_output_split import ActionOutputSplit
from flows.actions.back_in_stock_delay import BackInStockDelay
from flows.actions.base import Action, OpaqueAction
from flows.actions.code import Code
from flows.actions.conditional_split import ConditionalSplit
from flows.actions.content_experiment import ContentExperiment
from flows.actions.countdown_delay import CountdownDelay
from flows.actions.internal_service import InternalService
from flows.actions.list_update import ListUpdate
from flows.actions.multi_branch_split import MultiBranchSplit
from flows.actions.send_email import SendEmail
from flows.actions.send_internal_alert import SendInternalAlert
from flows.actions.send_mobile_push import SendMobilePush
from flows.actions.send_sms import SendSms
from flows.actions.send_webhook import SendWebhook
from flows.actions.send_whatsapp import SendWhatsApp
from flows.actions.target_date import TargetDate
from flows.actions.time_delay import TimeDelay
from flows.actions.trigger_split import TriggerSplit
from flows.actions.update_profile import UpdateProfile

ACTIONS: tuple[type[Action], ...] = (
    SendEmail,
    SendSms,
    SendMobilePush,
    SendWhatsApp,
    SendWebhook,
    SendInternalAlert,
    AbTest,
    ContentExperiment,
    TimeDelay,
    CountdownDelay,
    TargetDate,
    BackInStockDelay,
    ConditionalSplit,
    TriggerSplit,
    ActionOutputSplit,
    MultiBranchSplit,
    UpdateProfile,
    ListUpdate,
    Code,
    InternalService,
)
_BY_TYPE: dict[str, type[Action]] = {kind.model_fields["type"].default: kind for kind in ACTIONS}


def _tag(raw: Any) -> str:
    if isinstance(raw, OpaqueAction):
        return "opaque"
    name = raw.get("type") if isinstance(raw, dict) else getattr(raw, "type", None)
    return name if isinstance(name, str) and name in _BY_TYPE else "opaque"


AnyAction = Annotated[
    Annotated[SendEmail, Tag("send-email")]
    | Annotated[SendSms, Tag("send-sms")]
    | Annotated[SendMobilePush, Tag("send-mobile-push")]
    | Annotated[SendWhatsApp, Tag("send-whatsapp")]
    | Annotated[SendWebhook, Tag("send-webhook")]
    | Annotated[SendInternalAlert, Tag("send-internal-alert")]
    | Annotated[AbTest, Tag("ab-test")]
    | Annotated[ContentExperiment, Tag("content-experiment")]
    | Annotated[TimeDelay, Tag("time-delay")]
    | Annotated[CountdownDelay, Tag("countdown-delay")]
    | Annotated[TargetDate, Tag("target-date")]
    | Annotated[BackInStockDelay, Tag("back-in-stock-delay")]
    | Annotated[ConditionalSplit, Tag("conditional-split")]
    | Annotated[TriggerSplit, Tag("trigger-split")]
    | Annotated[ActionOutputSplit, Tag("action-output-split")]
    | Annotated[MultiBranchSplit, Tag("multi-branch-split")]
    | Annotated[UpdateProfile, Tag("update-profile")]
    | Annotated[ListUpdate, Tag("list-update")]
    | Annotated[Code, Tag("code")]
    | Annotated[InternalService, Tag("internal-service")]
    | Annotated[OpaqueAction, Tag("opaque")],
    Discriminator(_tag),
]

__all__ = ["ACTIONS", "Action", "AnyAction", "OpaqueAction"]
