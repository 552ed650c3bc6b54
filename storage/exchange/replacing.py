"""Files that are there as a whole or not at all."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from storage.errors import DiskFullError, FileError

FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A place to write to, which takes the file's place at the end; nothing is left of a failure.

    Raises DiskFullError where there is no space left, FileError where nothing can be written.
    """
    part = path.with_name(f"{path.name}.part")
    try:
        yield part
        part.replace(path)
    except OSError as error:
        if error.errno in FULL:
            raise DiskFullError(str(path)) from error
        raise FileError(path, f"The file cannot be written: {error.strerror or error}.") from error
    finally:
        part.unlink(missing_ok=True)
