"""JSON paths: where in a document something stands, as in `$.actions[3].data.value`."""

from __future__ import annotations

import json
import re

_PLAIN = re.compile(r"[A-Za-z_][\w-]*", re.ASCII)


def path(*parts: str | int, root: str = "$") -> str:
    """The path to a place below `root`; odd keys stand in brackets and quotes."""
    for part in parts:
        if isinstance(part, int):
            root += f"[{part}]"
        elif _PLAIN.fullmatch(part):
            root += f".{part}"
        else:
            root += f"[{json.dumps(part, ensure_ascii=False)}]"
    return root
