"""The actions that do something: messages, changes to the profile, lists (semantics B.2, B.4)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tests.reference import changing, sending
from tests.reference.asking import Asking
from tests.reference.conditions import passes
from tests.reference.done import Done, next_of
from tests.reference.flow import MESSAGES, TESTS, Flow
from tests.reference.instants import written_date
from tests.reference.log import Change, Send
from tests.reference.occurrences import recurrences
from tests.reference.person import CHANNELS
from tests.reference.shop import CATALOGUE, wanted


def act(flow: Flow, action: dict[str, Any], asking: Asking) -> Done:
    """A step with a status: passed through, put up for review, skipped or done."""
    done = Done("next", next_of(action), asking.now)
    status = flow.status(action)
    if status in {"draft", "disabled"}:
        return done
    message, variation = _message(action, asking) if status == "live" else (None, None)
    refused = _held_back(flow, action, message, asking)
    if refused == "Date Changed":
        return Done("exit", None, asking.now, ended="date changed")
    kind = action["type"]
    if kind == "update-profile" and not refused:
        done.changed = changing.apply(action["data"]["profile_operations"], asking)
        for name in done.changed:
            value = asking.person.properties.get(name)
            done.changes.append(Change(asking.now, flow.key, action["id"], name, None, value))
    elif kind == "list-update" and not refused:
        _move(flow, action, asking, done)
    elif kind in MESSAGES or kind in TESTS:
        _send(done, (action, message, variation, refused), asking)
    return done


def _message(action: dict[str, Any], asking: Asking) -> tuple[dict[str, Any] | None, str | None]:
    """The message that would go out, and its variation."""
    data = action.get("data") or {}
    if action["type"] not in TESTS:
        return data.get("message"), None
    test = data.get("current_experiment") or {}
    versions = test.get("variations") or []
    if data.get("experiment_status") != "live" or not versions:
        return (data["main_action"].get("data") or {}).get("message"), None
    weights = _weights(versions, test.get("allocations"))
    drawn = asking.chance(asking.flow, asking.action, "ab-test", None) * sum(weights)
    for version, weight in zip(versions, weights, strict=True):
        if drawn < weight:
            return (version.get("data") or {}).get("message"), version["id"]
        drawn -= weight
    return (versions[-1].get("data") or {}).get("message"), versions[-1]["id"]


def _weights(versions: list[dict[str, Any]], given: dict[str, float] | None) -> list[float]:
    if not given:
        return [1.0] * len(versions)
    return [given.get(one["id"], given.get(str(i), 0)) for i, one in enumerate(versions)]


def _held_back(
    flow: Flow, action: dict[str, Any], message: dict[str, Any] | None, asking: Asking
) -> str | None:
    """The first check that every action makes and that fails."""
    if date_changed(flow, asking):
        return "Date Changed"
    if flow.status(action) == "manual":
        return "Needs Review"
    if _unconfigured(action, message):
        return "Unconfigured"
    trigger, person = flow.trigger, asking.person
    groups = {"list": person.lists, "segment": person.segments}.get(trigger["type"])
    if groups is not None and trigger["id"] not in groups:
        return "Person No Longer in List"
    if not passes(flow.document.get("profile_filter"), asking):
        return "Fails Flow Filters"
    return _no_longer_wanted(flow, action, asking)


def _no_longer_wanted(flow: Flow, action: dict[str, Any], asking: Asking) -> str | None:
    """Whether the item would not start the flow for this person any more; asked of messages."""
    trigger, event = flow.trigger, asking.event
    if trigger["type"] not in CATALOGUE or event is None or _kind(action) not in MESSAGES:
        return None
    what = (event.properties["ItemId"], event.at, asking.now)
    return None if wanted(trigger, asking.shop, asking.person, what) else "Fails Flow Filters"


def _unconfigured(action: dict[str, Any], message: dict[str, Any] | None) -> bool:
    if action["type"] in {"update-profile", "internal-service"}:
        return False
    if action["type"] == "list-update":
        return not action["data"].get("list_id")
    return message is None or sending.UNCONFIGURED[_kind(action)](message)


def _kind(action: dict[str, Any]) -> str:
    """The type of the step that sends: for a test, that of its versions."""
    return action["data"]["main_action"]["type"] if action["type"] in TESTS else action["type"]


def date_changed(flow: Flow, asking: Asking) -> bool:
    """Whether the flow has a date, and it no longer stands for the day that the run is about."""
    if flow.trigger["type"] != "date":
        return False
    if flow.trigger["date_field_type"] == "custom-object":
        return False
    held = written_date(asking.person.get(flow.trigger["date_profile_property"]))
    day = asking.occurrence
    if held is None or day is None:
        return True
    frequency = flow.trigger.get("recurrence_frequency") or "monthly"
    return day not in recurrences(held, frequency, range(day.year, day.year + 1))


def _move(flow: Flow, action: dict[str, Any], asking: Asking, done: Done) -> None:
    """Put the person on the list or take them off."""
    name, lists = action["data"]["list_id"], asking.person.lists
    adds = bool(action["data"].get("on_execution"))
    word = "added" if adds else "removed"
    done.changes.append(Change(asking.now, flow.key, action["id"], None, name, word))
    if adds and name not in lists:
        lists[name] = asking.now
        done.joined = name
    elif not adds:
        lists.pop(name, None)


def _send(
    done: Done,
    what: tuple[dict[str, Any], dict[str, Any] | None, str | None, str | None],
    asking: Asking,
) -> None:
    action, message, variation, refused = what
    channel = channel_of(action)
    reason: str | datetime | None = refused
    if not reason and message:
        reason = sending.verdict(channel, message, asking)
    if isinstance(reason, datetime):
        done.again_at = reason
        return
    status = "skipped" if reason else "sent"
    done.sends.append(
        Send(
            asking.flow, asking.visit, action["id"], channel, variation, asking.now, status, reason
        )
    )
    done.way = variation or done.way
    if message and not reason and channel in CHANNELS:
        sending.hand_over(channel, message, asking)


def channel_of(action: dict[str, Any]) -> str:
    """The channel that an action sends on."""
    return MESSAGES[_kind(action)]
