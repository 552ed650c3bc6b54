"""Conditions that are known but not simulated yet."""

from __future__ import annotations

from flows.problem import Problem, Severity

LABELS: dict[str, str] = {
    "profile-postal-code-distance": "distance to a postal code",
    "profile-predictive-analytics": "predictive analytics",
    "profile-has-custom-object": "custom objects of a person",
    "profile-permissions": "WhatsApp permissions",
    "price-drop-property": "the price drop that started the flow",
    "low-inventory-property": "the low stock that started the flow",
    "custom-object-property": "the custom object that started the flow",
    "custom-object-trigger-property": "the custom object that started the flow",
    "action-output": "the output of a code step",
}
"""What the types that are known but not simulated are about."""


def not_simulated(what: str, where: str, severity: Severity = "warning") -> Problem:
    """The finding for a part that is kept and treated as holding."""
    return Problem(
        code="F03",
        severity=severity,
        where=where,
        text=f"Not simulated yet: {what}. The condition holds for everybody.",
        fix="It is kept as it is; read the simulated numbers with this in mind.",
    )
