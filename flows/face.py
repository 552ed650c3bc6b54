"""How a type of trigger or action presents itself to a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Group = Literal["message", "timing", "logic", "data", "other"]


@dataclass(frozen=True, slots=True)
class Face:
    """How a type presents itself: a label, an icon (Material Symbols name), one line of help."""

    label: str
    icon: str
    group: Group
    help: str
