"""The habits of the house, counted."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from source_code import (
    PACKAGES,
    ROOT,
    Definition,
    Function,
    definitions,
    functions,
    heirlooms,
    late_imports,
    modules,
    tracked,
)

FILE_LINES = 300
FUNCTION_LINES = 40
PARAMETERS = 5
BY_POSITION = 4

COMMANDS = "app/cli.py"
"""A command has as many options as it has, and imports what it needs when it is called."""
STARTS_QUICKLY = {
    "app/__main__.py": "a refusal must be readable even where an import fails",
    "app/cli.py": "help is shown without loading the engine",
    "app/commands/run.py": "the progress bar is loaded on terminals only",
    "editor/frontend/build_hook.py": "node comes with a wheel that only building needs",
    "storage/migrations/__init__.py": "Alembic takes 0.3 s and most starts have no step to take",
    "simulator/synthetic/pools.py": "Faker takes 0.3 s and only made-up people need it",
}
PORTS = {
    "Batch": "Scene",
    "GivenAudience": "Source",
    "Queued": "Source",
    "SyntheticAudience": "Source",
}
"""Classes that fit a port without naming it as their base; the port says what its methods do."""
FOREIGN = {
    "BuildHookInterface": "hatchling",
    "Node": "django.template",
    "Parser": "django.template",
    "Template": "django.template",
    "VariableNode": "django.template",
}
"""Bases from elsewhere, whose own documentation says what their methods do."""
CALLED_FROM_ELSEWHERE = {"handle_DATA": "aiosmtpd"}


def test_no_file_is_longer_than_three_hundred_lines() -> None:
    written = (".py", ".ts", ".vue", ".css", ".js")
    own = [p for p in tracked() if p.startswith(PACKAGES) and p.endswith(written)]
    lengths = {path: len((ROOT / path).read_text("utf-8").splitlines()) for path in own}
    assert {path: n for path, n in lengths.items() if n > FILE_LINES} == {}


def test_no_function_is_longer_than_forty_lines() -> None:
    lengths = {one.name: (node.end_lineno or 0) - node.lineno + 1 for one, node in functions()}
    assert {name: n for name, n in lengths.items() if n > FUNCTION_LINES} == {}


def test_no_function_takes_more_than_five_parameters() -> None:
    taken = {
        one.name: len(by_position(one, node)) + len(node.args.kwonlyargs) for one, node in ours()
    }
    assert {name: n for name, n in taken.items() if n > PARAMETERS} == {}


def test_no_function_takes_more_than_four_parameters_by_position() -> None:
    taken = {one.name: len(by_position(one, node)) for one, node in ours()}
    assert {name: n for name, n in taken.items() if n > BY_POSITION} == {}


def ours() -> Iterator[tuple[Definition, Function]]:
    """Every function whose parameters the house chooses."""
    return ((one, node) for one, node in functions() if one.module.path != COMMANDS)


def by_position(one: Definition, node: Function) -> list[str]:
    """The parameters that may be given by position, without `self` and `cls`."""
    names = [argument.arg for argument in (*node.args.posonlyargs, *node.args.args)]
    decorators = {ast.unparse(decorator) for decorator in node.decorator_list}
    return names[1:] if one.owner and "staticmethod" not in decorators else names


def test_every_module_class_and_function_says_what_it_is_for() -> None:
    silent = [module.path for module in modules() if not ast.get_docstring(module.tree)]
    silent += [one.name for one in definitions() if one.is_public and is_silent(one)]
    assert silent == []


def is_silent(one: Definition) -> bool:
    """Whether nothing says what it does: neither a docstring nor that of what it overrides."""
    decorators = {ast.unparse(decorator) for decorator in one.node.decorator_list}
    if "overload" in decorators or any(text.endswith(".setter") for text in decorators):
        return False
    bases = {ast.unparse(base) for base in one.owner.bases} if one.owner else set()
    owner = one.owner.name if one.owner else ""
    explained = owner in PORTS or bases & FOREIGN.keys() or one.node.name in CALLED_FROM_ELSEWHERE
    inherited = one.node.name in heirlooms().get(owner, ())
    return not (ast.get_docstring(one.node) or explained or inherited)


def test_imports_stand_at_the_top() -> None:
    late = {module.path for module in modules() if any(late_imports(module))}
    assert late == set(STARTS_QUICKLY)


def test_nothing_is_left_to_do() -> None:
    marks = re.compile(r"\b(TODO|FIXME|XXX|NotImplementedError)\b(?!.*\\b)")
    assert found_in(marks, [module.path for module in modules()]) == []


def test_nothing_is_printed_by_the_way() -> None:
    calls = {
        f"{module.path}:{node.lineno}"
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "print"
    }
    assert calls == set()


def test_what_is_kept_speaks_of_the_product_alone() -> None:
    paths = r"(?<![\w.])/(?:root|work|tmp)/"
    hosts = r"\b(?:npmjs|pythonhosted)\.\w"
    makers = r"\b[Aa][g]ents?\b"
    assert found_in(re.compile(f"{paths}|{hosts}|{makers}"), tracked()) == []


def found_in(pattern: re.Pattern[str], paths: list[str] | tuple[str, ...]) -> list[str]:
    """Where a pattern stands in text files, by file and line."""
    return [
        f"{path}:{number}: {line.strip()}"
        for path in paths
        if Path(path).suffix not in {".png", ".woff2", ".parquet"}
        for number, line in enumerate((ROOT / path).read_text("utf-8").splitlines(), 1)
        if pattern.search(line)
    ]


def test_the_lock_of_the_canvas_names_no_host() -> None:
    lock = json.loads((ROOT / "editor/frontend/package-lock.json").read_text("utf-8"))
    assert [name for name, package in lock["packages"].items() if "resolved" in package] == []


PAGES = [path for path in tracked() if path.endswith(".md")]


@pytest.mark.parametrize("page", PAGES)
def test_every_link_of_a_page_leads_somewhere(page: str) -> None:
    text = re.sub(r"```.*?```", "", (ROOT / page).read_text("utf-8"), flags=re.DOTALL)
    targets = re.findall(r"\]\(([^)\s]+)\)", text)
    own = [target for target in targets if not re.match(r"https?:|mailto:", target)]
    lost = [target for target in own if not leads_somewhere((ROOT / page), target)]
    assert lost == []


def leads_somewhere(page: Path, target: str) -> bool:
    """Whether a link from a page names a file, and if it names one of its headings, that too."""
    path, _, anchor = target.partition("#")
    file = (page.parent / path) if path else page
    if not anchor or file.suffix != ".md" or not file.exists():
        return file.exists()
    headings = re.findall(r"^#+ (.+)$", file.read_text("utf-8"), flags=re.MULTILINE)
    return anchor in {re.sub(r"[^\w\- ]", "", one.lower()).replace(" ", "-") for one in headings}


def test_a_package_imports_only_what_stands_lower() -> None:
    ran = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout
