"""The options of commands: what each is called, what it means and what may be written there."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]
AddPast = Annotated[
    bool, typer.Option("--add-past", help="Also add people whose history would have started it.")
]
Edits = Annotated[
    list[str] | None,
    typer.Option(metavar="WHEN=FILE", help="Change a flow in the middle of the run; repeatable."),
]
FlowFiles = Annotated[
    list[Path], typer.Argument(metavar="FLOW...", help="Native or Klaviyo flow documents.")
]


class Form(StrEnum):
    """The two forms of a flow document."""

    NATIVE = "native"
    KLAVIYO = "klaviyo"


class Public(StrEnum):
    """The forms of a public definition."""

    BARE = "bare"
    DEFINITION = "definition"
    REQUEST = "request"
    RESPONSE = "response"
    ORIGINAL = "original"


class Keep(StrEnum):
    """How much of a run is written."""

    ALL = "all"
    SENDS = "sends"
    SUMMARY = "summary"


Out = Annotated[Path, typer.Option(help="Folder for what comes out.")]
Profiles = Annotated[
    str | None,
    typer.Option(
        metavar="N or FILE", help="How many synthetic people, or a file.", show_default="10000"
    ),
]
Events = Annotated[Path | None, typer.Option(help="What the people of the file did.")]
Objects = Annotated[
    Path | None, typer.Option(help="Custom objects that the people of the file have.")
]
Catalogue = Annotated[
    Path | None, typer.Option(help="What the shop sells: JSON, or a table of items.")
]
ScenarioFile = Annotated[
    Path | None,
    typer.Option(help="Rules, coupons, feeds and all else of a scenario; options win over it."),
]
Start = Annotated[
    datetime | None, typer.Option(help="First moment, ISO; UTC.", show_default="2026-01-05")
]
Days = Annotated[
    int | None, typer.Option(min=1, max=3650, help="Length of the run.", show_default="90")
]
Seed = Annotated[int | None, typer.Option(help="Which chance.", show_default="1")]
Processes = Annotated[int, typer.Option(min=1, help="How many processes.")]
Answers = Annotated[
    str | None,
    typer.Option(
        metavar="NAME or FILE",
        help="default, none, or a behaviour file.",
        show_default="default",
    ),
]
AsLive = Annotated[
    bool | None,
    typer.Option(
        "--as-live/--as-is",
        help="Treat draft and manual steps as live.",
        show_default="--as-live",
    ),
]
Kept = Annotated[Keep, typer.Option(help="Which tables to write.")]
