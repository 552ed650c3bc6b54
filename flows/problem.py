"""What a person should know or mend about a flow or a file."""

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "hint"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One finding. `where` is a JSON path (`$.actions[3].data.value`) or `file:line`."""

    code: str
    severity: Severity
    where: str
    text: str
    fix: str = ""
    action_id: str | None = None

    def __str__(self) -> str:
        fix = f" {self.fix}" if self.fix else ""
        return f"{self.severity} {self.code} at {self.where}: {self.text}{fix}"
