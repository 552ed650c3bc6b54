"""A driver's errors as our own: which of them a user can do something about."""

from __future__ import annotations

import sqlite3

from sqlalchemy.exc import DBAPIError

from storage.errors import (
    CorruptDatabaseError,
    DatabaseError,
    DatabaseLockedError,
    DiskFullError,
    StorageError,
    UnreachableDatabaseError,
)

SQLITE: dict[str, type[StorageError]] = {
    "SQLITE_FULL": DiskFullError,
    "SQLITE_IOERR_SHMSIZE": DiskFullError,
    "SQLITE_BUSY": DatabaseLockedError,
    "SQLITE_LOCKED": DatabaseLockedError,
    "SQLITE_CORRUPT": CorruptDatabaseError,
    "SQLITE_NOTADB": CorruptDatabaseError,
}
"""By the beginning of sqlite's name for the error."""

POSTGRES: dict[str, type[StorageError]] = {
    "53100": DiskFullError,
    "55P03": DatabaseLockedError,
    "40P01": DatabaseLockedError,
    "40001": DatabaseLockedError,
    "XX001": CorruptDatabaseError,
    "XX002": CorruptDatabaseError,
}
"""By SQLSTATE."""


def translated(error: DBAPIError, place: str) -> StorageError:
    """Our error for what the driver raised; `place` names the database for the user."""
    cause = error.orig
    reason = str(cause).strip().splitlines()[0] if str(cause).strip() else type(error).__name__
    if isinstance(cause, sqlite3.Error):
        name = getattr(cause, "sqlite_errorname", "")
        for start, kind in SQLITE.items():
            if name.startswith(start):
                return kind(place)
        return DatabaseError(place, reason)
    state = getattr(cause, "sqlstate", None)
    if state in POSTGRES:
        return POSTGRES[state](place)
    if state is None or state.startswith(("08", "28", "3D", "57P")):
        return UnreachableDatabaseError(place, reason)
    return DatabaseError(place, reason)
