"""What each field is for, in a line: its docstring, else the common meaning of its name."""

from __future__ import annotations

import ast
import inspect
import json
import textwrap
from functools import cache
from itertools import pairwise
from pathlib import Path

from flows.part import Part


def meaning(owner: type[Part], field: str) -> str:
    """What a field of a part means; empty where nothing is said of it."""
    lineage = [kind for kind in owner.__mro__ if issubclass(kind, Part) and kind is not Part]
    for kind in lineage:
        said = _docstrings(kind).get(field)
        if said:
            return said.partition("\n")[0]
    known = _common()
    named = (known.get(f"{kind.__name__}.{field}") for kind in lineage)
    return next((said for said in named if said), known.get(field, ""))


@cache
def _common() -> dict[str, str]:
    file = Path(__file__).with_name("meanings.json")
    known: dict[str, str] = json.loads(file.read_text("utf-8"))
    return known


@cache
def _docstrings(kind: type[Part]) -> dict[str, str]:
    """The texts that stand below the fields of a class."""
    (tree,) = ast.parse(textwrap.dedent(inspect.getsource(kind))).body
    body = tree.body if isinstance(tree, ast.ClassDef) else []
    found: dict[str, str] = {}
    for field, below in pairwise(body):
        if (
            isinstance(field, ast.AnnAssign)
            and isinstance(field.target, ast.Name)
            and isinstance(below, ast.Expr)
            and isinstance(below.value, ast.Constant)
        ):
            found[field.target.id] = inspect.cleandoc(str(below.value.value))
    return found
