"""Puts the parts together: the desk with its stores, the pages, and the server around them."""

from __future__ import annotations

import asyncio
import errno
import logging
import os
import socket
import sys

import nicegui
from nicegui import background_tasks, ui
from nicegui.server import Server

from app.api import routes
from app.desk import Desk
from app.errors import AddressError, PortBusyError
from app.guard import Allowed, Guard
from app.pages import (
    astray,
    compare,
    editor,
    flows,
    inbox,
    person,
    run,
    runs,
    settings_page,
)
from app.pages.shell import logo
from app.public import pages as public
from app.settings import Settings, prepare_folders

RECONNECT = 60.0
"""Seconds that a page which lost its connection keeps its state."""
LOOK = 0.02
"""Seconds between two looks whether the server listens."""
GOODBYE = 3
"""Seconds that open connections get when the app stops."""


def serve(settings: Settings) -> None:
    """Serve the app until it is interrupted; AppError and StorageError come before that."""
    prepare_folders(settings)
    require_free(settings.host, settings.port)
    create_app(settings)
    nicegui.app.on_startup(lambda: background_tasks.create(announce(settings)))
    ui.run(
        host=settings.host,
        port=settings.port,
        title="Rehearsal",
        favicon=logo(),
        dark=None,
        show=False,
        reload=False,
        show_welcome_message=False,
        reconnect_timeout=RECONNECT,
        timeout_graceful_shutdown=GOODBYE,
        server_header=False,
    )


async def announce(settings: Settings) -> None:
    """Say where the app is, once it listens."""
    while not Server.instance.started:
        await asyncio.sleep(LOOK)
    sys.stdout.write(f"Rehearsal is open at {settings.address}  (Ctrl+C stops it)\n")
    sys.stdout.flush()


def create_app(settings: Settings) -> Desk:
    """The app with its pages, guarded and ready to be started; it opens and closes the desk."""
    nicegui.run.process_pool_start_method = "spawn"
    desk = Desk(settings)
    app = nicegui.app
    app.add_middleware(Guard, allowed=Allowed.listening_on(settings.host, settings.names))
    app.on_startup(desk.open)
    app.on_shutdown(desk.close)
    for page in (flows, editor, runs, run, person, compare, inbox, settings_page):
        page.register(desk)
    routes.register(desk)
    public.register(desk)
    astray.register()
    logging.getLogger("nicegui").addFilter(_is_news)
    return desk


def _is_news(record: logging.LogRecord) -> bool:
    """Leave out that somebody asked for an address that does not exist."""
    return not record.getMessage().endswith(" not found")


def require_free(host: str, port: int) -> None:
    """PortBusyError where another program listens, AddressError where nobody can."""
    if not 0 <= port < 2**16:
        raise AddressError(host, port, "there is no such port")
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            if os.name == "posix":
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(place)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise PortBusyError(host, port) from error
        raise AddressError(host, port, (error.strerror or str(error)).lower()) from error
