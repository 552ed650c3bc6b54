"""Why nobody entered a flow, in one sentence: an empty result must say where to look."""

from __future__ import annotations

from flows.conditions.base import Names
from flows.document import Flow
from flows.triggers import trigger_kind
from simulator.report import FlowReport

_CAME = {
    "metric": "nobody did what starts the flow in these days",
    "list": "nobody joined the list in these days",
    "segment": "nobody came into the segment in these days",
    "date": "nobody has a date for which the flow begins in these days",
    "date/custom-object": "nobody has an object with such a date in these days",
    "price-drop": "no item that somebody had looked at became so much cheaper in these days",
    "low-inventory": "no item that somebody had looked at ran so low in these days",
}


def why_nobody(report: FlowReport, flow: Flow, names: Names) -> str:
    """“Nobody entered: …”; empty where somebody did."""
    if report.enrolled:
        return ""
    if flow.trigger is None:
        return "Nobody entered: nothing starts the flow. Choose its trigger."
    if not flow.acts(as_live=True):
        return "Nobody entered: no step of the flow does anything. Add a message or a change."
    away = sum(report.turned_away.values())
    if away:
        most = max(report.turned_away, key=lambda reason: report.turned_away[reason])
        return f"Nobody entered: {away:,} came, and all were turned away, most by “{most}”."
    came = _CAME.get(trigger_kind(flow.trigger), "nobody came")
    return f"Nobody entered: {came} ({flow.trigger.sentence(names)})."
