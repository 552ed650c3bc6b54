"""The product's source as a reader sees it: modules, classes and functions with their places."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("app", "editor", "flows", "sample_flows", "simulator", "storage")
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Module:
    """One file with its parsed text."""

    path: str
    """From the root of the repository, with slashes."""
    text: str
    tree: ast.Module


@dataclass(frozen=True, slots=True)
class Definition:
    """A class or a function, with the classes and functions around it, outermost first."""

    module: Module
    node: ast.ClassDef | Function
    around: tuple[ast.ClassDef | Function, ...]

    @property
    def name(self) -> str:
        """As a reader would look for it: file, then dotted names."""
        names = [*(outer.name for outer in self.around), self.node.name]
        return f"{self.module.path}: {'.'.join(names)}"

    @property
    def owner(self) -> ast.ClassDef | None:
        """The class that this is a method of."""
        last = self.around[-1] if self.around else None
        return last if isinstance(last, ast.ClassDef) else None

    @property
    def is_public(self) -> bool:
        """Whether it may be used from elsewhere: no private name, and not inside a function."""
        inside = any(isinstance(outer, Function) for outer in self.around)
        names = [*(outer.name for outer in self.around), self.node.name]
        return not inside and not any(name.startswith("_") for name in names)


@cache
def tracked() -> tuple[str, ...]:
    """Every file that the repository keeps or is about to, by its path from the root."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return tuple(sorted(path for path in listed.stdout.splitlines() if (ROOT / path).is_file()))


@cache
def modules() -> tuple[Module, ...]:
    """Every Python file of the product."""
    paths = [path for path in tracked() if path.endswith(".py")]
    own = [path for path in paths if path.partition("/")[0] in PACKAGES]
    return tuple(_module(path) for path in own)


def _module(path: str) -> Module:
    text = (ROOT / path).read_text("utf-8")
    return Module(path, text, ast.parse(text))


@cache
def definitions() -> tuple[Definition, ...]:
    """Every class and function of the product."""
    return tuple(found for module in modules() for found in _inside(module, module.tree, ()))


def functions() -> list[tuple[Definition, Function]]:
    """Every function and method of the product."""
    return [(one, one.node) for one in definitions() if isinstance(one.node, Function)]


def _inside(
    module: Module, node: ast.AST, around: tuple[ast.ClassDef | Function, ...]
) -> Iterator[Definition]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.ClassDef | Function):
            yield Definition(module, child, around)
            yield from _inside(module, child, (*around, child))
        else:
            yield from _inside(module, child, around)


def late_imports(module: Module) -> Iterator[int]:
    """The lines of imports inside functions."""
    for outer in ast.walk(module.tree):
        if isinstance(outer, Function):
            inner = (node for line in outer.body for node in ast.walk(line))
            yield from (
                node.lineno for node in inner if isinstance(node, ast.Import | ast.ImportFrom)
            )


@cache
def heirlooms() -> dict[str, frozenset[str]]:
    """The methods that each class of the product, by its name, has from those it builds on."""
    bases: dict[str, set[str]] = {}
    methods: dict[str, set[str]] = {}
    for one in definitions():
        if isinstance(one.node, ast.ClassDef):
            names = {ast.unparse(base).partition("[")[0] for base in one.node.bases}
            bases.setdefault(one.node.name, set()).update(names - {one.node.name})
        elif one.owner:
            methods.setdefault(one.owner.name, set()).add(one.node.name)

    def inherited(name: str) -> set[str]:
        above = bases.get(name, set())
        return set().union(*(methods.get(base, set()) | inherited(base) for base in above))

    return {name: frozenset(inherited(name)) for name in bases}
