"""How hard generated tests try: `make torture` asks for many times the usual number of examples."""

from __future__ import annotations

import os

EFFORT = int(os.environ.get("REHEARSAL_EFFORT", "1"))


def examples(usual: int) -> int:
    """So many examples, times the effort."""
    return usual * EFFORT
