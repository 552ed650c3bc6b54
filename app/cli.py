"""The command line. Each command imports what it needs when it is called, so that help is quick."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from app import options

cli = typer.Typer(
    name="rehearsal",
    help="Draw marketing flows, rehearse them over a population, prove them before launch.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


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
    flow: options.FlowFiles,
    out: options.Out,
    profiles: options.Profiles = None,
    events: options.Events = None,
    objects: options.Objects = None,
    catalogue: options.Catalogue = None,
    scenario: options.ScenarioFile = None,
    start: options.Start = None,
    days: options.Days = None,
    seed: options.Seed = None,
    processes: options.Processes = 1,
    behaviour: options.Answers = None,
    as_live: options.AsLive = None,
    add_past: options.AddPast = False,
    edit: options.Edits = None,
    keep: options.Kept = options.Keep.ALL,
    as_json: options.Json = False,
) -> None:
    """Simulate flows together over one population."""
    given = dict(locals())
    from app.commands.run import request_of, run_flows

    run_flows(request_of(given))


@cli.command()
def explain(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder of a run.")],
    profile_id: Annotated[str, typer.Argument(metavar="PROFILE_ID", help="Whose story.")],
    as_json: options.Json = False,
) -> None:
    """Tell one person's story out of a run: what happened, when, and why."""
    from app.commands.explain import explain_person

    explain_person(folder, profile_id, as_json=as_json)


@cli.command()
def check(flow: options.FlowFiles, as_json: options.Json = False) -> None:
    """List the problems of flows, each with code, severity, place and fix."""
    from app.commands.check import check_flows

    raise typer.Exit(check_flows(flow, as_json=as_json))


@cli.command()
def convert(
    source: Annotated[Path, typer.Argument(metavar="IN", help="The document to read.")],
    target: Annotated[Path, typer.Argument(metavar="OUT", help="Where to write it.")],
    to: Annotated[
        options.Form | None, typer.Option(help="The form to write; by default the other.")
    ] = None,
    form: Annotated[
        options.Public | None,
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
    as_json: options.Json = False,
) -> None:
    """Render the messages of a flow and really send them through the configured channels."""
    from app.commands.send import send_flow

    raise typer.Exit(send_flow(flow, profiles, channel_config, as_json=as_json))
