"""Write the reference pages: `python -m flows.reference docs/reference`."""

import sys
from pathlib import Path

from flows.reference import pages


def main(arguments: list[str]) -> None:
    """Write every page into the folder given."""
    (folder,) = arguments
    for name, text in pages().items():
        (Path(folder) / name).write_text(text, "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
