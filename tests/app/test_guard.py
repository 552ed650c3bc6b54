"""The door keeper lets this app's own pages in, and nobody else's."""

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from app.guard import Allowed, Guard


async def _hello(_: object) -> PlainTextResponse:
    return PlainTextResponse("hello")


async def _echo(socket: WebSocket) -> None:
    await socket.accept()
    await socket.send_text("open")
    await socket.close()


def client(host: str = "127.0.0.1", *names: str) -> TestClient:
    inner = Starlette(routes=[Route("/", _hello), WebSocketRoute("/ws", _echo)])
    guarded = Guard(inner, Allowed.listening_on(host, names))
    return TestClient(guarded, base_url="http://127.0.0.1:8080")


@pytest.mark.parametrize("host", ["127.0.0.1:8080", "localhost:8080", "[::1]:8080", "LOCALHOST"])
def test_loopback_names_are_answered(host: str) -> None:
    assert client().get("/", headers={"host": host}).text == "hello"


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example:8080", "", "[::1"])
def test_a_foreign_name_is_refused_with_a_sentence(host: str) -> None:
    answer = client().get("/", headers={"host": host})
    assert (answer.status_code, "does not answer" in answer.text) == (403, True)


def test_a_page_of_this_app_may_ask() -> None:
    answer = client().get("/", headers={"origin": "http://127.0.0.1:8080"})
    assert answer.text == "hello"


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "http://127.0.0.1:9999", "http://localhost:8080"]
)
def test_a_page_from_elsewhere_may_not(origin: str) -> None:
    assert client().post("/", headers={"origin": origin}).status_code == 403


def test_a_websocket_opens_for_this_app_alone() -> None:
    with client().websocket_connect("/ws", headers={"host": "localhost"}) as socket:
        assert socket.receive_text() == "open"
    with (
        pytest.raises(WebSocketDisconnect),
        client().websocket_connect("/ws", headers={"origin": "http://evil.example"}),
    ):
        pass


def test_a_server_on_every_address_answers_to_addresses_and_given_names_only() -> None:
    everywhere = Allowed.listening_on("0.0.0.0", ["desk.example"])
    hosts = ["192.168.1.5:8080", "desk.example", "evil.example", "0.0.0.0:8080"]
    assert [everywhere.host(host) for host in hosts] == [True, True, False, True]


def test_answers_may_not_be_framed_or_sniffed() -> None:
    headers = client().get("/").headers
    assert (headers["x-frame-options"], headers["x-content-type-options"]) == (
        "SAMEORIGIN",
        "nosniff",
    )
