"""`rehearsal send` against a mail server on this machine: who gets what, and what is refused."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from threading import Thread
from typing import Any, cast

import pytest

from app.commands.refusals import UnusableError
from app.commands.send import send_flow
from simulator.channels.inbox import InboxServer, MemoryMailbox

FLOW: dict[str, Any] = {
    "rehearsal": 1,
    "id": "hello",
    "name": "Hello",
    "triggers": [{"type": "list", "id": "news"}],
    "entry_action_id": "mail",
    "actions": [
        {
            "id": "mail",
            "type": "send-email",
            "links": {"next": "text"},
            "data": {
                "status": "live",
                "message": {
                    "subject_line": "Hello {{ first_name }}",
                    "from_email": "shop@example.com",
                    "template_id": "T",
                },
            },
        },
        {
            "id": "text",
            "type": "send-sms",
            "links": {"next": None},
            "data": {"status": "live", "message": {"body": "Not by mail"}},
        },
    ],
    "templates": {"T": {"name": "T", "html": "<p>Hi {{ first_name }}! {% unsubscribe %}</p>"}},
}
PEOPLE = """id,email,first_name,email_consent,suppressed
a,ada@example.com,Ada,subscribed,
b,bob@example.com,Bob,unsubscribed,
c,cy@example.com,Cy,subscribed,true
d,dee@example.com,Dee,never_subscribed,
e,,Eve,subscribed,
a,twin@example.com,Twin,subscribed,
"""


class Server:
    """An inbox that lives in a thread of its own, as another machine's would."""

    def __init__(self) -> None:
        self.mailbox = MemoryMailbox()
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever)
        self._inbox = InboxServer(self.mailbox)

    def open(self) -> None:
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._inbox.start(), self._loop).result(10)

    def hang_up(self) -> None:
        asyncio.run_coroutine_threadsafe(self._inbox.stop(), self._loop).result(10)

    def close(self) -> None:
        self.hang_up()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    @property
    def port(self) -> int:
        return self._inbox.port

    def received(self) -> list[tuple[str, str]]:
        """Recipient and subject of each message, in alphabetical order."""
        return sorted(
            (
                kept.recipients[0],
                str(message_from_bytes(kept.raw, policy=policy.default)["subject"]),
            )
            for kept in self.mailbox.messages
        )


@pytest.fixture
def server() -> Iterator[Server]:
    held = Server()
    held.open()
    yield held
    held.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path / "flow.json", FLOW)
    (tmp_path / "people.csv").write_text(PEOPLE, "utf-8")
    return tmp_path


def write(path: Path, document: Any) -> Path:
    path.write_text(json.dumps(document), "utf-8")
    return path


def config(folder: Path, port: int, **email: Any) -> Path:
    settings = {"host": "127.0.0.1", "port": port, "security": "plain", "attempts": 1} | email
    return write(folder / "channels.json", {"email": settings})


def send(folder: Path, channels: Path, *, as_json: bool = True) -> int:
    return send_flow(folder / "flow.json", folder / "people.csv", channels, as_json=as_json)


def test_each_email_reaches_those_who_may_get_it(
    folder: Path, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    assert send(folder, config(folder, server.port)) == 0
    assert server.received() == [
        ("ada@example.com", "Hello Ada"),
        ("dee@example.com", "Hello Dee"),
    ]
    outcome = json.loads(capsys.readouterr().out)
    assert (outcome["sent"], outcome["failed"], outcome["unknown"]) == (2, 0, 0)
    assert outcome["skipped"]["Person Suppressed"] == 2
    assert sum(outcome["skipped"].values()) == 4


def test_what_arrives_is_the_message_of_the_flow(folder: Path, server: Server) -> None:
    send(folder, config(folder, server.port))
    kept = next(m for m in server.mailbox.messages if m.recipients == ("ada@example.com",))
    message = cast(EmailMessage, message_from_bytes(kept.raw, policy=policy.default))
    html = message.get_body(("html",))
    assert str(message["from"]) == "shop@example.com"
    assert html
    assert "Hi Ada!" in html.get_content()
    assert message["list-unsubscribe"]


def test_a_transactional_message_reaches_who_said_no(folder: Path, server: Server) -> None:
    receipt = json.loads(json.dumps(FLOW))
    receipt["actions"][0]["data"]["message"]["transactional"] = True
    write(folder / "flow.json", receipt)
    send(folder, config(folder, server.port))
    assert [who for who, _ in server.received()] == [
        "ada@example.com",
        "bob@example.com",
        "cy@example.com",
        "dee@example.com",
    ]


def test_no_message_reaches_an_address_that_bounced(folder: Path, server: Server) -> None:
    receipt = json.loads(json.dumps(FLOW))
    receipt["actions"][0]["data"]["message"]["transactional"] = True
    write(folder / "flow.json", receipt)
    lines = ["id,email,suppression.email.bounced_at", "a,ada@example.com,2026-01-01T00:00:00Z"]
    (folder / "people.csv").write_text("\n".join([*lines, "b,bob@example.com,", ""]), "utf-8")
    send(folder, config(folder, server.port))
    assert [who for who, _ in server.received()] == ["bob@example.com"]


def test_what_came_of_it_is_told_in_words(
    folder: Path, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    send(folder, config(folder, server.port), as_json=False)
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Hello: sent 2, failed 0, unknown 0"
    assert "  not sent, Person Suppressed: 2" in lines


def test_a_server_that_is_not_there_fails_each_message(
    folder: Path, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    channels = config(folder, server.port)
    server.hang_up()
    assert send(folder, channels) == 1
    outcome = json.loads(capsys.readouterr().out)
    assert (outcome["sent"], outcome["failed"] + outcome["unknown"]) == (0, 2)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('{"email": {"host": 1', "channels.json:1"),
        ('{"email": {"host": "127.0.0.1", "port": "many"}}', "$.email.port"),
        ("{}", "$.email"),
    ],
)
def test_channels_that_cannot_be_read_are_refused_by_file_and_place(
    text: str, place: str, folder: Path
) -> None:
    channels = folder / "channels.json"
    channels.write_text(text, "utf-8")
    with pytest.raises(UnusableError) as refused:
        send(folder, channels)
    assert "channels.json" in str(refused.value)
    assert place in str(refused.value)
