"""`rehearsal convert`: from one form of the document to the other."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Literal

from app.commands.files import load, placed
from app.commands.refusals import UnusableError
from flows.document import dump
from flows.klaviyo import to_klaviyo


def convert_flow(source: Path, target: Path, to: str | None) -> None:
    """Write the flow of `source` to `target`, in the form asked for, else in the other one."""
    loaded = load(source)
    if loaded.flow is None:
        raise UnusableError(placed(str(source), loaded.problems[0]))
    form: Literal["native", "klaviyo"] = "klaviyo" if loaded.form == "native" else "native"
    if (to or form) == "klaviyo":
        text = json.dumps(to_klaviyo(loaded.flow), indent=2, ensure_ascii=False) + "\n"
    else:
        text = dump(loaded.flow)
    try:
        target.write_text(text, "utf-8")
    except OSError as error:
        raise UnusableError(f"{target} cannot be written: {error.strerror}.") from error
