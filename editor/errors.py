"""What the desk raises; each takes facts and writes its own sentence."""

from pathlib import Path


class EditorError(Exception):
    """The root of what this package raises."""


class SaveRefusedError(EditorError):
    """A saver's answer when an edit cannot be kept, such as after a newer save elsewhere."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class CanvasNotBuiltError(EditorError):
    """The browser half is missing: the package runs from sources that were never installed."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"The canvas is not built: {folder} holds no index.js. "
            "Install the project, or run: python editor/frontend/build_hook.py"
        )
