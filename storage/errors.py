"""What can go wrong on the shelf; each error takes facts and writes a sentence to act on."""

from __future__ import annotations

from pathlib import Path


class StorageError(Exception):
    """The root of what this package raises."""


class FileError(StorageError):
    """A file that cannot be used at all; `line` counts from 1 where the place is known."""

    def __init__(self, path: Path, reason: str, line: int | None = None) -> None:
        place = f"{path}:{line}" if line else str(path)
        super().__init__(f"{place}: {reason}")
        self.path, self.reason, self.line = path, reason, line


class FolderError(StorageError):
    """The data folder cannot be made or written to."""

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(
            f"The folder {folder} cannot be used: {reason}. "
            "Choose another one with --data, or change its permissions."
        )
        self.folder = folder


class DiskFullError(StorageError):
    """Nothing more can be written; what was saved before is safe."""

    def __init__(self, place: str) -> None:
        super().__init__(
            f"There is no space left to write {place}. What was saved before is safe; "
            "free some space, or delete old runs, and try again."
        )


class DatabaseError(StorageError):
    """The database failed in a way that has no error of its own."""

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(f"The database {place} failed: {reason}")


class NewerDatabaseError(StorageError):
    """The database was written by a newer version of the program."""

    def __init__(self, place: str, revision: str) -> None:
        super().__init__(
            f"The database {place} comes from a newer version of Rehearsal (its format is "
            f"{revision}). Update Rehearsal, or choose another folder with --data."
        )
        self.revision = revision


class DatabaseLockedError(StorageError):
    """Another program kept the database to itself for longer than we wait."""

    def __init__(self, place: str) -> None:
        super().__init__(
            f"The database {place} is kept busy by another program. "
            "Close it, or wait a moment, and try again."
        )


class CorruptDatabaseError(StorageError):
    """The file is no database, or a damaged one."""

    def __init__(self, place: str) -> None:
        super().__init__(
            f"The database {place} is damaged, or is no database. It was left as it is: "
            "restore a copy of it, or choose another folder with --data."
        )


class UnreachableDatabaseError(StorageError):
    """No answer from the database server."""

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(f"The database {place} cannot be reached: {reason}")


class UnknownFlowError(StorageError):
    """A flow id that the shelf does not hold."""

    def __init__(self, flow_id: str) -> None:
        super().__init__(f"There is no flow with the id “{flow_id}”.")
        self.flow_id = flow_id


class UnknownRevisionError(StorageError):
    """A revision that the flow does not have."""

    def __init__(self, flow_id: str, revision: int) -> None:
        super().__init__(f"The flow “{flow_id}” has no revision {revision}.")
        self.flow_id, self.revision = flow_id, revision


class StaleRevisionError(StorageError):
    """Somebody saved the flow first; nothing was written and nothing is lost."""

    def __init__(self, flow_id: str, base: int, current: int) -> None:
        super().__init__(
            f"The flow was saved elsewhere meanwhile: it is at revision {current}, this change "
            f"was made on revision {base}. Save this version as a new flow, or load the other."
        )
        self.flow_id, self.base, self.current = flow_id, base, current


class UnknownRunError(StorageError):
    """A run id that the shelf does not hold."""

    def __init__(self, run_id: str) -> None:
        super().__init__(f"There is no run with the id “{run_id}”.")
        self.run_id = run_id


class RunUnderWayError(StorageError):
    """A run that has to end before this can be done with it."""

    def __init__(self, run_id: str) -> None:
        super().__init__(f"The run “{run_id}” is still under way; cancel it first.")
        self.run_id = run_id


class MissingTableError(StorageError):
    """A run that did not write the table asked for, or did not keep it."""

    def __init__(self, run_id: str, table: str) -> None:
        super().__init__(f"The run “{run_id}” has no table “{table}”.")
        self.run_id, self.table = run_id, table


class UnknownMessageError(StorageError):
    """A captured message that is not there (any more)."""

    def __init__(self, message_id: int) -> None:
        super().__init__(f"There is no message {message_id} in the inbox.")
        self.message_id = message_id


class UnknownEntryError(StorageError):
    """A message that was never reserved in the ledger."""

    def __init__(self, message_id: str) -> None:
        super().__init__(f"The message {message_id} was not reserved before it was settled.")
        self.message_id = message_id


class SettledError(StorageError):
    """A message that has been settled one way cannot be settled another way."""

    def __init__(self, message_id: str, held: str, wanted: str) -> None:
        super().__init__(f"The message {message_id} is {held}; it cannot become {wanted}.")
        self.message_id, self.held, self.wanted = message_id, held, wanted
