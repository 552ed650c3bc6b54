"""The command line. Each command imports what it needs when it is called, so that help is quick."""

from __future__ import annotations

import os
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

cli = typer.Typer(
    name="rehearsal",
    help="Draw marketing flows, rehearse them over a population, prove them before launch.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

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


@cli.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on.")] = None,
    data: Annotated[Path | None, typer.Option(help="Folder for flows, runs and mail.")] = None,
) -> None:
    """Open the web app, with an embedded database and an embedded mail inbox."""
    from app.settings import read_settings
    from app.wiring import serve as serve_app

    serve_app(read_settings(os.environ, host=host, port=port, data=data))


@cli.command()
def run(
    flow: FlowFiles,
    out: Annotated[Path, typer.Option(help="Folder for what comes out.")],
    profiles: Annotated[
        str | None,
        typer.Option(
            metavar="N or FILE",
            help="How many synthetic people, or a file.",
            show_default="10000",
        ),
    ] = None,
    events: Annotated[Path | None, typer.Option(help="What the people of the file did.")] = None,
    objects: Annotated[
        Path | None, typer.Option(help="Custom objects that the people of the file have.")
    ] = None,
    catalogue: Annotated[
        Path | None, typer.Option(help="What the shop sells: JSON, or a table of items.")
    ] = None,
    scenario: Annotated[
        Path | None,
        typer.Option(help="Rules, coupons, feeds and all else of a scenario; options win over it."),
    ] = None,
    start: Annotated[
        datetime | None, typer.Option(help="First moment, ISO; UTC.", show_default="2026-01-05")
    ] = None,
    days: Annotated[
        int | None, typer.Option(min=1, max=3650, help="Length of the run.", show_default="90")
    ] = None,
    seed: Annotated[int | None, typer.Option(help="Which chance.", show_default="1")] = None,
    processes: Annotated[int, typer.Option(min=1, help="How many processes.")] = 1,
    behaviour: Annotated[
        str | None,
        typer.Option(
            metavar="NAME or FILE",
            help="default, none, or a behaviour file.",
            show_default="default",
        ),
    ] = None,
    as_live: Annotated[
        bool | None,
        typer.Option(
            "--as-live/--as-is",
            help="Treat draft and manual steps as live.",
            show_default="--as-live",
        ),
    ] = None,
    add_past: AddPast = False,
    edit: Edits = None,
    keep: Annotated[Keep, typer.Option(help="Which tables to write.")] = Keep.ALL,
    as_json: Json = False,
) -> None:
    """Simulate flows together over one population."""
    from app.commands.run import RunRequest, run_flows

    run_flows(
        RunRequest(
            flows=tuple(flow),
            out=out,
            profiles=profiles,
            events=events,
            objects=objects,
            catalogue=catalogue,
            scenario=scenario,
            start=start,
            days=days,
            seed=seed,
            processes=processes,
            behaviour=behaviour,
            as_live=as_live,
            add_past=add_past,
            edits=tuple(edit or ()),
            keep=keep.value,
            as_json=as_json,
        )
    )


@cli.command()
def explain(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder of a run.")],
    profile_id: Annotated[str, typer.Argument(metavar="PROFILE_ID", help="Whose story.")],
    as_json: Json = False,
) -> None:
    """Tell one person's story out of a run: what happened, when, and why."""
    from app.commands.explain import explain_person

    explain_person(folder, profile_id, as_json=as_json)


@cli.command()
def check(flow: FlowFiles, as_json: Json = False) -> None:
    """List the problems of flows, each with code, severity, place and fix."""
    from app.commands.check import check_flows

    raise typer.Exit(check_flows(flow, as_json=as_json))


@cli.command()
def convert(
    source: Annotated[Path, typer.Argument(metavar="IN", help="The document to read.")],
    target: Annotated[Path, typer.Argument(metavar="OUT", help="Where to write it.")],
    to: Annotated[
        Form | None, typer.Option(help="The form to write; by default the other.")
    ] = None,
    form: Annotated[
        Public | None,
        typer.Option(
            help="What a Klaviyo definition comes in: alone, with name and status (the default), "
            "as the API takes or answers it, or as it was read."
        ),
    ] = None,
) -> None:
    """Convert between the native document and the public Klaviyo definition."""
    from app.commands.convert import convert_flow

    convert_flow(source, target, to.value if to else None, form.value if form else None)


@cli.command()
def send(
    flow: Annotated[Path, typer.Argument(metavar="FLOW", help="Whose messages.")],
    profiles: Annotated[Path, typer.Option(help="Whom to send to: CSV, JSON Lines or Parquet.")],
    channel_config: Annotated[Path, typer.Option(help="The channels, as JSON.")],
    as_json: Json = False,
) -> None:
    """Render the messages of a flow and really send them through the configured channels."""
    from app.commands.send import send_flow

    raise typer.Exit(send_flow(flow, profiles, channel_config, as_json=as_json))
