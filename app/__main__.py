"""`python -m app`, the same as `rehearsal`."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line; what a user did wrong is one sentence on stderr and exit code 2."""
    from app.cli import cli
    from app.commands.refusals import refusal

    try:
        cli(prog_name="rehearsal")
    except KeyboardInterrupt:
        sys.stderr.write("Stopped.\n")
        sys.exit(130)
    except Exception as error:
        text = refusal(error)
        if text is None:
            raise
        sys.stderr.write(f"{text}\n")
        sys.exit(2)


if __name__ == "__main__":
    main()
