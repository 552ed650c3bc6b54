"""The machine that measures, in a line."""

from __future__ import annotations

import os
import platform
from importlib.metadata import version
from pathlib import Path


def described() -> str:
    """Processor, cores, memory, and the versions that weigh on speed."""
    packages = ", ".join(f"{name} {version(name)}" for name in ("numpy", "pyarrow", "simpy"))
    cores = os.cpu_count() or 1
    return (
        f"{_processor()}, {cores} cores, {_memory():.0f} GB of memory, "
        f"{platform.system()}, Python {platform.python_version()}, {packages}"
    )


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.machine())


def _memory() -> float:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
