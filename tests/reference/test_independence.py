"""The interpreter that the engine is compared with shares nothing with it."""

from __future__ import annotations

import ast
from pathlib import Path

HERE = Path(__file__).parent
SHARED = {"compare", "test_agreement", "test_independence"}
"""Modules that know both sides: they run and compare."""
OWN = {"app", "editor", "flows", "simulator", "storage"}


def imported(path: Path) -> set[str]:
    """Every module that a file imports."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {node.module or "", *(f"{node.module}.{one.name}" for one in node.names)}
    return found


def test_the_interpreter_imports_nothing_of_the_engine() -> None:
    modules = [path for path in sorted(HERE.glob("*.py")) if path.stem not in SHARED]
    assert len(modules) > 15
    beside = {f"tests.reference.{name}" for name in SHARED}
    taken = {
        path.stem: [n for n in imported(path) if n.split(".")[0] in OWN or n in beside]
        for path in modules
    }
    assert {name: modules for name, modules in taken.items() if modules} == {}
