"""Before the server starts: the port is free, and the address is one a browser can open."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.errors import AddressError, PortBusyError
from app.settings import Settings
from app.wiring import require_free


@pytest.fixture
def busy() -> Iterator[int]:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield taken.getsockname()[1]


def test_a_busy_port_is_named_with_a_way_out(busy: int) -> None:
    with pytest.raises(PortBusyError) as refused:
        require_free("127.0.0.1", busy)
    assert str(refused.value) == (
        f"Port {busy} on 127.0.0.1 is taken by another program. "
        f"Choose another one with --port, for example --port {busy + 1}."
    )


@pytest.mark.parametrize(("host", "port"), [("127.0.0.1", 70_000), ("203.0.113.7", 0)])
def test_an_address_that_cannot_be_is_refused(host: str, port: int) -> None:
    with pytest.raises(AddressError, match="Cannot listen on"):
        require_free(host, port)


def test_a_port_of_nobody_is_free() -> None:
    require_free("127.0.0.1", 0)


@pytest.mark.parametrize(
    ("host", "text"),
    [
        ("127.0.0.1", "http://127.0.0.1:8080"),
        ("::1", "http://[::1]:8080"),
        ("0.0.0.0", "http://127.0.0.1:8080"),
    ],
)
def test_the_address_can_be_opened_on_this_machine(host: str, text: str) -> None:
    assert Settings(data=Path("data"), host=host).address == text
