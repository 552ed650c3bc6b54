"""Which errors are a user's to mend: their text is shown as it is, without a traceback."""

from __future__ import annotations

_ROOTS = {
    ("app.errors", "AppError"),
    ("flows.errors", "FlowError"),
    ("simulator.errors", "SimulatorError"),
    ("storage.errors", "StorageError"),
    ("app.commands.refusals", "UnusableError"),
}


class UnusableError(Exception):
    """Wrong use or unreadable input; the text names the file and the place."""


def refusal(error: Exception) -> str | None:
    """The sentence for the user, or None where the error is ours."""
    for kind in type(error).__mro__:
        if (kind.__module__, kind.__name__) in _ROOTS:
            return str(error)
    return None
