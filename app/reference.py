"""The pages of the reference that the app knows: its commands, and what settings a run has.

`python -m app.reference docs/reference` writes them.
"""

from __future__ import annotations

import ast
import inspect
import json
import sys
import textwrap
from collections.abc import Iterable, Iterator
from datetime import datetime
from enum import StrEnum
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args, get_type_hints

from pydantic_core import to_jsonable_python
from typer.models import ArgumentInfo, ParameterInfo

from app.cli import cli
from app.preferences import Outgoing, Preferences
from flows.catalogue import Catalogue, Item, ItemChange
from flows.part import Part
from flows.reference.fields import rows
from flows.rules import (
    BackInStock,
    Certainty,
    Coupon,
    Late,
    Limits,
    Mishaps,
    QuietHours,
    Rules,
    SmartSending,
    Suppression,
)
from simulator.audience_settings import (
    AfterOrder,
    AudienceSettings,
    Browsing,
    Buying,
    ConsentShares,
    Groups,
)
from simulator.behaviour_settings import (
    Behaviour,
    DefaultEmail,
    Delay,
    Fatigue,
    PushRates,
    Spend,
    TextRates,
)
from simulator.channels.account import Account
from simulator.channels.smtp_settings import SmtpSettings
from simulator.scenario import Scenario
from simulator.shop_settings import ShopSettings
from simulator.trait_settings import Details, Living, Owning, Predicting

LONGEST = 40
"""Letters of a default that a table shows."""
_NOTE = "<!-- Written by `python -m app.reference docs/reference`; change the code instead. -->"
_PARTS: dict[str, tuple[type[Part], ...]] = {
    "The setting of a run": (Scenario,),
    "Rules": (
        Rules,
        SmartSending,
        QuietHours,
        Suppression,
        Mishaps,
        Coupon,
        Limits,
        Late,
        Certainty,
        BackInStock,
    ),
    "How people answer: the behaviour file": (
        Behaviour,
        DefaultEmail,
        TextRates,
        PushRates,
        Delay,
        Spend,
        Fatigue,
    ),
    "Who the made-up people are": (
        AudienceSettings,
        ConsentShares,
        Groups,
        Buying,
        AfterOrder,
        Browsing,
        ShopSettings,
        Predicting,
        Owning,
        Details,
        Living,
    ),
    "What the shop sells: the catalogue": (Catalogue, Item, ItemChange),
    "What the account says of itself": (Account,),
    "Where messages go": (Outgoing, SmtpSettings),
    "What the web app keeps": (Preferences,),
}


def pages() -> dict[str, str]:
    """The text of every page by file name."""
    return {
        "command-line.md": _page("Command line", _commands()),
        "settings.md": _page("Settings", _settings()),
    }


def _page(title: str, parts: Iterable[str]) -> str:
    return "\n".join([_NOTE, "", f"# {title}", "", *parts])


def _commands() -> Iterator[str]:
    yield "`rehearsal` is the same as `python -m app`. Every command has `--help`.\n"
    yield "Exit codes: 0 done; 1 what was looked at has problems (`check`, `send`); 2 wrong use or"
    yield "unreadable input, with one sentence on standard error; 130 stopped by Ctrl+C.\n"
    for command in cli.registered_commands:
        callback = command.callback
        assert callback is not None
        yield f"## rehearsal {command.name or callback.__name__}\n"
        yield f"{inspect.getdoc(callback)}\n"
        yield "| option | what it means | default |\n|---|---|---|"
        hints = get_type_hints(callback, include_extras=True)
        given = inspect.signature(callback).parameters.values()
        yield "\n".join(_option(one, hints[one.name]) for one in given) + "\n"


def _option(one: inspect.Parameter, hint: Any) -> str:
    kind, *more = get_args(hint)
    (info,) = (part for part in more if isinstance(part, ParameterInfo))
    declared = info.param_decls or (info.default,) if isinstance(info.default, str) else ()
    dashed = declared or (f"--{one.name.replace('_', '-')}",)
    names = "" if isinstance(info, ArgumentInfo) else ", ".join(dashed)
    asked = "" if _plain(kind) is bool else info.metavar or _asked(kind)
    written = " ".join(filter(None, (names, asked)))
    usual = info.show_default
    default = f"`{usual}`" if isinstance(usual, str) else _default(one, written)
    return f"| `{written}` | {info.help or ''} | {default} |"


def _plain(kind: Any) -> Any:
    """The type of an option that may be left out."""
    return next((one for one in get_args(kind) if one is not type(None)), kind)


def _asked(kind: Any) -> str:
    """What to write for a type: the choices of an enumeration, else a word."""
    kind = _plain(kind)
    if issubclass(kind, StrEnum):
        return " or ".join(kind)
    return {int: "N", Path: "PATH", datetime: "TIME"}.get(kind, "TEXT")


def _default(one: inspect.Parameter, written: str) -> str:
    if one.default is inspect.Parameter.empty:
        return "required"
    if isinstance(one.default, bool):
        return f"`{written.partition('/')[0]}`" if one.default else ""
    return "" if one.default is None else f"`{one.default}`"


def _settings() -> Iterator[str]:
    yield "Everything that a run depends on beside its flows and its people. The page Settings and"
    yield "the dialog before a rehearsal show most of it; `rehearsal run --scenario` takes any part"
    yield "of it as JSON with these names.\n"
    for title, parts in _PARTS.items():
        yield f"## {title}\n"
        for part in parts:
            yield _table(part, headed=len(parts) > 1)


def _table(part: type[Part], *, headed: bool) -> str:
    """The fields of one part, each with its default and the words of the code about it."""
    said, long = _said(part), []
    lines = [f"### {part.__name__}\n"] if headed else []
    lines += [
        f"{inspect.getdoc(part)}\n",
        "| field | what | default | about |",
        "|---|---|---|---|",
    ]
    for name, kind, default in rows(part):
        if "." not in name:
            long += [name] if len(default) > LONGEST else []
            shown = "below" if len(default) > LONGEST else default
            lines.append(f"| `{name}` | {kind} | {shown} | {said.get(name, '')} |")
    return "\n".join([*lines, *(_long(part, name) for name in long)]) + "\n"


def _long(part: type[Part], name: str) -> str:
    """A default that is too long for a table, an entry a line."""
    value = part.model_fields[name].get_default(call_default_factory=True)
    plain = to_jsonable_python(value)
    if isinstance(plain, dict):
        entries = [f"  {json.dumps(key)}: {json.dumps(one)}" for key, one in plain.items()]
        return "\n".join([f"\n`{name}`:\n", "```json", "{", ",\n".join(entries), "}", "```"])
    return "\n".join([f"\n`{name}`:\n", "```json", json.dumps(plain), "```"])


def _said(part: type[Part]) -> dict[str, str]:
    """The string below each field in the source, on one line."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(part)))
    body = tree.body[0].body if isinstance(tree.body[0], ast.ClassDef) else []
    found = {}
    for line, after in pairwise(body):
        if isinstance(line, ast.AnnAssign) and isinstance(after, ast.Expr):
            text = ast.literal_eval(after.value)
            found[ast.unparse(line.target)] = " ".join(str(text).split())
    return found


def main() -> None:
    """Write every page into the folder given."""
    if len(sys.argv) != 2:
        sys.exit("Usage: python -m app.reference FOLDER")
    folder = Path(sys.argv[1])
    for name, text in pages().items():
        (folder / name).write_text(text, "utf-8")


if __name__ == "__main__":
    main()
