"""Which process a run belongs to, and whether that process is still there."""

from __future__ import annotations

import os
import socket
import sys
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Process:
    """A process on a machine; `mark` tells it from a later one with the same pid."""

    host: str
    pid: int
    mark: str


def this_process() -> Process:
    """The process that asks."""
    return Process(socket.gethostname(), os.getpid(), _mark(os.getpid()))


def is_alive(process: Process) -> bool:
    """Whether a process of this machine still runs."""
    if sys.platform.startswith("linux"):
        return process.mark != "" and process.mark == _mark(process.pid)
    if sys.platform == "win32":
        return process.pid == os.getpid()
    try:
        os.kill(process.pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _mark(pid: int) -> str:
    """When the process was started, with the machine's start; empty where there is no such."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    except OSError:
        return ""
    state, *_, started = stat.rpartition(")")[2].split()[:20]
    return "" if state in {"Z", "X"} else f"{boot} {started}"
