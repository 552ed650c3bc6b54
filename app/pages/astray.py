"""What a person sees where there is no page, or where one failed."""

from __future__ import annotations

import logging

import nicegui
from fastapi import Request
from fastapi.responses import JSONResponse, Response
from nicegui import Client
from nicegui.page import page

from app.pages import parts, shell

logger = logging.getLogger(__name__)


def register() -> None:
    """Answer for addresses that do not exist and for pages that fail."""
    nicegui.app.exception_handler(404)(_missing)
    nicegui.app.on_page_exception(_failed)


async def _missing(request: Request, error: Exception) -> Response:
    detail = str(getattr(error, "detail", "Not found"))
    if request.url.path.startswith(("/api/", "/_")) or request.method != "GET":
        return JSONResponse({"error": detail}, status_code=404)
    with Client(page(""), request=request) as client:
        with shell.frame("elsewhere", "Not found"):
            parts.refused(
                "explore_off",
                "There is no such page",
                "The address may be mistyped, or what it led to was deleted.",
            )
        return client.build_response(request, 404)


def _failed(error: Exception) -> None:
    logger.error("a page failed", exc_info=error)
    with shell.frame("elsewhere", "Something went wrong"):
        parts.refused(
            "error",
            "Something went wrong",
            f"This page could not be shown: {error}. What you saved is safe.",
        )
