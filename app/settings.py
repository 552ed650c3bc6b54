"""Where the app keeps its things and where it listens: from the command line and environment."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from app.errors import DataFolderError, SettingError

PORT = 8080
INBOX_PORT = 1025
LOOPBACK = "127.0.0.1"
EVERYWHERE = frozenset({"0.0.0.0", "::"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What one start of the app is given; everything a person edits later is in the store."""

    data: Path
    host: str = LOOPBACK
    port: int = PORT
    inbox_port: int = INBOX_PORT
    """Where the embedded inbox takes mail, on loopback; another one is taken where it is busy."""
    database_url: str = ""
    """An SQLAlchemy URL; empty means the SQLite file in the data folder."""
    names: tuple[str, ...] = ()
    """Host names under which the app may be reached, beside loopback and `host`."""
    processes: int = 1
    """How many processes one rehearsal may use."""

    @property
    def database(self) -> Path | str:
        """What the store opens: the given URL, else the data folder with a file in it."""
        return self.database_url or self.data

    @property
    def address(self) -> str:
        """Where a browser on this machine finds the app."""
        host = LOOPBACK if self.host in EVERYWHERE else self.host
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}"

    @property
    def runs(self) -> Path:
        """The folder with a folder for each run."""
        return self.data / "runs"

    @property
    def uploads(self) -> Path:
        """The folder with the files of people that were uploaded."""
        return self.data / "people"


def default_data_folder(environ: Mapping[str, str], platform: str = sys.platform) -> Path:
    """The folder that the platform sets aside for an app's data."""
    if platform == "win32":
        return Path(environ.get("LOCALAPPDATA") or Path.home() / "AppData/Local") / "Rehearsal"
    if platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "Rehearsal"
    return Path(environ.get("XDG_DATA_HOME") or Path.home() / ".local/share") / "rehearsal"


def read_settings(
    environ: Mapping[str, str],
    *,
    host: str | None = None,
    port: int | None = None,
    data: Path | None = None,
) -> Settings:
    """The settings of this start: options first, then REHEARSAL_* variables, then defaults."""
    folder = data or environ.get("REHEARSAL_DATA") or default_data_folder(environ)
    return Settings(
        data=Path(folder).expanduser().absolute(),
        host=host or environ.get("REHEARSAL_HOST") or LOOPBACK,
        port=_number(environ, "REHEARSAL_PORT", PORT) if port is None else port,
        inbox_port=_number(environ, "REHEARSAL_INBOX_PORT", INBOX_PORT),
        database_url=environ.get("REHEARSAL_DATABASE", ""),
        names=tuple(environ.get("REHEARSAL_NAMES", "").replace(",", " ").split()),
        processes=_number(environ, "REHEARSAL_PROCESSES", os.cpu_count() or 1),
    )


def prepare_folders(settings: Settings) -> None:
    """Make the data folder and its parts; DataFolderError where that cannot be."""
    for folder in (settings.data, settings.runs, settings.uploads):
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise DataFolderError(settings.data, error.strerror or str(error)) from error
    if not os.access(settings.data, os.W_OK):
        raise DataFolderError(settings.data, "it is not writable")


def _number(environ: Mapping[str, str], name: str, default: int) -> int:
    text = environ.get(name, "")
    if not text:
        return default
    if not text.isdecimal():
        raise SettingError(name, text, "a whole number")
    return int(text)
