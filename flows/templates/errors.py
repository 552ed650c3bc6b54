"""What is wrong with a message template, with the line on which it is."""

from flows.errors import FlowError


class TemplateProblemError(FlowError):
    """A template that cannot be read, or that asks for more than a message may cost."""

    def __init__(self, reason: str, line: int) -> None:
        super().__init__(f"Line {line}: {reason}")
        self.reason = reason
        self.line = line
        """Counted from 1."""
