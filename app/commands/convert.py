"""`rehearsal convert`: from one form of the document to another."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from app.commands.files import load, placed
from app.commands.refusals import UnusableError
from flows.digits import write
from flows.document import Flow, dump
from flows.envelopes import Form
from flows.klaviyo import to_klaviyo

Public = Form | Literal["original"]
"""The forms of a definition; `original` is the one that it came in."""


def convert_flow(source: Path, target: Path, to: str | None, form: Public | None = None) -> None:
    """Write the flow of `source` to `target`, in the form asked for, else in the other one."""
    loaded = load(source)
    if loaded.flow is None:
        raise UnusableError(placed(str(source), loaded.problems[0]))
    if to == "native" and form:
        raise UnusableError(f"--form {form} is a form of the Klaviyo definition: leave --to away.")
    other = "klaviyo" if loaded.form == "native" or form else "native"
    text = dump(loaded.flow) if (to or other) == "native" else public(loaded.flow, form)
    try:
        target.write_text(text, "utf-8")
    except OSError as error:
        raise UnusableError(f"{target} cannot be written: {error.strerror}.") from error


def public(flow: Flow, form: Public | None = None) -> str:
    """The definition as readable text, with the name and status unless another form is asked."""
    return write(to_klaviyo(flow, None if form == "original" else form or "definition")) + "\n"
