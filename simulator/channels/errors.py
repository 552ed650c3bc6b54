"""What can go wrong with composing and channels: each takes facts and writes its own sentence."""

from __future__ import annotations

from simulator.errors import SimulatorError


class ChannelError(SimulatorError):
    """The root of what this package raises."""


class ComposeError(ChannelError):
    """A message that cannot be made for a person."""


class NoMessageError(ComposeError):
    """A step that holds no message of the kind asked for."""

    def __init__(self, flow: str, action_id: str, kind: str) -> None:
        super().__init__(f"The step “{action_id}” of “{flow}” holds no {kind}.")


class NoAddressError(ComposeError):
    """A person whom the channel cannot reach."""

    def __init__(self, profile_id: str, kind: str) -> None:
        super().__init__(f"The person “{profile_id}” has no {kind}.")


class InvalidAddressError(ComposeError):
    """A text that is no address."""

    def __init__(self, address: str) -> None:
        super().__init__(f"{address!r} is not an email address.")


class HeaderInjectionError(ComposeError):
    """A header's text with a line break or NUL in it, which could add headers of its own."""

    def __init__(self, header: str) -> None:
        super().__init__(f"The {header} holds a line break or a NUL character, so it is refused.")
        self.header = header


class PlainBeyondLoopbackError(ChannelError):
    """A connection without TLS to another machine."""

    def __init__(self, host: str) -> None:
        super().__init__(
            f"Without TLS only this machine can be reached, and {host} is not this machine. "
            "Choose STARTTLS or implicit TLS."
        )


class PasswordWithoutTlsError(ChannelError):
    """A password that would travel in clear."""

    def __init__(self) -> None:
        super().__init__("A password is only sent over TLS. Choose STARTTLS or implicit TLS.")


class BeyondLoopbackError(ChannelError):
    """An inbox that would listen to the network."""

    def __init__(self, host: str) -> None:
        super().__init__(f"The inbox listens on this machine only; {host} is open to others.")


class InboxPortError(ChannelError):
    """A port on which the inbox cannot listen."""

    def __init__(self, host: str, port: int, reason: str) -> None:
        super().__init__(f"The inbox cannot listen on {host}:{port}: {reason}.")
