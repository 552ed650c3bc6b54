"""The pages: actions, triggers, conditions and checks."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator
from types import ModuleType

from flows import checks
from flows.actions import ACTIONS
from flows.actions.base import Action
from flows.checks import Rule
from flows.checks.parts import ELSEWHERE
from flows.conditions import CONDITIONS
from flows.edits import new_action, new_flow
from flows.filters import FILTERS, ValueTest
from flows.part import Part
from flows.reference.codes import codes
from flows.reference.fields import table
from flows.triggers import TRIGGERS

_NOTE = "<!-- Written by `python -m flows.reference docs/reference`; change the code instead. -->"


def pages() -> dict[str, str]:
    """The text of every page by file name."""
    return {
        "actions.md": _page("Actions", "What a flow can do with people.", _actions()),
        "triggers.md": _page("Triggers", "What starts a flow.", _triggers()),
        "conditions.md": _page("Conditions", "What a flow can ask.", _conditions()),
        "checks.md": _page("Checks", "What is found before anybody enters.", _checks()),
    }


def _page(title: str, about: str, parts: Iterable[str]) -> str:
    return "\n".join([_NOTE, "", f"# {title}", "", about, "", *parts])


def _actions() -> Iterator[str]:
    for kind in ACTIONS:
        ways = _ways(kind)
        yield f"## {kind.face.label} (`{_type(kind)}`)\n"
        yield f"{_about(kind)}\n"
        yield f"Ways out: {', '.join(f'`{way}`' for way in ways)}\n"
        yield table(kind)


def _ways(kind: type[Action]) -> list[str]:
    made = new_action(_type(kind), new_flow("Reference"))
    return [way.name for way in made.ways()]


def _triggers() -> Iterator[str]:
    for kind in TRIGGERS.values():
        again = "may come again each time" if kind.reentry_always else "come once"
        yield f"## {kind.face.label} (`{_type(kind)}`)\n"
        yield f"{_about(kind)} Where the flow says nothing, people {again}.\n"
        yield table(kind)


def _conditions() -> Iterator[str]:
    yield "Groups of a filter must all hold; of the conditions in a group one must hold.\n"
    for name, kind in CONDITIONS.items():
        yield f"## {kind.label} (`{name.partition('/')[0]}`)\n"
        yield f"{_about(kind)}\n"
        yield table(kind)
    yield "## Value filters\n"
    yield "| type | operators | meaning |\n|---|---|---|"
    yield "\n".join(_filter(kind) for kind in FILTERS) + "\n"


def _filter(kind: type[ValueTest]) -> str:
    name, operators = (kind.model_fields[key].annotation for key in ("type", "operator"))
    said = [", ".join(f"`{v}`" for v in getattr(one, "__args__", ())) for one in (name, operators)]
    return f"| {said[0]} | {said[1]} | {_about(kind)} |"


def _checks() -> Iterator[str]:
    yield "Errors and warnings make `rehearsal check` end with 1, hints do not.\n"
    yield "## Rules\n"
    yield "| code | finds | family |\n|---|---|---|"
    yield "\n".join(sorted(_rule(rule) for rule in checks.RULES if _codes(rule))) + "\n"
    for title, letters in _OTHERS:
        yield f"## {title}\n"
        yield "| code | severity | says |\n|---|---|---|"
        said = (one for one in codes(letters) if one.code not in ELSEWHERE)
        lines = [f"| {one.code} | {one.severity} | {one.text} |" for one in said]
        yield "\n".join(lines) + "\n"


_OTHERS = (
    ("Documents that cannot be read", "D"),
    ("What a trigger or a step finds wrong with itself", "R"),
    ("What a filter finds wrong with itself", "F"),
    ("What a wait finds wrong with itself", "T"),
)


def _codes(rule: Rule) -> str:
    code = _about(rule).partition(":")[0]
    return code if code[:1] in {"L", "X"} else ""


def _rule(rule: Rule) -> str:
    text = _about(rule).partition(":")[2].strip()
    module = inspect.getmodule(rule)
    family = module.__name__.rpartition(".")[2] if isinstance(module, ModuleType) else ""
    return f"| {_codes(rule)} | {text[:1].upper()}{text[1:]} | {family} |"


def _about(thing: object) -> str:
    return (inspect.getdoc(thing) or "").partition("\n")[0]


def _type(kind: type[Part]) -> str:
    return str(kind.model_fields["type"].default)
