"""Steps and messages have the fields of the public definition: names, defaults, values, nulls."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError
from pydantic.fields import FieldInfo
from real_flows import SCHEMAS

from flows.actions import (
    ACTIONS,
    ab_test,
    base,
    content_experiment,
    internal_service,
    media,
    messages,
    operations,
    texting,
)
from flows.actions.action_output_split import ActionOutputSplitData
from flows.actions.conditional_split import ConditionalSplitData
from flows.actions.countdown_delay import CountdownDelayData
from flows.actions.list_update import ListUpdateData
from flows.actions.multi_branch_split import Branch, MultiBranchSplitData
from flows.actions.send_email import SendEmailData
from flows.actions.send_internal_alert import SendInternalAlertData
from flows.actions.send_mobile_push import SendMobilePushData
from flows.actions.send_sms import SendSmsData
from flows.actions.send_webhook import SendWebhookData
from flows.actions.send_whatsapp import SendWhatsAppData
from flows.actions.target_date import TargetDateData
from flows.actions.time_delay import TimeDelayData
from flows.actions.trigger_split import TriggerSplitData
from flows.actions.update_profile import UpdateProfileData
from flows.part import Part

pytestmark = pytest.mark.skipif(
    not SCHEMAS.exists(), reason="the public schema does not lie beside the project"
)
Json = dict[str, Any]
NAMED: dict[str, type[Part]] = {
    "FlowEmail": messages.Email,
    "FlowSms": messages.Sms,
    "FlowPushNotification": messages.Push,
    "FlowWhatsApp": messages.WhatsApp,
    "FlowWebhook": messages.Webhook,
    "FlowInternalAlert": messages.Alert,
    "UtmParam": messages.UtmParam,
    "Increment": messages.Increment,
    "StaticCount": messages.StaticCount,
    "Property": messages.CountFromProperty,
    "PushActionButton": messages.PushButton,
    "MessageHierarchyRcsItem": texting.RcsItem,
    "MessageHierarchySmsItem": texting.SmsItem,
    "RCSRichContent": media.RichContent,
    "RCSCard": media.Card,
    "RCSSuggestion": media.Suggestion,
    "SlimImageReference": media.SlimImage,
    "ImageAsset": media.ImageAsset,
    "MediaAsset": media.MediaAsset,
    "MediaAssetReference": media.MediaReference,
    "StaticSMSImage": media.StaticImage,
    "DynamicSMSImage": media.DynamicImage,
    "SendEmailActionData": SendEmailData,
    "SendSmsActionData": SendSmsData,
    "SendPushNotificationActionData": SendMobilePushData,
    "SendWhatsAppActionData": SendWhatsAppData,
    "SendWebhookActionData": SendWebhookData,
    "SendInternalAlertActionData": SendInternalAlertData,
    "AutomaticWinnerSelectionSettings": ab_test.AutomaticWinner,
    "TimeDelayActionData": TimeDelayData,
    "CountdownDelayActionData": CountdownDelayData,
    "TargetDateActionData": TargetDateData,
    "ConditionalBranchActionData": ConditionalSplitData,
    "TriggerBranchActionData": TriggerSplitData,
    "ActionOutputSplitActionData": ActionOutputSplitData,
    "MultiBranchSplitActionData": MultiBranchSplitData,
    "MultiBranchSplitBranch": Branch,
    "UpdateProfileActionData": UpdateProfileData,
    "ProfileOperationUpdateOrCreateString": operations.PutString,
    "ProfileOperationUpdateOrCreateBoolean": operations.PutBoolean,
    "ProfileOperationUpdateOrCreateNumeric": operations.PutNumber,
    "ProfileOperationUpdateOrCreateDate": operations.PutDate,
    "ProfileOperationUpdateOrCreateList": operations.ChangeList,
    "ProfileOperationDelete": operations.Delete,
    "ListUpdateActionData": ListUpdateData,
    "InternalServiceActionData": internal_service.InternalServiceData,
    "InternalScheduledReportData": internal_service.ScheduleReport,
    "InternalScheduledReportBuilderReportData": internal_service.ScheduleBuiltReport,
    "InternalTrackEventData": internal_service.TrackEvent,
    "InternalUnknownServiceData": internal_service.UnknownService,
    "Link": base.Links,
    "BooleanBranchLinks": base.BooleanLinks,
}
INSIDE: dict[tuple[str, ...], type[Part]] = {
    ("AbTestAction", "data"): ab_test.AbTestData,
    ("AbTestAction", "data", "current_experiment"): ab_test.AbTestExperiment,
    ("ContentExperimentAction", "data"): content_experiment.ContentExperimentData,
    (
        "ContentExperimentAction",
        "data",
        "current_experiment",
    ): content_experiment.ContentVersions,
}
"""Schemas that stand inside others, without a name of their own."""
MORE_MAY_BE_EMPTY = {("FlowPushNotification", "badge_options")}
"""What has no default in the schema and cannot be told from null here."""


def schema_of(name: str, *inside: str) -> Json:
    found: Json = json.loads(SCHEMAS.read_text())[name]
    for step in inside:
        found = found["properties"][step]
    return found


def pairs() -> list[tuple[str, Json, type[Part]]]:
    if not SCHEMAS.exists():
        return []
    named = [(name, schema_of(name), kind) for name, kind in NAMED.items()]
    return named + [(".".join(path), schema_of(*path), kind) for path, kind in INSIDE.items()]


PAIRS = pairs()


@pytest.mark.parametrize(("name", "schema", "kind"), PAIRS, ids=[name for name, *_ in PAIRS])
def test_the_fields_are_those_of_the_schema(name: str, schema: Json, kind: type[Part]) -> None:
    assert set(kind.model_fields) == set(schema["properties"])


def takes(info: FieldInfo, value: Any) -> bool:
    try:
        TypeAdapter(info.annotation).validate_python(value)
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize(("name", "schema", "kind"), PAIRS, ids=[name for name, *_ in PAIRS])
def test_defaults_values_and_nulls_are_those_of_the_schema(
    name: str, schema: Json, kind: type[Part]
) -> None:
    for field, wanted in schema["properties"].items():
        info = kind.model_fields[field]
        if "default" in wanted:
            assert (field, info.default) == (field, wanted["default"])
        if "enum" in wanted:
            assert (field, [v for v in wanted["enum"] if not takes(info, v)]) == (field, [])
            named_by_zone = field == "timezone"  # L25 finds a zone that no clock knows
            assert (field, takes(info, "no such value")) == (field, named_by_zone)
        if (name, field) not in MORE_MAY_BE_EMPTY and "data" not in field:
            nullable = bool(wanted.get("nullable")) or wanted == {}
            assert (field, takes(info, None)) == (field, nullable)


def test_every_type_of_action_is_known() -> None:
    flow = schema_of("FlowDefinition")["properties"]["actions"]["items"]["oneOf"]
    names = [one["$ref"].rpartition("/")[2] for one in flow]
    types = {schema_of(name)["properties"]["type"]["enum"][0] for name in names}

    assert {kind.model_fields["type"].default for kind in ACTIONS} == types
