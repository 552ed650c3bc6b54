"""The pages: the language, and what is found wrong with it."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator
from types import ModuleType

from flows import checks
from flows.checks import Rule
from flows.checks.parts import ELSEWHERE
from flows.reference import language
from flows.reference.codes import codes
from flows.reference.language import about

_NOTE = "<!-- Written by `python -m flows.reference docs/reference`; change the code instead. -->"


def pages() -> dict[str, str]:
    """The text of every page by file name."""
    return {
        "actions.md": _page("Actions", "What a flow can do with people.", language.actions()),
        "triggers.md": _page("Triggers", "What starts a flow.", language.triggers()),
        "conditions.md": _page("Conditions", "What a flow can ask.", language.conditions()),
        "filters.md": _page("Filters", "What can be asked of a value.", language.filters()),
        "messages.md": _page("Messages", "What a step can send.", language.messages()),
        "consent.md": _page("Consent", "Who may be written to.", language.consent()),
        "checks.md": _page("Checks", "What is found before anybody enters.", _checks()),
    }


def _page(title: str, says: str, parts: Iterable[str]) -> str:
    return "\n".join([_NOTE, "", f"# {title}", "", says, "", *parts])


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
    code = about(rule).partition(":")[0]
    return code if code[:1] in {"L", "X"} else ""


def _rule(rule: Rule) -> str:
    text = about(rule).partition(":")[2].strip()
    module = inspect.getmodule(rule)
    family = module.__name__.rpartition(".")[2] if isinstance(module, ModuleType) else ""
    return f"| {_codes(rule)} | {text[:1].upper()}{text[1:]} | {family} |"
