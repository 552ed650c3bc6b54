"""The addresses that are no pages: health, lists, downloads."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal
from urllib.parse import quote

import nicegui
from fastapi.responses import FileResponse, HTMLResponse, JSONResponse, Response

from app.desk import Desk
from flows.digits import write
from flows.document import Flow, dump
from flows.klaviyo import to_klaviyo
from simulator.report import Summary
from storage.errors import StorageError, UnknownFlowError, UnknownMessageError, UnknownRunError

JSON = "application/json"


def register(desk: Desk) -> None:
    """Serve `/api/...`."""
    _register_flows(desk)
    _register_runs(desk)
    _register_mail(desk)

    @nicegui.app.get("/api/health")
    def health() -> dict[str, str]:
        desk.flows.list()
        return {"status": "ok"}

    @nicegui.app.exception_handler(StorageError)
    def refuse(_: object, error: Exception) -> Response:
        missing = isinstance(error, UnknownFlowError | UnknownMessageError | UnknownRunError)
        return JSONResponse({"error": str(error)}, status_code=404 if missing else 500)


def _register_flows(desk: Desk) -> None:
    @nicegui.app.get("/api/flows")
    def flows() -> list[dict[str, object]]:
        return [
            {"id": one.id, "name": one.name, "status": one.status, "revision": one.revision}
            for one in desk.flows.list()
        ]

    @nicegui.app.get("/api/flows/{flow_id}/download")
    def download(flow_id: str, form: Literal["native", "klaviyo"] = "native") -> Response:
        flow, _ = desk.flows.load(flow_id)
        return attachment(written(flow, form), f"{file_name(flow.name)}.{ENDINGS[form]}")


def _register_runs(desk: Desk) -> None:
    @nicegui.app.get("/api/runs/{run_id}/summary")
    def summary(run_id: str) -> Response:
        run = desk.runs.get(run_id)
        if not run.summary:
            return JSONResponse({"error": "This run has no figures."}, status_code=404)
        text = Summary.model_validate_json(run.summary).model_dump_json(indent=2)
        return attachment(text, f"{file_name(run.title)}.summary.json")

    @nicegui.app.get("/api/runs/{run_id}/tables/{name}")
    def table(run_id: str, name: str) -> Response:
        folder, wanted = desk.runs.get(run_id).folder, f"{name}.parquet"
        known = {path.name: path for path in folder.glob("*.parquet")}
        if wanted not in known:
            return JSONResponse({"error": "This run has no such table."}, status_code=404)
        return FileResponse(known[wanted], filename=wanted)


def _register_mail(desk: Desk) -> None:
    @nicegui.app.get("/api/mail/{number}/html")
    def mail(number: int, images: bool = False) -> Response:
        html = desk.mail.get(number).html
        return HTMLResponse(BASE + html, headers={"Content-Security-Policy": policy(images)})


BASE = '<base target="_blank">'
"""Links of a message open in a tab of their own, and never in its frame."""


SANDBOX = "sandbox allow-popups allow-popups-to-escape-sandbox"
"""No scripts and no forms; what a click opens is a page like any other."""


def policy(images: bool) -> str:
    """What a message may do: show itself, and pictures from elsewhere only where asked for."""
    pictures = "data: https: http:" if images else "data:"
    return f"{SANDBOX}; default-src 'none'; style-src 'unsafe-inline'; img-src {pictures}"


ENDINGS = {"native": "flow.json", "klaviyo": "klaviyo.json"}


def written(flow: Flow, form: Literal["native", "klaviyo"]) -> str:
    """The flow's document in one of its forms."""
    if form == "native":
        return dump(flow)
    return write(to_klaviyo(flow)) + "\n"


def attachment(text: str, name: str) -> Response:
    """A file for the browser to keep."""
    header = f"attachment; filename*=UTF-8''{quote(name)}"
    return Response(text, media_type=JSON, headers={"Content-Disposition": header})


def file_name(title: str) -> str:
    """A title as the name of a file: letters, digits and dashes."""
    name = re.sub(r"[^\w]+", "-", title.lower()).strip("-")
    return Path(name).name or "flow"
