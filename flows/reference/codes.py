"""Every code of a finding, read out of the code that yields it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_FOLDER = Path(__file__).parents[1]
_FILLED = re.compile(r"(…[ ,]*){2,}")


@dataclass(frozen=True, slots=True, order=True)
class Code:
    """A code, how bad it is, and its sentence with … where names and values stand."""

    code: str
    severity: str
    text: str


def codes(letters: str) -> tuple[Code, ...]:
    """What is said under the codes that begin with one of these letters, in order, each once."""
    functions = (
        node
        for file in _FOLDER.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef)
    )
    found = {code for function in functions for code in _in(function) if code.code[0] in letters}
    return tuple(sorted(found))


def _in(function: ast.FunctionDef) -> Iterator[Code]:
    about = (ast.get_docstring(function) or "").partition("\n")[0]
    for call in ast.walk(function):
        if isinstance(call, ast.Call) and _name(call.func) == "Problem":
            given = {word.arg: word.value for word in call.keywords}
            code, severity, said = (_text(given[name]) for name in ("code", "severity", "text"))
            text = said if said.strip("….") else about
            yield Code(code, severity.strip("…") or "varies", text)
        elif isinstance(call, ast.Call) and _name(call.func) == "refusal":
            code, said = _text(call.args[0]), _text(call.args[2])
            yield Code(code, "error", said if said.strip("….") else "It cannot be opened.")


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else ""


def _text(node: ast.expr) -> str:
    """The text that an expression makes, … for all that is filled in."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        text = _FILLED.sub("… ", "".join(_text(value) for value in node.values))
        return text.replace("… .", "….").strip()
    return "…"
