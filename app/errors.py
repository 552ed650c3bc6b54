"""What the front door refuses, in words for whoever started it."""

from __future__ import annotations

from pathlib import Path


class AppError(Exception):
    """The root of what this package raises; its text is shown to the user as it is."""


class SettingError(AppError):
    """A setting whose value cannot be used."""

    def __init__(self, name: str, value: str, wanted: str) -> None:
        super().__init__(f"{name} is “{value}”, but it has to be {wanted}.")


class PortBusyError(AppError):
    """Somebody else already listens where the app should."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(
            f"Port {port} on {host} is taken by another program. "
            f"Choose another one with --port, for example --port {port + 1}."
        )


class AddressError(AppError):
    """The app cannot listen on this address at all."""

    def __init__(self, host: str, port: int, reason: str) -> None:
        super().__init__(f"Cannot listen on {host}, port {port}: {reason}.")


class DataFolderError(AppError):
    """The data folder cannot be made or written."""

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(
            f"The data folder {folder} cannot be used: {reason}. Choose another one with --data."
        )


class UnreadablePeopleError(AppError):
    """A file of people that a run was asked to use, and cannot."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"The people in “{name}” cannot be read: {reason}")
